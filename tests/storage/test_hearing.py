"""When Telegram was last heard, and whom a silence has left waiting."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from storage.conversations import Conversations
from storage.hearing import Hearings
from storage.inbox import Inbox

MINUTE = timedelta(minutes=1)


@pytest.fixture
def hearings(session: Session) -> Hearings:
    return Hearings(session, "telegram")


def soon(at: datetime) -> datetime:
    return at + timedelta(seconds=20)


def asked(session: Session, address: str, at: datetime) -> None:
    Conversations(session).keep(
        "telegram", address, step="s", token=address, prompt="?", options=[], data={}, now=at
    )
    session.flush()


def test_the_first_time_nothing_has_been_missed(hearings: Hearings, now: datetime) -> None:
    hearings.heard_again(now, soon)
    assert hearings.due(now + MINUTE) is None


@pytest.mark.parametrize(("seconds", "offers"), [(150, 0), (151, 1)])
def test_presses_are_lost_after_150_seconds(
    hearings: Hearings, now: datetime, seconds: int, offers: int
) -> None:
    again = now + timedelta(seconds=seconds)
    hearings.heard(now)
    hearings.heard_again(again, soon)
    assert hearings.due(again) is None
    assert [hearings.due(soon(again))] == ([again] if offers else [None])


def test_a_silence_is_made_up_for_once(hearings: Hearings, now: datetime) -> None:
    hearings.heard(now)
    hearings.heard_again(now + 10 * MINUTE, soon)
    assert hearings.due(now + 11 * MINUTE) == now + 10 * MINUTE
    assert hearings.due(now + 11 * MINUTE) is None


def test_what_came_meanwhile_is_handled_first(
    hearings: Hearings, session: Session, now: datetime
) -> None:
    hearings.heard(now)
    hearings.heard_again(now + 10 * MINUTE, soon)
    Inbox(session).take_in(1, [{"update_id": 1, "message": {"from": {"id": 7}}}], now)
    assert hearings.due(now + 11 * MINUTE) is None
    Inbox(session).done([1], now)
    assert hearings.due(now + 11 * MINUTE) == now + 10 * MINUTE


def test_those_are_waiting_who_were_active_and_have_not_written(
    hearings: Hearings, session: Session, now: datetime
) -> None:
    again = now + 10 * MINUTE
    for address, at in {
        "silent": now,
        "long gone": now - timedelta(hours=25),
        "answered": again,
        "7": now,
    }.items():
        asked(session, address, at)
    Inbox(session).take_in(1, [{"update_id": 1, "message": {"from": {"id": 7}}}], again)
    assert [row.address for row in hearings.left_waiting(again)] == ["silent"]
