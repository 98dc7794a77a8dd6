import pytest
from pydantic import ValidationError

from bot.settings import Settings


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("", set(), id="none"),
        pytest.param("900", {"900"}, id="one"),
        pytest.param(" 900, 901 ,,", {"900", "901"}, id="several, carelessly"),
    ],
)
def test_admins_are_ids_separated_by_commas(
    monkeypatch: pytest.MonkeyPatch, written: str, read: set[str]
) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    assert Settings(_env_file=None).admin_ids == read


def test_the_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456:TEST")
    settings = Settings(_env_file=None)
    assert "123456:TEST" not in f"{settings!r} {settings}"
    assert settings.bot_token.get_secret_value() == "123456:TEST"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("send_per_second", 0),
        ("send_per_second", 1001),
        ("bulk_in_flight", 0),
        ("bulk_in_flight", 4),
        ("poll_seconds", -1),
        ("poll_seconds", 51),
        ("desks", 0),
        ("desks", 33),
    ],
)
def test_a_setting_out_of_bounds_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    monkeypatch.setenv(name.upper(), str(value))
    with pytest.raises(ValidationError, match=name):
        Settings(_env_file=None)


def test_what_belongs_to_others_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMETHING_ELSE", "1")
    assert Settings(_env_file=None).send_per_second == 25
