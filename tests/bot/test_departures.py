"""What the clock does about people's data: erasures that are due, and those long without a role."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select
from structlog.testing import capture_logs

from bot.app import App
from plan import retention
from sandbox.clock import PushedClock
from storage.audit import Audit
from storage.inbox import PRUNED_MOST
from storage.outbox import Lane, Outbox
from storage.people import People
from storage.requests import ERASE, Requests
from storage.tables import AuditRow, OutboxRow, Person
from tests.cast import Cast

SECOND = timedelta(seconds=1)


def request(app: App, person_id: int, due_at: datetime) -> None:
    with app.database.transaction() as session:
        Requests(session).file(ERASE, person_id, "telegram", due_at, due_at)


def names(app: App) -> list[str]:
    with app.database.transaction() as session:
        return list(session.exec(select(Person.full_name).order_by(Person.full_name)))


@pytest.mark.parametrize(
    ("late", "left"),
    [(-SECOND, ["Nguyễn Thị Lan"]), (timedelta(), [""]), (SECOND, [""])],
    ids=["before", "at", "after"],
)
async def test_an_erasure_is_carried_out_when_it_is_due(
    app: App, cast: Cast, clock: PushedClock, late: timedelta, left: list[str]
) -> None:
    cast.lan()
    request(app, 1, clock.now() - late)
    await app.tick()
    assert names(app) == left


async def test_it_is_carried_out_once(app: App, cast: Cast, clock: PushedClock) -> None:
    lan = cast.lan()
    request(app, 1, clock.now())
    for _ in range(3):
        await app.tick()
        await app.pump()
    assert len(lan.messages) == 1


async def test_the_others_do_not_wait_for_one_that_cannot_be_carried_out(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    """Nobody knows in which language to say good-bye to her."""
    cast.lan()
    minh = cast.minh()
    for person_id in (1, 2):
        request(app, person_id, clock.now())
    with app.database.transaction() as session:
        People(session).speak(1, "no such language", clock.now())
    await app.tick()
    await app.pump()
    assert names(app) == ["", "Nguyễn Thị Lan"]
    assert "đã được xóa" in minh.last.text


async def test_the_log_warns_when_no_administrator_is_left(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    cast.thu()
    request(app, 1, clock.now())
    with capture_logs() as logs:
        await app.tick()
    assert "no administrator is left" in str(logs)


@pytest.mark.parametrize(
    ("beyond", "left"),
    [(-SECOND, ["Nguyễn Thị Lan"]), (timedelta(), ["Nguyễn Thị Lan"]), (SECOND, [""])],
    ids=["before", "at", "after"],
)
async def test_who_has_held_no_role_for_a_year_is_forgotten(
    app: App, cast: Cast, clock: PushedClock, beyond: timedelta, left: list[str]
) -> None:
    cast.lan()
    with app.database.transaction() as session:
        People(session).end_roles(1, clock.now())
    clock.push_to(clock.now() + retention.FORMER.length + beyond)
    await app.prune()
    assert names(app) == left


async def test_who_holds_a_role_is_not_forgotten(app: App, cast: Cast, clock: PushedClock) -> None:
    cast.lan()
    clock.push_to(clock.now() + 10 * retention.FORMER.length)
    await app.prune()
    assert names(app) == ["Nguyễn Thị Lan"]


async def test_the_others_are_forgotten_where_one_cannot_be(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    """The first of them, so that everybody stands behind her."""
    cast.lan()
    cast.minh()
    with app.database.transaction() as session:
        for person_id in (1, 2):
            People(session).end_roles(person_id, clock.now())
        forbid(session, "person", "OLD.id = 1 AND NEW.full_name = ''")
    clock.push_to(clock.now() + 2 * retention.FORMER.length)
    with capture_logs() as logs:
        await app.prune()
    assert names(app) == ["", "Nguyễn Thị Lan"]
    told = [each for each in logs if each["event"] == "former member not forgotten"]
    assert [each["person"] for each in told] == [1]
    with capture_logs() as logs:
        clock.push_to(clock.now() + timedelta(hours=1))
        await app.prune()
    assert "former member not forgotten" in str(logs)


async def test_a_rule_that_fails_does_not_hold_up_the_others(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    cast.lan()
    with app.database.transaction() as session:
        People(session).end_roles(1, clock.now())
        session.connection().execute(text("ALTER TABLE knock RENAME TO knocks"))
    clock.push_to(clock.now() + 2 * retention.FORMER.length)
    with capture_logs() as logs:
        await app.prune()
    assert {each["rule"] for each in logs if each["event"] == "not forgotten"} == {"knocks"}
    assert names(app) == [""]


def forbid(session: Session, table: str, change: str) -> None:
    """From now on the database refuses such a change."""
    run = session.connection().execute
    if session.connection().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        run(text(f"CREATE TRIGGER forbidden BEFORE UPDATE ON {table} WHEN {change} {refuse}"))
        return
    refuse = "BEGIN RAISE EXCEPTION 'refused'; END"
    run(text(f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$"))
    run(
        text(
            f"CREATE TRIGGER forbidden BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN ({change}) EXECUTE FUNCTION refuse()"
        )
    )


async def test_pruning_goes_on_until_nothing_is_left(app: App, clock: PushedClock) -> None:
    with app.database.transaction() as session:
        for n in range(PRUNED_MOST + 1):
            given: dict[str, Any] = {"channel": "telegram", "address": "105", "kind": "reply"}
            Outbox(session).add(f"k{n}", lane=Lane.REPLY, payload="p", now=clock.now(), **given)
            Outbox(session).drop(n + 1, "cancelled", "not wanted")
    clock.push_to(clock.now() + 2 * retention.STRANGERS.length)
    await app.prune()
    with app.database.transaction() as session:
        assert session.exec(select(OutboxRow)).all() == []


async def test_whoever_does_not_tick_prunes_nothing(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    cast.lan()
    with app.database.transaction() as session:
        People(session).end_roles(1, clock.now())
    clock.push_to(clock.now() + 2 * retention.FORMER.length)
    app.ticking.fence = None
    await app.prune()
    assert names(app) == ["Nguyễn Thị Lan"]


async def test_what_the_clock_forgets_is_in_the_log_of_changes(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    cast.lan()
    request(app, 1, clock.now())
    await app.tick()
    with app.database.transaction() as session:
        noted = session.exec(select(AuditRow.action).where(AuditRow.subject == "person 1")).all()
        assert Audit(session).unsealed() == 0
    assert list(noted) == ["person.consented", "role.granted", "role.ended", "person.erased"]
