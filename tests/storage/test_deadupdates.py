"""Updates that could not be handled, to be handled once more or forgotten."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from storage.conversations import Conversations
from storage.deadupdates import DeadUpdates
from storage.inbox import KEPT, Inbox
from storage.tables import InboxRow

BOT = 123456
MINUTE = timedelta(minutes=1)


@pytest.fixture
def dead(session: Session) -> DeadUpdates:
    return DeadUpdates(session, "telegram")


@pytest.fixture
def inbox(session: Session) -> Inbox:
    return Inbox(session)


def take_in(inbox: Inbox, number: int, now: datetime, user: int = 101) -> int:
    message = {"from": {"id": user}, "text": "12/15"}
    inbox.take_in(BOT, [{"update_id": number, "message": message}], now)
    return inbox.waiting(now, limit=9)[-1].seq


def die(inbox: Inbox, number: int, now: datetime, user: int = 101) -> int:
    seq = take_in(inbox, number, now, user)
    inbox.session.expire_all()
    row = inbox.session.get_one(InboxRow, seq)
    row.dead, row.done_at, row.error, row.attempts = True, now, "KeyError", 3
    inbox.session.flush()
    return seq


def test_they_name_the_person_and_not_the_words(
    dead: DeadUpdates, inbox: Inbox, lan: int, now: datetime
) -> None:
    assert lan
    first, second = die(inbox, 1, now), die(inbox, 2, now, user=999)
    found = dead.all()
    assert [(each.seq, each.full_name) for each in found] == [
        (second, ""),
        (first, "Nguyễn Thị Lan"),
    ]
    assert "12/15" not in str(found)


def test_one_is_handled_once_more_with_all_its_tries(
    dead: DeadUpdates, inbox: Inbox, now: datetime
) -> None:
    seq = die(inbox, 1, now)
    assert dead.retry([seq], now + MINUTE) == [seq]
    assert dead.retry([seq], now + MINUTE) == []
    [row] = inbox.waiting(now + MINUTE, limit=9)
    assert (row.seq, row.attempts) == (seq, 0)


def test_order_is_kept_where_its_person_has_gone_on(
    dead: DeadUpdates, inbox: Inbox, now: datetime
) -> None:
    seq = die(inbox, 1, now)
    inbox.done([take_in(inbox, 2, now)], now)
    assert [each.overtaken for each in dead.all()] == [True]
    assert dead.retry([seq], now) == []
    assert dead.drop([seq]) == [seq]


def test_what_others_did_since_does_not_overtake_it(
    dead: DeadUpdates, inbox: Inbox, now: datetime
) -> None:
    seq = die(inbox, 1, now)
    inbox.done([take_in(inbox, 2, now, user=102)], now)
    die(inbox, 3, now)
    assert dead.retry([seq], now) == [seq]


def test_a_question_that_was_opened_since_overtakes_it_for_good(
    dead: DeadUpdates, inbox: Inbox, session: Session, now: datetime
) -> None:
    seq = die(inbox, 1, now)
    Conversations(session).keep(
        "telegram",
        "101",
        step="report.figure",
        token="t1",  # noqa: S106 - of a question
        prompt="?",
        options=[],
        data={},
        now=now + MINUTE,
    )
    inbox.prune(now + KEPT + MINUTE)
    assert dead.retry([seq], now + KEPT) == []


def test_what_was_dropped_is_forgotten_with_the_others(
    dead: DeadUpdates, inbox: Inbox, now: datetime
) -> None:
    kept, dropped = die(inbox, 1, now), die(inbox, 2, now)
    dead.drop([dropped])
    assert inbox.prune(now + KEPT + MINUTE) == 1
    assert [each.seq for each in dead.all()] == [kept]
