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
        ("bulk_in_flight", 201),
        ("poll_seconds", -1),
        ("poll_seconds", 51),
        ("desks", 0),
        ("desks", 33),
        ("web_port", -1),
        ("web_port", 65536),
        ("webhook_url", "tiendo.example.vn"),
        ("webhook_url", "http://tiendo.example.vn"),
        ("webhook_url", "http://127.0.0.1.example.vn/"),
        ("webhook_secret", "too short"),
        ("webhook_secret", "with a space in it"),
        ("webhook_secret", "bí-mật-bí-mật-bí-mật"),
        ("webhook_secret", "x" * 257),
    ],
)
def test_a_setting_out_of_bounds_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    monkeypatch.setenv(name.upper(), str(value))
    with pytest.raises(ValidationError, match=name):
        Settings(_env_file=None)


@pytest.mark.parametrize(
    ("said", "at_once"),
    [
        ({}, 2),
        ({"SEND_PER_SECOND": "30"}, 2),
        ({"SEND_PER_SECOND": "1000"}, 195),
        ({"SEND_PER_SECOND": "1000", "BULK_IN_FLIGHT": "5"}, 5),
        ({"BULK_IN_FLIGHT": ""}, 2),
    ],
    ids=["by itself", "a little faster", "paid", "as said", "nothing said"],
)
def test_how_many_are_on_the_wire_follows_the_pace(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str], at_once: int
) -> None:
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert Settings(_env_file=None).bulk_at_once == at_once


def test_what_belongs_to_others_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMETHING_ELSE", "1")
    assert Settings(_env_file=None).send_per_second == 25


def test_a_webhook_needs_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://tiendo.example.vn")
    with pytest.raises(ValidationError, match="WEBHOOK_URL needs WEB_PORT"):
        Settings(_env_file=None)
    monkeypatch.setenv("WEB_PORT", "8080")
    assert Settings(_env_file=None).webhook_url == "https://tiendo.example.vn"


def test_what_is_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WEBHOOK_URL", "WEBHOOK_SECRET", "WEB_PORT"):
        monkeypatch.setenv(name, "")
    settings = Settings(_env_file=None)
    assert (settings.webhook_url, settings.webhook_secret, settings.web_port) == (None,) * 3


def test_the_secret_of_the_webhook_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", "0123456789abcdef")
    assert "0123456789abcdef" not in repr(Settings(_env_file=None))
    monkeypatch.setenv("WEBHOOK_SECRET", "0123456789 abcdef")
    with pytest.raises(ValidationError) as refusal:
        Settings(_env_file=None)
    assert "0123456789" not in str(refusal.value)
