"""How long Telegram asked to wait, read from the letters that it put off."""

from datetime import datetime, timedelta

import pytest

from storage.outbox import Lane, Outbox
from storage.pauses import paused_for

SLOW_DOWN = "Flood control exceeded\nOriginal description: Too Many Requests: retry after {}"


def put_off(outbox: Outbox, seconds: int, now: datetime, words: str) -> None:
    key = f"letter:{seconds}"
    outbox.add(key, channel="telegram", address=key, kind="x", payload="", lane=Lane.REPLY, now=now)
    [letter] = outbox.due(now, replies=1, bulk=0)
    outbox.sending([letter], now)
    outbox.again(letter, now + timedelta(seconds=seconds), words, counted=False)


@pytest.mark.parametrize(
    ("passed", "left"),
    [(0, 30), (12, 18), (31, 0), (-3600, 30)],
    ids=["none", "some", "all", "back"],
)
def test_the_longest_that_was_asked_for_is_left(
    outbox: Outbox, now: datetime, passed: int, left: int
) -> None:
    for seconds in (7, 30):
        put_off(outbox, seconds, now, SLOW_DOWN.format(seconds))
    put_off(outbox, 300, now, "Bad Gateway")
    later = now + timedelta(seconds=passed)
    assert paused_for(outbox.session, later) == timedelta(seconds=left)


def test_where_telegram_named_no_seconds_the_moment_that_was_set_holds(
    outbox: Outbox, now: datetime
) -> None:
    put_off(outbox, 9, now, "Too Many Requests")
    assert paused_for(outbox.session, now) == timedelta(seconds=9)
    assert not paused_for(outbox.session, now + timedelta(seconds=10))
