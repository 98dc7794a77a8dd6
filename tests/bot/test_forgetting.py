"""`python -m bot forget`: somebody asked on paper."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.failing import FAULTY
from bot.forgetting import ForgetError, described, forget
from bot.settings import Settings
from storage import schema
from storage.database import Database
from storage.people import People
from storage.tables import AuditRow, DataRequest

NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)
LAN = "telegram:101"


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(_env_file=None, database_url=database_url, admin_ids=frozenset({"101"}))


@pytest.fixture
def lan(database: Database) -> int:
    with database.transaction() as session:
        person_id = People(session).welcome("telegram", "101", "Nguyễn Thị Lan", NOW)
        People(session).join(person_id, "quan-1", "focal", NOW)
        return person_id


def test_who_that_is_is_said_first(settings: Settings, lan: int, database: Database) -> None:
    assert described(settings, LAN) == f"Nguyễn Thị Lan (person {lan}), focal of quan-1."
    with database.transaction() as session:
        assert People(session).at("telegram", "101")


def test_they_are_erased_at_once(settings: Settings, lan: int, database: Database) -> None:
    assert f"person {lan}" in forget(settings, LAN, NOW)
    with database.transaction() as session:
        assert People(session).at("telegram", "101") is None
        assert People(session).name(lan) == ""


@pytest.mark.usefixtures("lan")
def test_the_register_and_the_log_know_of_it(settings: Settings, database: Database) -> None:
    forget(settings, LAN, NOW)
    with database.transaction() as session:
        row = session.exec(select(DataRequest)).one()
        assert (row.kind, row.state, row.closed_at) == ("erase", "done", NOW)
        query = select(AuditRow.channel).where(AuditRow.action == "person.erased")
        assert session.exec(query).one() == "cli"


@pytest.mark.usefixtures("lan")
def test_what_stands_in_the_settings_is_the_operators(settings: Settings) -> None:
    assert "101 is still in ADMIN_IDS" in forget(settings, LAN, NOW)


def test_a_stranger_s_messages_are_deleted(settings: Settings, database: Database) -> None:
    assert "Nobody has joined from telegram:105" in described(settings, "telegram:105")
    assert forget(settings, "telegram:105", NOW) == "Deleted: what was said there."
    assert database


@pytest.mark.parametrize("who", ["101", "telegram:", ":101", ""])
def test_what_is_no_chat_is_refused(settings: Settings, who: str) -> None:
    with pytest.raises(ForgetError, match="CHANNEL:ID"):
        forget(settings, who, NOW)


def test_an_older_schema_is_refused(settings: Settings, database: Database) -> None:
    schema.downgrade(database, "-1")
    with pytest.raises(ForgetError, match="migrate"):
        described(settings, LAN)


@pytest.mark.parametrize(
    ("arguments", "typed", "gone"),
    [((LAN,), "y\n", True), ((LAN,), "n\n", False), ((LAN, "--yes"), "", True)],
    ids=["yes", "no", "not asked"],
)
def test_it_is_asked_before_it_is_done(
    database_url: str,
    database: Database,
    lan: int,
    *,
    arguments: tuple[str, ...],
    typed: str,
    gone: bool,
) -> None:
    environment = {"DATABASE_URL": database_url}
    result = CliRunner().invoke(cli, ["forget", *arguments], input=typed, env=environment)
    assert "Nguyễn Thị Lan" in result.output
    with database.transaction() as session:
        assert (People(session).name(lan) == "") is gone


def test_a_mistyped_chat_is_a_sentence(database_url: str) -> None:
    result = CliRunner().invoke(cli, ["forget", "101"], env={"DATABASE_URL": database_url})
    assert result.exit_code == FAULTY
    assert "CHANNEL:ID" in result.output
