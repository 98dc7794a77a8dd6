"""When somebody who asked to be reminded later can be reminded: which morning, and why that one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from plan.calendars import MORNING, WorkingCalendar, local_date, moment
from plan.deadlines import Deadline

LATE_DAYS = 3
"""Working days at most, once the deadline has passed."""


class Moved(StrEnum):
    """Why it is not the day that was named."""

    NOT = ""
    PAST = "past"
    DAY_OFF = "day_off"
    DEADLINE = "deadline"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Agreed:
    on: date
    moved: Moved = Moved.NOT

    @property
    def at(self) -> datetime:
        return moment(self.on, MORNING)


def agree(on: date, now: datetime, deadline: Deadline, calendar: WorkingCalendar) -> Agreed:
    """The morning of a working day still to come, a working day before the last one on time.

    Where no such morning is left, it is the next one; after the deadline one of the next few.
    """
    first = _next_morning(now, calendar)
    late = deadline.passed(now)
    if late:
        last = calendar.shift(local_date(now), LATE_DAYS)
    else:
        last = max(first, calendar.shift(deadline.last_working_day, -1))
    day = calendar.on_or_after(on)
    if day < first:
        return Agreed(first, Moved.PAST)
    if day > last:
        return Agreed(last, Moved.LATE if late else Moved.DEADLINE)
    return Agreed(day, Moved.NOT if day == on else Moved.DAY_OFF)


def offered(now: datetime, deadline: Deadline, calendar: WorkingCalendar) -> list[date]:
    """The next working day, in three days and next Monday, or the working days after them."""
    today = local_date(now)
    wanted = [today, today + timedelta(days=3), today + timedelta(days=7 - today.weekday())]
    return sorted({agree(on, now, deadline, calendar).on for on in wanted})


def _next_morning(now: datetime, calendar: WorkingCalendar) -> date:
    day = calendar.on_or_after(local_date(now))
    return day if moment(day, MORNING) > now else calendar.shift(day, 1)
