"""Letters whose fate a person decides: who comes second moves nothing and can be told so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlmodel import Session

from storage.people import People
from storage.tables import OutboxRow
from storage.unsettled import CHUNK, Fate, UnsettledLetters

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
Put = Callable[..., int]


@pytest.fixture
def letters(session: Session) -> UnsettledLetters:
    return UnsettledLetters(session)


@pytest.fixture
def put(session: Session, now: datetime, lan: int) -> Put:
    """A letter to Lan, who is there, in a state of its own; returns its id."""
    assert lan
    numbers = count()

    def put(state: str, **values: Any) -> int:
        values = {"kind": "reminder", "address": "101", "payload": "{}", **values}
        row = OutboxRow(
            dedupe_key=f"letter:{next(numbers)}",
            lane=3,
            channel="telegram",
            created_at=now,
            state=state,
            **{"not_before_at": now, **values},
        )
        session.add(row)
        session.flush()
        return row.id or 0

    return put


def test_the_newest_come_first(letters: UnsettledLetters, put: Put, now: datetime) -> None:
    old, new = put("unknown", not_before_at=now - DAY), put("unknown")
    put("sent")
    assert [letter.id for letter in letters.unknown()] == [new, old]
    assert [letter.id for letter in letters.unknown([old])] == [old]


def test_a_reply_is_not_quoted(letters: UnsettledLetters, put: Put, now: datetime) -> None:
    put("failed", kind="reply", payload='{"text": "12/15"}')
    [letter] = letters.failed(now)
    assert (letter.payload, letter.full_name) == ("", "Nguyễn Thị Lan")


def test_of_two_decisions_the_second_moves_nothing(
    letters: UnsettledLetters, put: Put, lan: int, now: datetime
) -> None:
    number = put("unknown")
    assert letters.accept([number], lan) == [number]
    assert letters.resend([number], lan, now) == []
    assert letters.fates([number]) == [Fate("sent", f"accepted by person {lan}")]


def test_what_is_too_late_when_it_would_leave_is_not_queued(
    letters: UnsettledLetters, put: Put, lan: int, now: datetime
) -> None:
    late, ready = put("unknown", send_by_at=now), put("unknown", send_by_at=now + MINUTE)
    assert letters.resend([late, ready], lan, now + MINUTE) == [ready]
    assert [fate.state for fate in letters.fates([late, ready])] == ["unknown", "queued"]


def test_a_letter_that_is_sent_again_has_all_its_tries(
    letters: UnsettledLetters, put: Put, lan: int, session: Session, now: datetime
) -> None:
    number = put("failed", attempts=10)
    letters.retry([number], lan, now + MINUTE)
    session.expire_all()
    row = session.get_one(OutboxRow, number)
    assert (row.state, row.attempts, row.not_before_at) == ("queued", 0, now + MINUTE)


def test_each_verb_begins_at_its_own_state(
    letters: UnsettledLetters, put: Put, lan: int, now: datetime
) -> None:
    unknown, failed = put("unknown"), put("failed")
    both = [unknown, failed]
    assert letters.drop(both, lan) == [failed]
    assert letters.accept(both, lan) == [unknown]
    assert letters.retry(both, lan, now) == letters.resend(both, lan, now) == []


def test_failed_letters_are_forgotten_after_thirty_days(
    letters: UnsettledLetters, put: Put, now: datetime
) -> None:
    put("failed", not_before_at=now - 31 * DAY)
    recent = put("failed", not_before_at=now - 29 * DAY)
    assert [letter.id for letter in letters.failed(now)] == [recent]


def test_who_cannot_be_reached_is_no_failure_to_decide_on(
    letters: UnsettledLetters, put: Put, session: Session, now: datetime
) -> None:
    put("failed")
    People(session).unreachable("telegram", "101", "blocked", now)
    assert letters.failed(now) == []
    put("failed", address="999")
    assert [letter.address for letter in letters.failed(now)] == ["999"]


def test_more_than_one_statement_takes_are_moved(
    letters: UnsettledLetters, put: Put, lan: int
) -> None:
    numbers = [put("unknown") for _ in range(CHUNK + 1)]
    assert letters.accept(numbers, lan) == numbers
    assert len(letters.fates(numbers)) == CHUNK + 1


def test_a_press_proves_that_a_letter_arrived(
    letters: UnsettledLetters, put: Put, now: datetime
) -> None:
    number = put("unknown")
    assert not letters.prove(number, "telegram", "102", now)
    assert letters.prove(number, "telegram", "101", now)
    assert not letters.prove(number, "telegram", "101", now)
    assert letters.fates([number]) == [Fate("sent", "pressed")]
