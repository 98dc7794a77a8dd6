"""What people may do, and what they have asked for, is as it was before the restore."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.erasing import erase
from storage.database import Database
from storage.invites import Invites
from storage.people import People
from storage.requests import ERASE, VIEW, Requests
from storage.roles import Roles
from storage.tables import DataRequest, Membership, Person
from tests.bot.conftest import NIGHT, Without

HOUR = timedelta(hours=1)
DUE = NIGHT - HOUR
PERIOD_ENDS = datetime(2024, 9, 19, 10, 0, tzinfo=UTC)
"""The close of the second working day after `NIGHT`, a Tuesday."""


def ask(session: Session, person_id: int) -> DataRequest:
    return Requests(session).file(ERASE, person_id, "telegram", NIGHT - 9 * HOUR, DUE)


def register(database: Database) -> list[tuple[int | None, str, str, datetime]]:
    with database.transaction() as session:
        rows = Requests(session).every()
        found = [(row.person_id, row.kind, row.state, row.due_at) for row in rows]
    database.dispose()
    return found


def held(database: Database) -> list[tuple[int, str]]:
    with database.transaction() as session:
        found = [(each.person_id, each.role) for each in Roles(session).held()]
    database.dispose()
    return found


@pytest.fixture
def asked(database: Database, lan: int) -> int:
    """The number of a request that is in the backup."""
    with database.transaction() as session:
        return ask(session, lan).id or 0


def withdraw(session: Session, number: int) -> bool:
    return Requests(session).withdraw(session.get_one(DataRequest, number), NIGHT)


def test_a_request_withdrawn_since_is_not_carried_out(
    database: Database, without: Without, asked: int
) -> None:
    restored = without(lambda session: withdraw(session, asked))
    assert (restored.carried.withdrawn, restored.carried.put_off) == (1, 0)
    assert register(database) == [(1, ERASE, "withdrawn", DUE)]


@pytest.mark.usefixtures("asked")
def test_a_request_that_stands_is_due_as_before(database: Database, without: Without) -> None:
    assert without(lambda _: None).carried.put_off == 0
    assert register(database) == [(1, ERASE, "open", DUE)]


def test_a_request_made_since_is_due_as_before(
    database: Database, without: Without, lan: int
) -> None:
    def change(session: Session) -> None:
        Requests(session).answered(VIEW, lan, "telegram", NIGHT)
        ask(session, lan)

    assert without(change).carried.filed == 1
    assert register(database) == [(1, VIEW, "done", NIGHT), (1, ERASE, "open", DUE)]


def test_of_who_came_since_nothing_is_left_to_be_erased(
    database: Database, without: Without
) -> None:
    def change(session: Session) -> None:
        ask(session, People(session).welcome("telegram", "102", "Lê Văn Minh", NIGHT))

    assert without(change).carried.filed == 0
    assert register(database) == [(None, ERASE, "done", DUE)]


@pytest.mark.usefixtures("asked")
def test_a_request_of_which_nobody_can_tell_is_put_off(
    database: Database, without: Without
) -> None:
    rename = text("ALTER TABLE person RENAME TO people")
    restored = without(lambda session: session.connection().execute(rename))
    assert register(database) == [(1, ERASE, "open", PERIOD_ENDS)]
    assert "withdrawn since: 1. They are not carried out before 2024-09-19 17:00" in str(restored)


@pytest.mark.usefixtures("asked")
def test_a_database_that_was_begun_anew_can_tell_nothing(
    database: Database, without: Without
) -> None:
    def anew(session: Session) -> None:
        for row in Requests(session).every():
            session.delete(row)

    assert without(anew).carried.put_off == 1
    assert register(database) == [(1, ERASE, "open", PERIOD_ENDS)]


def test_a_role_ended_since_ends_again_and_one_given_is_counted(
    database: Database, without: Without, lan: int
) -> None:
    with database.transaction() as session:
        People(session).join(lan, "quan-1", "focal", NIGHT)
        People(session).join(lan, "so-vhtt", "admin", NIGHT)

    def change(session: Session) -> None:
        Roles(session).end(1, NIGHT)
        People(session).join(lan, "quan-3", "focal", NIGHT)

    restored = without(change)
    assert (restored.carried.ended, restored.carried.given) == (1, 1)
    assert "Roles ended since, and now again: 1; given since, and not there: 1" in str(restored)
    assert held(database) == [(1, "admin")]


@pytest.mark.parametrize("another", ["person", "role"])
def test_a_role_that_has_only_the_number_is_left_alone(
    database: Database, without: Without, lan: int, another: str
) -> None:
    with database.transaction() as session:
        People(session).join(lan, "quan-1", "focal", NIGHT)

    def change(session: Session) -> None:
        if another == "person":
            session.get_one(Person, lan).created_at = NIGHT
        else:
            session.get_one(Membership, 1).role = "official"
        session.flush()
        Roles(session).end(1, NIGHT)

    assert without(change).carried.ended == 0
    assert held(database) == [(1, "focal")]


def test_who_was_an_administrator_is_told_nothing_when_the_role_ended_since(
    database: Database, without: Without, lan: int
) -> None:
    with database.transaction() as session:
        People(session).join(lan, "so-vhtt", "admin", NIGHT)
    without(lambda session: Roles(session).end(1, NIGHT))
    with database.transaction() as session:
        assert session.connection().scalar(text("SELECT count(*) FROM outbox")) == 0
    database.dispose()


def test_a_link_used_or_revoked_since_opens_nothing(
    database: Database, without: Without, lan: int
) -> None:
    with database.transaction() as session:
        for token in ("used", "revoked", "open"):
            Invites(session).create(token, "quan-1", "focal", NIGHT - HOUR)

    def change(session: Session) -> None:
        invites = Invites(session)
        used, revoked = (invites.usable(token, NIGHT) for token in ("used", "revoked"))
        assert used
        assert revoked
        invites.use(used.token_hash, lan, NIGHT)
        invites.revoke(revoked, NIGHT)

    assert without(change).carried.invites == 2
    with database.transaction() as session:
        tokens = ("used", "revoked", "open")
        open_ones = [token for token in tokens if Invites(session).usable(token, NIGHT)]
    database.dispose()
    assert open_ones == ["open"]


def test_who_was_erased_since_is_erased_whatever_they_had_asked(
    database: Database, without: Without, asked: int
) -> None:
    assert asked
    assert without(lambda session: erase(session, 1, NIGHT)).erased == 1
    assert register(database) == [(1, ERASE, "done", DUE)]
