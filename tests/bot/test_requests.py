"""`python -m bot request`: what somebody asked on paper, and by when it is done."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.departures import Departures
from bot.failing import FAULTY
from bot.requests import RequestError, close, extend, file, listed
from bot.settings import Settings
from storage.database import Database
from storage.people import People
from storage.tables import AuditRow, DataRequest

NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)
LAN = "telegram:101"


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(_env_file=None, database_url=database_url)


@pytest.fixture
def lan(database: Database) -> int:
    with database.transaction() as session:
        return People(session).welcome("telegram", "101", "Nguyễn Thị Lan", NOW)


def entries(database: Database) -> list[tuple[str, str, str, str]]:
    with database.transaction() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.subject == "request 1"))
        return [(row.channel, row.action, row.before, row.after) for row in rows]


@pytest.mark.parametrize(
    ("kind", "on", "answer", "done"),
    [
        ("restrict", None, "2024-09-18", "2024-10-01"),
        ("object", date(2024, 9, 13), "2024-09-17", "2024-09-27"),  # the 28th is a Saturday
        ("other", None, "2024-09-18", "2024-09-26"),
    ],
)
def test_it_is_filed_with_its_days(
    settings: Settings, lan: int, kind: str, on: date | None, answer: str, done: str
) -> None:
    told = file(settings, kind, LAN, on, NOW)
    assert told.startswith(f"Filed: 1 {kind} of person {lan}: came ")
    assert told.endswith(f"answer by {answer}, done by {done} (open)")


def test_what_is_late_is_shown_as_late(settings: Settings) -> None:
    assert listed(settings, NOW) == "No request is open."
    file(settings, "other", "", None, NOW)
    for days, state in ((0, "open"), (8, "due soon"), (11, "OVERDUE")):
        assert f"({state})" in listed(settings, NOW + timedelta(days=days))


def test_it_is_closed_once(settings: Settings, database: Database) -> None:
    file(settings, "other", "", None, NOW)
    assert close(settings, 1, NOW, withdrawn=False) == "Request 1: done."
    with pytest.raises(RequestError, match="closed already: done"):
        close(settings, 1, NOW, withdrawn=True)
    filed, closed = ("cli", "data.other", "", "open"), ("cli", "data.other", "open", "done")
    assert entries(database) == [filed, closed]


def test_it_is_extended_once_by_fifteen_days_at_most(
    settings: Settings, database: Database
) -> None:
    file(settings, "restrict", "", None, NOW)
    assert "done by 2024-10-16" in extend(settings, 1, 99, "45/SVHTT-VP", NOW)
    with pytest.raises(RequestError, match="once"):
        extend(settings, 1, 1, "46/SVHTT-VP", NOW)
    told = ("cli", "data.extended", "2024-10-01", "2024-10-16 by 45/SVHTT-VP")
    assert entries(database)[1:] == [told]


@pytest.mark.usefixtures("lan")
def test_what_is_done_by_hand_erases_nobody(settings: Settings, database: Database) -> None:
    file(settings, "restrict", LAN, None, NOW)
    with database.transaction() as session:
        Departures().decide(session, NOW + timedelta(days=60))
        assert session.exec(select(DataRequest.state)).one() == "open"
        assert People(session).name(1) == "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["file", "erase"], "choose one of restrict, object, other"),
        (["file", "other", "--who", "telegram:999"], "Nobody has joined"),
        (["file", "other", "--who", "999"], "is no CHANNEL:ID"),
        (["file", "other", "--on", "2999-01-01"], "has not come yet"),
        (["done", "7"], "no request 7"),
        (["extend", "7", "--days", "3", "--letter", "1/VP"], "no request 7"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, words: list[str], why: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    result = CliRunner().invoke(cli, ["request", *words])
    assert result.exit_code == FAULTY
    assert why in result.output
