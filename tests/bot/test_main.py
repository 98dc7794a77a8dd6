import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.clock import system_clock
from plan.loading import PLAN_FILE
from storage.database import Database
from storage.invites import Invites

FAULTY = 2


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A folder without `.env`, a database of its own, and nobody at Telegram's address."""
    monkeypatch.chdir(tmp_path)
    return {
        "BOT_TOKEN": "",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'tiendo.db'}",
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
    }


def call(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(cli, list(words), env=env)


def test_the_shipped_plan_is_right(env: dict[str, str]) -> None:
    result = call(env, "plan", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "17 indicators, 18 tasks, 23 assignments, 35 agencies" in result.stdout


def test_every_defect_of_a_faulty_plan_is_named(env: dict[str, str], tmp_path: Path) -> None:
    text = PLAN_FILE.read_text(encoding="utf-8")
    faulty = text.replace("month = 11", "month = 13").replace('unit = "share"', 'unit = "kilo"')
    path = tmp_path / "faulty.toml"
    path.write_text(faulty, encoding="utf-8")
    result = call(env, "plan", "check", str(path))
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert len(result.stderr.splitlines()) > 1
    assert str(path) in result.stderr


def test_a_plan_that_is_not_there_is_a_defect(env: dict[str, str]) -> None:
    result = call(env, "plan", "check", "nowhere.toml")
    assert result.exit_code == FAULTY
    assert "cannot be read" in result.stderr


def test_the_plan_is_shown_for_people(env: dict[str, str]) -> None:
    result = call(env, "plan", "show")
    assert result.exit_code == 0
    assert "Sở Văn hóa và Thể thao" in result.stdout


def test_the_plan_is_shown_for_programs(env: dict[str, str]) -> None:
    shown = json.loads(call(env, "plan", "show", "--json").stdout)
    counts = {"indicators": 17, "tasks": 18, "assignments": 23, "agencies": 35}
    assert {name: len(shown[name]) for name in counts} == counts
    assert {"code", "name", "unit", "clause"} <= shown["indicators"][0].keys()
    assert (shown["deadline"]["day"], shown["deadline"]["month"]) == (5, 11)


def test_a_faulty_plan_is_not_shown(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "faulty.toml"
    path.write_text("[plan]", encoding="utf-8")
    result = call({**env, "PLAN_FILE": str(path)}, "plan", "show")
    assert (result.exit_code, result.stdout) == (FAULTY, "")


def test_an_invitation_is_printed_and_opens(env: dict[str, str]) -> None:
    result = call(env, "invite", "--agency", "quan-1", "--role", "focal")
    assert result.exit_code == 0
    token = result.stdout.split("?start=")[1].split()[0]
    assert len(token) == 22
    database = Database(env["DATABASE_URL"])
    with database.transaction() as session:
        assert Invites(session).usable(token, system_clock()) is not None
    database.dispose()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--agency", "quan-99", "--role", "focal"], "no agency 'quan-99'"),
        (["--agency", "quan-1", "--role", "chief"], "no role 'chief'"),
        (["--agency", "quan-1", "--role", "focal", "--days", "91"], "--days"),
        (["--agency", "quan-1"], "--role"),
    ],
    ids=["agency", "role", "days", "no role"],
)
def test_a_wrong_invitation_is_refused(env: dict[str, str], words: list[str], reason: str) -> None:
    result = call({**env, "NO_COLOR": "1", "TERM": "dumb"}, "invite", *words)
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert reason in result.stderr


def test_migrating_twice_adds_the_agencies_once(env: dict[str, str]) -> None:
    assert "35 agencies added" in call(env, "migrate").stdout
    assert "0 agencies added" in call(env, "migrate").stdout


def test_without_a_token_the_bot_does_not_run(env: dict[str, str]) -> None:
    result = call(env, "run")
    assert result.exit_code == FAULTY
    assert "BOT_TOKEN is not set" in result.stderr
