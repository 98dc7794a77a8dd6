"""The yearly report is due *before* 5 November: 4 November is the last day on time."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from plan.calendars import WorkingCalendar, local_date, moment
from plan.items import MonthDay, ReportingRule

CUT_OFF: MonthDay = (10, 31)
"""Figures of a year are counted up to 31 October, the last month's end before the deadline."""


class Weekend(StrEnum):
    """What is done about a last day that nobody works on."""

    EARLIER = "earlier"
    """The deadline stays; reminders aim at the last working day before it."""
    NEXT = "next"
    """The next working day is still on time (article 148 of the Civil Code)."""
    NONE = "none"
    """The deadline stays, and reminders count from it all the same."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the standing agency settles about the deadline that the plan names."""

    weekend: Weekend = Weekend.EARLIER
    internal: MonthDay | None = None
    """An earlier day by which it asks for the reports; nobody is late after it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Late begins with the first instant of `before`; reminders count from `aim`."""

    year: int
    before: date
    last_day: date
    last_moment: datetime
    last_working_day: date
    aim: date
    wording: str
    cut_off: date
    internal: date | None = None
    extended: bool = False

    def passed(self, at: datetime) -> bool:
        return local_date(at) >= self.before

    def working_days_left(self, on: date, calendar: WorkingCalendar) -> int:
        """Working days after `on` that are still on time; 0 on the last one and ever after."""
        return max(0, calendar.working_days_between(on, self.last_day))


def yearly_deadline(
    year: int, calendar: WorkingCalendar, rule: ReportingRule, terms: Terms | None = None
) -> Deadline:
    """Computed from year, month and day each time: no year depends on the one before."""
    terms = terms or Terms()
    last_day = date(year, rule.month, rule.day) - timedelta(days=1)
    if terms.weekend is Weekend.NEXT:
        last_day = calendar.on_or_after(last_day)
    until = _until(last_day, calendar)
    deadline = Deadline(
        year=year,
        before=until.before,
        last_day=last_day,
        last_moment=until.last_moment,
        last_working_day=until.last_working_day,
        aim=last_day if terms.weekend is Weekend.NONE else until.last_working_day,
        wording=rule.wording,
        cut_off=date(year, *CUT_OFF),
    )
    internal = date(year, *terms.internal) if terms.internal else None
    return replace(deadline, internal=internal if internal and internal < last_day else None)


def extended(deadline: Deadline, until_on: date, calendar: WorkingCalendar) -> Deadline:
    """The same duty, for one agency, until the end of `until_on`."""
    until = _until(until_on, calendar)
    return replace(
        deadline,
        before=until.before,
        last_day=until_on,
        last_moment=until.last_moment,
        last_working_day=until.last_working_day,
        aim=until.last_working_day,
        internal=None,
        extended=True,
    )


@dataclass(frozen=True, slots=True)
class _Until:
    before: date
    last_moment: datetime
    last_working_day: date


def _until(last_day: date, calendar: WorkingCalendar) -> _Until:
    before = last_day + timedelta(days=1)
    return _Until(
        before=before,
        last_moment=(moment(before, time()) - timedelta(seconds=1)).astimezone(UTC),
        last_working_day=calendar.on_or_before(last_day),
    )
