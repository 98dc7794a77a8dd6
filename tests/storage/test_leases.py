"""What only one may do at a time: who has it, since when, and who has it after them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from storage.leases import SECONDS, Leases

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def leases(session: Session, now: datetime) -> Leases:
    return Leases(session, now)


def runs_out(leases: Leases) -> None:
    past = text("UPDATE lease SET until_at = :past")
    leases.session.connection().execute(past, {"past": leases.now - timedelta(seconds=1)})


def test_the_first_to_ask_has_it(leases: Leases) -> None:
    assert leases.acquire("sender", "a") == 1
    assert leases.holds("sender", 1)


@on_postgresql
def test_while_one_has_it_no_other_gets_it(leases: Leases) -> None:
    leases.acquire("sender", "a")
    assert leases.acquire("sender", "b") is None
    assert leases.holds("sender", 1)


@on_postgresql
def test_what_ran_out_is_the_next_ones_under_a_new_number(leases: Leases) -> None:
    leases.acquire("sender", "a")
    runs_out(leases)
    assert leases.acquire("sender", "b") == 2
    assert not leases.holds("sender", 1)
    assert not leases.renew("sender", 1)


@on_postgresql
@pytest.mark.parametrize(("seconds", "fence"), [(SECONDS + 10, None), (3600, 2)])
def test_a_lease_given_by_a_clock_that_was_set_back_is_free(
    leases: Leases, seconds: int, fence: int | None
) -> None:
    """Else nobody would poll, tick and send for that hour if its holder died."""
    leases.acquire("sender", "a")
    later = text("UPDATE lease SET until_at = :later")
    leases.session.connection().execute(later, {"later": leases.now + timedelta(seconds=seconds)})
    assert leases.acquire("sender", "b") == fence


@on_postgresql
def test_times_are_the_databases_own(session: Session, now: datetime) -> None:
    hours_slow = Leases(session, now - timedelta(hours=3))
    hours_slow.acquire("sender", "a")
    assert Leases(session, now + timedelta(days=900)).acquire("sender", "b") is None


@on_sqlite
def test_on_sqlite_who_asks_is_alone(leases: Leases) -> None:
    assert [leases.acquire("sender", "a"), leases.acquire("sender", "b")] == [1, 2]


def test_renewed_it_lasts_longer_and_keeps_its_number(session: Session, leases: Leases) -> None:
    leases.acquire("sender", "a")
    runs_out(leases)
    assert leases.renew("sender", 1)
    session.expire_all()
    [lease] = leases.all()
    assert (lease.fence, lease.until_at) == (1, leases.now + timedelta(seconds=SECONDS))


def test_given_back_it_is_free_at_once(leases: Leases) -> None:
    leases.acquire("sender", "a")
    leases.release("sender", 1)
    assert leases.acquire("sender", "b") == 2


def test_who_lost_it_gives_nothing_back(session: Session, leases: Leases) -> None:
    leases.acquire("sender", "a")
    runs_out(leases)
    leases.acquire("sender", "b")
    leases.release("sender", 1)
    session.expire_all()
    assert leases.all()[0].until_at > leases.now


def test_a_process_that_asks_again_under_its_own_name_gets_a_new_number(leases: Leases) -> None:
    assert [leases.acquire("sender", "a"), leases.acquire("sender", "a")] == [1, 2]


def test_each_work_has_a_lease_of_its_own(leases: Leases) -> None:
    assert [leases.acquire("poller", "a"), leases.acquire("sender", "b")] == [1, 1]
