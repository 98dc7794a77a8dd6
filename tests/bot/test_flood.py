"""One person's haste costs nobody else anything, and an outage is nobody's haste."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from bot.flood import BURST, Flood, Recent

NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)
NUMBERS = count(1)


def message(who: int, at: datetime = NOW, kind: str = "message", **more: Any) -> dict[str, Any]:
    said = {"from": {"id": who}, "date": int(at.timestamp()), "text": "12/15", **more}
    return {"update_id": next(NUMBERS), kind: said}


def press(who: int) -> dict[str, Any]:
    return {"update_id": next(NUMBERS), "callback_query": {"id": "1", "from": {"id": who}}}


def test_ten_thousand_of_one_person_leave_the_others_theirs() -> None:
    updates = []
    for n in range(10_000):
        updates.append(message(666))
        if n % 500 == 0:
            updates.append(message(n + 1_000))
    kept, dropped = Flood().admit(updates, NOW)
    assert dropped == {"666": 10_000 - BURST}
    honest = [raw for raw in updates if raw["message"]["from"]["id"] != 666]
    assert [raw for raw in kept if raw["message"]["from"]["id"] != 666] == honest
    assert len(kept) == len(honest) + BURST


def test_what_waited_during_an_outage_is_kept() -> None:
    answers = [message(101, NOW - timedelta(hours=1) + timedelta(seconds=n)) for n in range(100)]
    assert Flood().admit(answers, NOW) == (answers, {})


def test_twenty_at_once_are_kept_even_of_one_second() -> None:
    answers = [message(101) for _ in range(20)]
    assert Flood().admit(answers, NOW) == (answers, {})


def test_three_a_second_may_go_on_for_ever() -> None:
    flood = Flood()
    for second in range(300):
        now = NOW + timedelta(seconds=second)
        assert flood.admit([message(101, now) for _ in range(3)], now)[1] == {}


def test_presses_count_by_arrival() -> None:
    flood = Flood()
    assert flood.admit([press(101) for _ in range(31)], NOW)[1] == {"101": 1}
    assert flood.admit([press(101) for _ in range(4)], NOW + timedelta(seconds=1))[1] == {"101": 1}


def test_presses_leave_the_pace_of_older_messages_alone() -> None:
    flood = Flood()
    flood.admit([press(101) for _ in range(40)], NOW)
    answers = [message(101, NOW - timedelta(minutes=n)) for n in range(30, 0, -1)]
    assert flood.admit(answers, NOW) == (answers, {})


def test_edits_count_by_when_they_were_made() -> None:
    now = int(NOW.timestamp())
    edits = [
        message(101, NOW - timedelta(hours=n), "edited_message", edit_date=now) for n in range(31)
    ]
    assert Flood().admit(edits, NOW)[1] == {"101": 1}


def test_what_could_not_be_stored_comes_again_for_nothing() -> None:
    flood, batch = Flood(), [message(101) for _ in range(25)]
    for _ in range(10):
        assert flood.admit(batch, NOW) == (batch, {})
    assert flood.dropped == 0


def test_what_was_refused_once_is_refused_again_and_counted_once() -> None:
    flood, batch = Flood(), [message(101) for _ in range(40)]
    first, _ = flood.admit(batch, NOW)
    again = flood.admit(batch, NOW + timedelta(minutes=1))
    assert again == (first, {})
    assert flood.dropped == 10


def test_a_person_is_told_once_a_minute() -> None:
    flood = Flood()
    flood.admit([message(101) for _ in range(35)], NOW)
    assert flood.to_tell(NOW)["101"].count == 5
    flood.admit([message(101) for _ in range(7)], NOW)
    assert flood.to_tell(NOW + timedelta(seconds=59)) == {}
    told = flood.to_tell(NOW + timedelta(seconds=60))["101"]
    assert (told.count, told.first_at, told.last_at) == (7, NOW, NOW)
    assert flood.to_tell(NOW + timedelta(hours=1)) == {}


def test_memory_is_bounded() -> None:
    recent: Recent[int, int] = Recent(3)
    for n in range(9):
        recent.remember(n, n)
    assert list(recent) == [6, 7, 8]


@pytest.mark.parametrize("event", [None, 7, [], {"date": "now"}, {"date": 10**400}, {"from": 1}])
def test_an_update_of_any_shape_is_judged(event: object) -> None:
    odd = {"update_id": next(NUMBERS), "message": event}
    assert Flood().admit([odd, {}], NOW) == ([odd, {}], {})
