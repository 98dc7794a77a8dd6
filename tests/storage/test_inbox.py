import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from storage.database import Database
from storage.inbox import KEPT, Inbox, Waiting, user_key

BOT = 123456
SECOND = timedelta(seconds=1)


@pytest.fixture
def inbox(session: Session) -> Inbox:
    return Inbox(session)


def update(update_id: int, user: int = 101) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"from": {"id": user}, "text": "12/15"}}


def ids(rows: Sequence[Waiting]) -> list[int]:
    return [json.loads(row.payload)["update_id"] for row in rows]


def fail(inbox: Inbox, times: int, now: datetime) -> datetime:
    """The oldest waiting update fails so often; returns when it did so last."""
    for _ in range(times):
        [row, *_] = inbox.waiting(now, limit=10)
        inbox.failed(row, "ValueError", now)
        now += timedelta(minutes=1)
    return now


def test_a_repeated_update_changes_nothing(inbox: Inbox, now: datetime) -> None:
    assert inbox.take_in(BOT, [update(1), update(2)], now) == 2
    assert inbox.take_in(BOT, [update(2), update(3)], now) == 1
    assert inbox.unfinished() == 3


def test_a_handled_update_that_comes_again_is_not_handled_again(
    inbox: Inbox, now: datetime
) -> None:
    inbox.take_in(BOT, [update(1)], now)
    inbox.done([inbox.waiting(now, limit=1)[0].seq], now)
    assert inbox.take_in(BOT, [update(1)], now) == 0
    assert not inbox.waiting(now, limit=1)


def test_two_bots_may_use_the_same_update_id(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(1)], now)
    assert inbox.take_in(BOT + 1, [update(1)], now) == 1


def test_taking_in_nothing_is_nothing(inbox: Inbox, now: datetime) -> None:
    assert inbox.take_in(BOT, [], now) == 0


def test_each_person_waits_for_their_own_oldest(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(1, 101), update(2, 101), update(3, 102)], now)
    first = inbox.waiting(now, limit=10)
    assert ids(first) == [1, 3]
    inbox.done([first[0].seq], now)
    assert ids(inbox.waiting(now, limit=10)) == [2, 3]


def test_order_is_that_of_arrival_not_of_update_ids(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(900)], now)
    inbox.take_in(BOT, [update(5)], now)
    assert ids(inbox.waiting(now, limit=10)) == [900]


def test_no_more_come_than_asked_for(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(n, n) for n in range(1, 5)], now)
    assert ids(inbox.waiting(now, limit=3)) == [1, 2, 3]


def test_a_person_backing_off_holds_only_themselves(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(1, 101), update(2, 101), update(3, 102)], now)
    fail(inbox, 1, now)
    assert ids(inbox.waiting(now, limit=10)) == [3]


@pytest.mark.parametrize(
    ("failures", "pause"), [(1, 2 * SECOND), (2, 4 * SECOND)], ids=["first", "second"]
)
def test_a_failed_update_comes_again_after_its_pause(
    inbox: Inbox, now: datetime, failures: int, pause: timedelta
) -> None:
    inbox.take_in(BOT, [update(1)], now)
    last = fail(inbox, failures, now) - timedelta(minutes=1)
    assert not inbox.waiting(last + pause - SECOND, limit=1)
    assert ids(inbox.waiting(last + pause, limit=1)) == [1]


def test_the_third_failure_makes_a_dead_letter(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(1), update(2)], now)
    later = fail(inbox, 2, now)
    assert inbox.dead() == 0
    assert inbox.failed(inbox.waiting(later, limit=1)[0], "ValueError", later)
    assert inbox.dead() == 1
    assert ids(inbox.waiting(later, limit=10)) == [2]


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        pytest.param({"update_id": 7}, "nobody", id="empty"),
        pytest.param({"update_id": 7, "news": ["?"]}, "nobody", id="list"),
        pytest.param({"update_id": 7, "message": "text"}, "nobody", id="text"),
        pytest.param({"update_id": 7, "message": {"from": None}}, "nobody", id="null sender"),
        pytest.param({"update_id": 7, "message": {"from": {}}}, "nobody", id="sender without id"),
        pytest.param({"update_id": 7, "x": {"chat": {"id": -100}}}, "-100", id="only a chat"),
        pytest.param({"update_id": 7, "x": {"from": {"id": 2**52}}}, str(2**52), id="new kind"),
    ],
)
def test_an_update_of_odd_shape_is_kept(
    inbox: Inbox, now: datetime, raw: dict[str, Any], key: str
) -> None:
    assert inbox.take_in(BOT, [raw], now) == 1
    [row] = inbox.waiting(now, limit=1)
    assert (json.loads(row.payload), row.user_key) == (raw, key)


@pytest.mark.parametrize(
    ("age", "forgotten"),
    [(KEPT - SECOND, 0), (KEPT, 0), (KEPT + SECOND, 1)],
    ids=["before", "at", "after"],
)
def test_handled_updates_are_forgotten_after_three_days(
    inbox: Inbox, now: datetime, age: timedelta, forgotten: int
) -> None:
    inbox.take_in(BOT, [update(1)], now)
    inbox.done([inbox.waiting(now, limit=1)[0].seq], now)
    assert inbox.prune(now + age) == forgotten


def test_pruning_keeps_the_dead_and_the_unfinished(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(1, 101)], now)
    fail(inbox, 3, now)
    inbox.take_in(BOT, [update(2, 102)], now)
    assert inbox.prune(now + 10 * KEPT) == 0
    assert (inbox.dead(), inbox.unfinished()) == (1, 1)


def test_a_forgotten_id_may_come_again(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(1)], now)
    inbox.done([inbox.waiting(now, limit=1)[0].seq], now)
    inbox.prune(now + 2 * KEPT)
    assert inbox.take_in(BOT, [update(1)], now + 2 * KEPT) == 1


@pytest.mark.parametrize("desks", [1, 2, 3, 4])
def test_desks_share_out_the_people(inbox: Inbox, now: datetime, desks: int) -> None:
    inbox.take_in(BOT, [update(n, n) for n in range(100, 140)], now)
    shares = [set(ids(inbox.waiting(now, limit=99, desk=n, desks=desks))) for n in range(desks)]
    assert all(shares)
    assert sum(map(len, shares)) == len(set().union(*shares)) == 40


def test_all_updates_of_a_person_are_at_one_desk(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(n) for n in range(1, 9)], now)
    seen = []
    for _ in range(8):
        rows = [
            (desk, row)
            for desk in (0, 1)
            for row in inbox.waiting(now, limit=1, desk=desk, desks=2)
        ]
        [(desk, row)] = rows
        seen.append((desk, ids([row])[0]))
        inbox.done([row.seq], now)
    assert seen == [(seen[0][0], n) for n in range(1, 9)]


def test_the_person_is_the_sender_before_the_chat() -> None:
    assert user_key({"update_id": 1, "message": {"chat": {"id": -5}, "from": {"id": 101}}}) == "101"


@pytest.mark.parametrize("tries", [0, 1])
def test_a_clock_set_back_lets_nobody_wait(inbox: Inbox, now: datetime, tries: int) -> None:
    inbox.take_in(BOT, [update(1)], now)
    fail(inbox, tries, now)
    assert ids(inbox.waiting(now - timedelta(hours=1), limit=10)) == [1]


def test_before_its_next_try_it_waits(inbox: Inbox, now: datetime) -> None:
    inbox.take_in(BOT, [update(1)], now)
    fail(inbox, 1, now)
    assert not inbox.waiting(now + SECOND, limit=10)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_another_has_at_hand_is_left_out_with_all_of_that_person(
    database: Database, now: datetime
) -> None:
    """Not waited for: whoever waited would handle nobody else's meanwhile."""
    with database.transaction() as session:
        Inbox(session).take_in(BOT, [update(1), update(2), update(3, user=102)], now)
    with database.transaction() as one, database.transaction() as another:
        another.connection().execute(text("SET LOCAL lock_timeout = '2s'"))
        assert ids(Inbox(one).waiting(now, limit=1)) == [1]
        assert ids(Inbox(another).waiting(now, limit=10)) == [3]
