"""How the bot is doing, as facts."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from storage.health import Health, Queue, Troubles
from storage.inbox import Inbox
from storage.leases import Leases
from storage.outbox import Lane, Outbox
from storage.people import People
from storage.tables import OutboxRow, Reminder

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def health(session: Session) -> Health:
    return Health(session)


def queue(session: Session, key: str, lane: Lane, now: datetime, at: datetime) -> None:
    Outbox(session).add(
        key,
        lane=lane,
        channel="telegram",
        address="101",
        kind="reply",
        payload="{}",
        now=now,
        not_before_at=at,
    )


def put(session: Session, state: str, at: datetime, send_by_at: datetime | None = None) -> None:
    row = OutboxRow(
        dedupe_key=f"{state}:{at}",
        lane=3,
        channel="telegram",
        address="101",
        kind="reminder",
        payload="{}",
        created_at=at,
        state=state,
        not_before_at=at,
        send_by_at=send_by_at,
    )
    session.add(row)
    session.flush()


def test_queues_count_what_could_leave(health: Health, session: Session, now: datetime) -> None:
    queue(session, "a", Lane.REPLY, now, now)
    queue(session, "b", Lane.REPLY, now, now - MINUTE)
    queue(session, "c", Lane.REMINDER, now, now + DAY)
    assert health.queues(now) == {
        Lane.REPLY: Queue(2, now - MINUTE),
        Lane.REMINDER: Queue(0, None),
        Lane.SILENT: Queue(0, None),
        Lane.BROADCAST: Queue(0, None),
    }
    assert health.put_off(now) == 1


def test_updates_that_came_just_now_do_not_wait(
    health: Health, session: Session, now: datetime
) -> None:
    for n, at in enumerate((now - MINUTE, now)):
        Inbox(session).take_in(1, [{"update_id": n}], at)
    assert health.unhandled(now - MINUTE) == Queue(1, now - MINUTE)
    assert health.unhandled(now - DAY) == Queue(0, None)


def test_troubles_are_new_by_when_they_left(
    health: Health, session: Session, now: datetime
) -> None:
    for state in ("unknown", "failed"):
        put(session, state, now - DAY)
        put(session, state, now)
    put(session, "expired", now - DAY, send_by_at=now - MINUTE)
    put(session, "expired", now, send_by_at=now + DAY)
    assert health.new_troubles(now - MINUTE, now) == Troubles(1, 1, 0, expired=1)
    assert health.troubles(now) == Troubles(2, 2, 0)


def test_a_letter_is_as_new_as_its_last_try(
    health: Health, session: Session, now: datetime
) -> None:
    queue(session, "weekend", Lane.REMINDER, now - 3 * DAY, now - 3 * DAY)
    outbox = Outbox(session)
    [letter] = outbox.due(now, replies=0, bulk=1)
    outbox.sending([letter], now)
    outbox.failed(letter.id, "Bad Request")
    assert health.new_troubles(now, now).failed == 1


def test_a_step_that_came_too_late_is_a_trouble(
    health: Health, session: Session, now: datetime
) -> None:
    for days, state in ((2, "expired"), (1, "expired"), (0, "skipped")):
        at = now - days * DAY
        session.add(
            Reminder(
                agency_id="quan-1",
                obligation="report:2026",
                aim_on=at.date(),
                step="-30",
                due_at=at,
                send_by_at=at,
                decided_at=at,
                state=state,
            )
        )
    session.flush()
    assert health.new_troubles(now - DAY, now).expired == 1


def test_people_are_unreachable_once_and_while_they_hold_a_role(
    health: Health, session: Session, now: datetime, lan: int
) -> None:
    people = People(session)
    for agency_id in ("quan-3", "quan-1"):
        people.join(lan, agency_id, "focal", now)
    gone = people.welcome("telegram", "102", "Lê Văn Minh", now)
    for address in ("101", "102"):
        people.unreachable("telegram", address, "blocked", now)
    session.flush()
    assert gone
    [found] = health.unreachable()
    assert (found.full_name, found.agency_id) == ("Nguyễn Thị Lan", "quan-1")


def test_leases_that_ran_out_are_not_held(health: Health, session: Session, now: datetime) -> None:
    leases = Leases(session, now)
    fence = leases.acquire("sender:1", "one")
    leases.acquire("ticker:1", "one")
    assert fence
    leases.release("sender:1", fence)
    assert [lease.name for lease in health.leases(now)] == ["ticker:1"]


def test_the_schema_has_a_name(health: Health) -> None:
    assert health.revision().startswith("2026")
    assert health.database().startswith("SQLite" if health.one_process else "PostgreSQL")
