"""The yearly report is due *before* 5 November: 4 November is the last day on time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from plan.calendars import WorkingCalendar, local_date, moment
from plan.catalogue import ReportingRule


@dataclass(frozen=True, slots=True)
class Deadline:
    """Late begins with the first instant of `before`; reminders aim at `last_working_day`."""

    year: int
    before: date
    last_day: date
    last_moment: datetime
    last_working_day: date
    wording: str

    def passed(self, at: datetime) -> bool:
        return local_date(at) >= self.before

    def working_days_left(self, on: date, calendar: WorkingCalendar) -> int:
        """Working days after `on` that are still on time; 0 on the last one and ever after."""
        return max(0, calendar.working_days_between(on, self.last_day))


def yearly_deadline(year: int, calendar: WorkingCalendar, rule: ReportingRule) -> Deadline:
    before = date(year, rule.month, rule.day)
    last_day = before - timedelta(days=1)
    return Deadline(
        year=year,
        before=before,
        last_day=last_day,
        last_moment=(moment(before, time()) - timedelta(seconds=1)).astimezone(UTC),
        last_working_day=calendar.on_or_before(last_day),
        wording=rule.wording,
    )
