from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage.database import Database
from storage.schedules import Schedules

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def schedules(session: Session, now: datetime) -> Schedules:
    """One schedule, due now."""
    made = Schedules(session)
    made.start("report", "report:-30", now)
    return made


def test_a_schedule_is_due_from_its_instant_on(schedules: Schedules, now: datetime) -> None:
    assert schedules.due(now - SECOND, ["report"]) == []
    assert [row.key for row in schedules.due(now, ["report"])] == ["report"]
    assert min(row.next_due_at for row in schedules.all().values()) == now


def test_a_schedule_nobody_knows_any_more_is_not_due(schedules: Schedules, now: datetime) -> None:
    schedules.start("campaign:gone", "campaign:gone", now)
    assert [row.key for row in schedules.due(now, ["report", "campaign:new"])] == ["report"]


def test_a_step_is_taken_once(schedules: Schedules, now: datetime) -> None:
    [row] = schedules.due(now, ["report"])
    assert schedules.advance(row, "report:-14", now + DAY)
    assert not schedules.advance(row, "report:-14", now + DAY)
    assert schedules.due(now + DAY - SECOND, ["report"]) == []
    assert schedules.due(now + DAY, ["report"]) == [row]


def test_of_two_at_once_one_takes_the_step(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        Schedules(session).start("report", "report:-30", now)
        [row] = Schedules(session).due(now, ["report"])
    together = Barrier(2, timeout=10)

    def take(_: int) -> bool:
        together.wait()
        with database.transaction() as session:
            return Schedules(session).advance(row, "report:-14", now + DAY)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take, range(2))) == [False, True]


def test_a_schedule_begins_once(schedules: Schedules, now: datetime) -> None:
    assert set(schedules.all()) == {"report"}
    with pytest.raises(IntegrityError), schedules.session.begin_nested():
        schedules.start("report", "report:-30", now)


def test_a_step_is_decided_once(schedules: Schedules, now: datetime) -> None:
    schedules.decide("report", "report:-30", now, state="sent", recipients=3, now=now)
    with pytest.raises(IntegrityError), schedules.session.begin_nested():
        schedules.decide("report", "report:-30", now, state="expired", recipients=0, now=now)


def test_what_was_decided_is_listed_in_order(schedules: Schedules, now: datetime) -> None:
    for days, state in ((2, "sent"), (0, "expired"), (1, "expired")):
        due_at = now + days * DAY
        schedules.decide("report", f"step{days}", due_at, state=state, recipients=0, now=now)
    assert [row.step for row in schedules.history()] == ["step0", "step1", "step2"]
    assert [row.step for row in schedules.history("expired")] == ["step0", "step1"]


def test_nothing_is_due_where_nothing_is_scheduled(session: Session, now: datetime) -> None:
    assert Schedules(session).due(now, ["report"]) == []
    assert Schedules(session).all() == {}
