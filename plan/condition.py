"""Whether the bot is well: for how long each thing may stand still before somebody must look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from plan.calendars import WorkingCalendar


class Condition(IntEnum):
    GOOD = 0
    LOOK = 1
    """People hardly notice, and will if nobody looks."""
    BROKEN = 2
    """People notice, or what they said is in danger."""


@dataclass(frozen=True, slots=True)
class Limits:
    look_after: timedelta
    broken_after: timedelta

    def judge(self, age: timedelta | None) -> Condition:
        """None is the age of what never was."""
        if age is None or age > self.broken_after:
            return Condition.BROKEN
        return Condition.LOOK if age > self.look_after else Condition.GOOD


SILENCE = Limits(timedelta(minutes=2), timedelta(minutes=10))
TICKING = Limits(timedelta(minutes=1), timedelta(minutes=5))
REPLIES = Limits(timedelta(minutes=2), timedelta(minutes=10))
BULK = Limits(timedelta(minutes=30), timedelta(hours=2))
UPDATES = Limits(timedelta(minutes=1), timedelta(minutes=10))
BACKUP = Limits(timedelta(hours=26), timedelta(days=3))
AHEAD_MOST = timedelta(minutes=1)
"""Clocks of several machines differ, and are corrected by so much without a word."""
REMEMBERED = timedelta(days=7)
"""For how long a reminder that came too late, or a refused token, is still shown."""
DAYS_OFF_LEAST = 10
"""Of a year: article 112 of the Labour Code gives eleven, and some fall on weekends."""


def age(at: datetime | None, now: datetime) -> timedelta | None:
    """None for what never was, and for what is yet to come: then a clock was wrong that dated it,
    and nobody knows when that was.
    """
    if at is None or at > now + AHEAD_MOST:
        return None
    return max(now - at, timedelta(0))


def held_up(oldest_at: datetime, calendar: WorkingCalendar, now: datetime) -> timedelta:
    """For how long letters that leave in office hours only could have left since the opening."""
    opened_at = calendar.open_since(now)
    return max(now - max(oldest_at, opened_at), timedelta(0)) if opened_at else timedelta(0)


def worst(conditions: Iterable[Condition]) -> Condition:
    return max(conditions, default=Condition.GOOD)
