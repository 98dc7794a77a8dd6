from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from storage.outbox import BACKOFF_MOST, TRIES, Lane, Letter, Outbox, backoff
from storage.tables import OutboxRow

SECOND = timedelta(seconds=1)
Move = Callable[[Outbox, Letter, datetime], object]

LATE: dict[str, Move] = {
    "sent": lambda outbox, letter, now: outbox.sent([(letter.id, 7)], now),
    "again": lambda outbox, letter, now: outbox.again(letter, now, "late"),
    "failed": lambda outbox, letter, _: outbox.failed(letter.id, "late"),
    "unknown": lambda outbox, letter, now: outbox.unknown(letter, "late", now),
}


def queue(outbox: Outbox, key: str, now: datetime, **other: Any) -> bool:
    values: dict[str, Any] = {"lane": Lane.REPLY, "address": "101", **other}
    return outbox.add(key, channel="telegram", kind="reply", payload="{}", now=now, **values)


def due(outbox: Outbox, now: datetime, **other: Any) -> list[Letter]:
    return list(outbox.due(now, **{"replies": 10, "bulk": 10, **other}))


def on_the_wire(outbox: Outbox, now: datetime, lane: Lane = Lane.REPLY) -> Letter:
    queue(outbox, f"wire:{lane}", now, lane=lane)
    [letter] = due(outbox, now)
    outbox.sending([letter], now)
    return letter


def state(outbox: Outbox, letter: Letter) -> str:
    return outbox.session.exec(select(OutboxRow.state).where(OutboxRow.id == letter.id)).one()


def keys(outbox: Outbox, letters: list[Letter]) -> list[str]:
    rows = select(OutboxRow.id, OutboxRow.dedupe_key)
    names = dict(outbox.session.exec(rows).all())
    return [names[letter.id] for letter in letters]


def test_a_key_is_queued_once(outbox: Outbox, now: datetime) -> None:
    assert queue(outbox, "upd:1:0", now)
    assert not queue(outbox, "upd:1:0", now)
    assert outbox.counts() == {"queued": 1}


def test_a_key_that_was_sent_is_not_queued_again(outbox: Outbox, now: datetime) -> None:
    letter = on_the_wire(outbox, now)
    outbox.sent([(letter.id, 7)], now)
    assert not queue(outbox, f"wire:{Lane.REPLY}", now)
    assert outbox.message_id(f"wire:{Lane.REPLY}") == 7


def test_replies_leave_before_reminders_before_broadcasts(outbox: Outbox, now: datetime) -> None:
    queue(outbox, "broadcast", now, lane=Lane.BROADCAST, address="103")
    queue(outbox, "reminder", now, lane=Lane.REMINDER, address="102")
    queue(outbox, "reply", now, lane=Lane.REPLY, address="101")
    assert keys(outbox, due(outbox, now)) == ["reply", "reminder", "broadcast"]


def test_each_kind_has_room_of_its_own(outbox: Outbox, now: datetime) -> None:
    for n in range(3):
        queue(outbox, f"reply{n}", now, address=f"1{n}")
        queue(outbox, f"reminder{n}", now, lane=Lane.REMINDER, address=f"2{n}")
    letters = due(outbox, now, replies=2, bulk=1)
    assert keys(outbox, letters) == ["reply0", "reply1", "reminder0"]
    assert due(outbox, now, replies=0, bulk=0) == []


def test_one_letter_of_a_chat_leaves_at_a_time_in_order(outbox: Outbox, now: datetime) -> None:
    queue(outbox, "first", now)
    queue(outbox, "second", now)
    first = due(outbox, now)
    assert keys(outbox, first) == ["first"]
    outbox.sending(first, now)
    assert due(outbox, now) == []
    outbox.sent([(first[0].id, 7)], now)
    assert keys(outbox, due(outbox, now)) == ["second"]


@pytest.mark.parametrize(
    ("lanes", "leaves"),
    [
        pytest.param((Lane.REMINDER, Lane.REPLY), Lane.REPLY, id="reply and reminder"),
        pytest.param((Lane.BROADCAST, Lane.REMINDER), Lane.REMINDER, id="reminder and broadcast"),
        pytest.param((Lane.BROADCAST, Lane.REPLY), Lane.REPLY, id="reply and broadcast"),
    ],
)
def test_one_letter_of_a_chat_leaves_whatever_the_lanes(
    outbox: Outbox, now: datetime, lanes: tuple[Lane, Lane], leaves: Lane
) -> None:
    for lane in lanes:
        queue(outbox, str(lane), now, lane=lane)
    assert keys(outbox, due(outbox, now)) == [str(leaves)]


def test_a_letter_waiting_for_its_next_try_keeps_the_order(outbox: Outbox, now: datetime) -> None:
    letter = on_the_wire(outbox, now)
    queue(outbox, "second", now)
    outbox.again(letter, now + SECOND, "busy")
    assert due(outbox, now) == []
    assert due(outbox, now + SECOND)[0].id == letter.id


def test_a_reminder_for_a_later_day_holds_up_nothing(outbox: Outbox, now: datetime) -> None:
    queue(outbox, "next week", now, lane=Lane.REMINDER, not_before_at=now + timedelta(days=7))
    queue(outbox, "today", now, lane=Lane.REMINDER)
    assert keys(outbox, due(outbox, now)) == ["today"]


def test_a_reminder_that_was_tried_keeps_the_order(outbox: Outbox, now: datetime) -> None:
    letter = on_the_wire(outbox, now, Lane.REMINDER)
    queue(outbox, "second", now, lane=Lane.REMINDER)
    outbox.again(letter, now + SECOND, "busy")
    assert due(outbox, now) == []


def test_what_waits_for_a_chat_is_listed_by_its_kind(outbox: Outbox, now: datetime) -> None:
    queue(outbox, "later", now, not_before_at=now + SECOND)
    queue(outbox, "first", now)
    queue(outbox, "elsewhere", now, address="102")
    first, later = (letter_id for letter_id, _ in outbox.waiting("reply", "telegram", "101"))
    assert first > later
    outbox.drop(first, "cancelled", "not wanted any more")
    assert outbox.waiting("reply", "telegram", "101") == [(later, "{}")]
    assert outbox.waiting("reminder", "telegram", "101") == []


def test_the_same_address_on_another_channel_is_another_chat(outbox: Outbox, now: datetime) -> None:
    on_the_wire(outbox, now)
    outbox.add(
        "zalo", lane=Lane.REPLY, channel="zalo", address="101", kind="reply", payload="{}", now=now
    )
    assert keys(outbox, due(outbox, now)) == ["zalo"]


def test_a_busy_chat_gets_no_reminder_but_its_reply(outbox: Outbox, now: datetime) -> None:
    queue(outbox, "reminder", now, lane=Lane.REMINDER)
    assert due(outbox, now, busy=["101"]) == []
    queue(outbox, "reply", now)
    assert keys(outbox, due(outbox, now, busy=["101"])) == ["reply"]


@pytest.mark.parametrize(
    ("wait", "leaves"), [(-SECOND, 1), (0 * SECOND, 1), (SECOND, 0)], ids=["after", "at", "before"]
)
def test_nothing_leaves_before_its_time(
    outbox: Outbox, now: datetime, wait: timedelta, leaves: int
) -> None:
    queue(outbox, "later", now, not_before_at=now + wait, lane=Lane.REMINDER)
    assert len(due(outbox, now)) == leaves


@pytest.mark.parametrize("name", LATE)
@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.REMINDER], ids=["reply", "reminder"])
def test_a_late_outcome_changes_nothing_that_was_sent(
    outbox: Outbox, now: datetime, name: str, lane: Lane
) -> None:
    letter = on_the_wire(outbox, now, lane)
    outbox.sent([(letter.id, 7)], now)
    LATE[name](outbox, letter, now)
    assert state(outbox, letter) == "sent"
    assert outbox.message_id(f"wire:{lane}") == 7


@pytest.mark.parametrize("name", LATE)
def test_an_outcome_without_a_sending_changes_nothing(
    outbox: Outbox, now: datetime, name: str
) -> None:
    queue(outbox, "queued", now)
    [letter] = due(outbox, now)
    LATE[name](outbox, letter, now)
    assert outbox.counts() == {"queued": 1}
    assert due(outbox, now) == [letter]


def test_only_what_is_queued_can_be_dropped(outbox: Outbox, now: datetime) -> None:
    letter = on_the_wire(outbox, now)
    outbox.drop(letter.id, "cancelled", "reported")
    assert state(outbox, letter) == "sending"
    outbox.again(letter, now, "busy")
    outbox.drop(letter.id, "cancelled", "reported")
    assert state(outbox, letter) == "cancelled"


def test_only_what_is_queued_can_be_put_on_the_wire(outbox: Outbox, now: datetime) -> None:
    letter = on_the_wire(outbox, now)
    outbox.failed(letter.id, "blocked")
    outbox.sending([letter], now)
    assert state(outbox, letter) == "failed"


def test_after_as_many_tries_as_are_counted_it_has_failed(outbox: Outbox, now: datetime) -> None:
    queue(outbox, "stubborn", now)
    for _ in range(TRIES):
        assert outbox.counts() == {"queued": 1}
        [letter] = due(outbox, now)
        outbox.sending([letter], now)
        outbox.again(letter, now, "500")
    assert outbox.counts() == {"failed": 1}


def test_a_try_that_does_not_count_is_never_the_last(outbox: Outbox, now: datetime) -> None:
    queue(outbox, "flooded", now)
    for _ in range(TRIES + 1):
        [letter] = due(outbox, now)
        outbox.sending([letter], now)
        outbox.again(letter, now, "429", counted=False)
    assert due(outbox, now)[0].attempts == 0


@pytest.mark.parametrize(
    ("lane", "becomes"),
    [(Lane.REPLY, "queued"), (Lane.REMINDER, "unknown"), (Lane.BROADCAST, "unknown")],
    ids=["reply is sent again", "reminder is held", "broadcast is held"],
)
def test_what_may_have_arrived(outbox: Outbox, now: datetime, lane: Lane, becomes: str) -> None:
    letter = on_the_wire(outbox, now, lane)
    outbox.unknown(letter, "time-out", now)
    assert state(outbox, letter) == becomes


def test_after_a_crash_replies_are_resent_and_the_rest_is_unknown(
    outbox: Outbox, now: datetime
) -> None:
    queue(outbox, "reply", now, address="101")
    queue(outbox, "reminder", now, address="102", lane=Lane.REMINDER)
    queue(outbox, "broadcast", now, address="103", lane=Lane.BROADCAST)
    outbox.sending(due(outbox, now), now)
    queue(outbox, "waiting", now, address="104")
    successor = Outbox(outbox.session, fence=2)
    assert successor.recover() == (1, 2)
    assert outbox.counts() == {"queued": 2, "unknown": 2}
    assert successor.recover() == (0, 0)


def test_what_a_sender_has_on_the_wire_itself_is_not_taken_for_left_over(
    outbox: Outbox, now: datetime
) -> None:
    letter = on_the_wire(outbox, now)
    assert outbox.recover() == (0, 0)
    assert state(outbox, letter) == "sending"


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.BROADCAST])
def test_news_of_arrival_comes_in_time_until_a_successor_sends_it_itself(
    outbox: Outbox, now: datetime, lane: Lane
) -> None:
    letter = on_the_wire(outbox, now, lane)
    Outbox(outbox.session, fence=2).recover()
    outbox.sent([(letter.id, 7)], now)
    assert state(outbox, letter) == "sent"


@pytest.mark.parametrize("late", LATE.values(), ids=LATE.keys())
def test_a_former_sender_settles_nothing_that_its_successor_has_on_the_wire(
    outbox: Outbox, now: datetime, late: Move
) -> None:
    letter = on_the_wire(outbox, now)
    successor = Outbox(outbox.session, fence=2)
    successor.recover()
    successor.sending(due(outbox, now), now)
    late(outbox, letter, now)
    assert state(outbox, letter) == "sending"


def test_what_waits_for_a_moved_chat_follows_it(outbox: Outbox, now: datetime) -> None:
    letter = on_the_wire(outbox, now)
    queue(outbox, "second", now)
    queue(outbox, "other", now, address="102")
    outbox.again(letter, now, "moved", counted=False)
    outbox.redirect("101", "-1009", "telegram")
    assert {each.address for each in due(outbox, now)} == {"-1009", "102"}


def test_what_was_sent_before_a_chat_moved_stays_where_it_went(
    outbox: Outbox, now: datetime
) -> None:
    letter = on_the_wire(outbox, now)
    outbox.sent([(letter.id, 7)], now)
    outbox.redirect("101", "-1009", "telegram")
    assert outbox.session.exec(select(col(OutboxRow.address))).all() == ["101"]


def test_the_pause_doubles_up_to_five_minutes() -> None:
    assert [backoff(n) for n in range(3)] == [2 * SECOND, 4 * SECOND, 8 * SECOND]
    assert backoff(20) == BACKOFF_MOST


def test_the_tries_of_a_letter_outlast_ten_minutes() -> None:
    pauses = [backoff(n) for n in range(TRIES - 1)]
    assert sum(pauses, 0 * SECOND) > 600 * SECOND
    assert pauses[-1] == BACKOFF_MOST


def test_a_key_never_queued_has_no_message(outbox: Outbox) -> None:
    assert outbox.message_id("nothing") is None


def test_what_was_taken_back_since_it_was_found_does_not_leave(
    outbox: Outbox, now: datetime
) -> None:
    queue(outbox, "held", now, lane=Lane.BROADCAST)
    queue(outbox, "free", now, address="102", lane=Lane.BROADCAST)
    held, free = found = due(outbox, now)
    outbox.drop(held.id, "held", "stopped")
    assert outbox.sending(found, now) == {free.id}
    assert (state(outbox, held), state(outbox, free)) == ("held", "sending")


def test_a_clock_set_back_lets_no_reply_wait(outbox: Outbox, now: datetime) -> None:
    queue(outbox, "reply", now)
    queue(outbox, "reminder", now, lane=Lane.REMINDER, address="102")
    assert keys(outbox, due(outbox, now - timedelta(hours=1))) == ["reply"]


@pytest.mark.parametrize(("back", "keys_due"), [(0, []), (1, ["wire:0"])])
def test_nor_one_that_is_to_be_tried_again(
    outbox: Outbox, now: datetime, back: int, keys_due: list[str]
) -> None:
    letter = on_the_wire(outbox, now)
    outbox.again(letter, now + SECOND, "Bad Gateway")
    assert keys(outbox, due(outbox, now - timedelta(hours=back))) == keys_due


def test_what_is_marked_as_leaving_and_not_on_the_wire_is_called_back(
    outbox: Outbox, now: datetime
) -> None:
    for address in ("101", "102"):
        queue(outbox, address, now, address=address)
    here, there = due(outbox, now)
    outbox.sending([here, there], now)
    other = Outbox(outbox.session, fence=2)
    assert (other.call_back([]), outbox.call_back([there.id])) == (0, 1)
    assert (state(outbox, here), state(outbox, there)) == ("queued", "sending")
