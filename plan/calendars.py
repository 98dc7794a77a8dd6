"""Working days and office hours in Ho Chi Minh City. Holidays come in as plain dates."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OfficeHours: TypeAlias = tuple[tuple[time, time], ...]
OFFICE_HOURS: OfficeHours = ((time(7, 30), time(11, 30)), (time(13, 0), time(17, 0)))
MORNING = time(8, 0)
"""When the bot speaks first on a working day."""
_SATURDAY = 5


def local_date(at: datetime) -> date:
    return _local(at).date()


def moment(day: date, clock: time) -> datetime:
    """The instant (UTC) at which the city's clocks show `clock` on `day`."""
    return datetime.combine(day, clock, tzinfo=ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """`make_up_days` are worked although they fall on a weekend or among `days_off`."""

    days_off: frozenset[date] = field(default_factory=frozenset)
    make_up_days: frozenset[date] = field(default_factory=frozenset)
    office_hours: OfficeHours = OFFICE_HOURS

    def is_working_day(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def on_or_before(self, day: date) -> date:
        return self._nearest(day, timedelta(days=-1))

    def on_or_after(self, day: date) -> date:
        return self._nearest(day, timedelta(days=1))

    def shift(self, day: date, working_days: int) -> date:
        """Counted from `day`, which itself never counts; 0 leaves even a Sunday as it is."""
        step = timedelta(days=1 if working_days > 0 else -1)
        for _ in range(abs(working_days)):
            day = self._nearest(day + step, step)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and including `end`; negative when end < start."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))

    def next_office_moment(self, at: datetime) -> datetime:
        """`at` itself inside office hours (closing time is outside), else the next opening."""
        here = _local(at)
        if self.is_working_day(here.date()):
            for opens, closes in self.office_hours:
                if here.time() < opens:
                    return moment(here.date(), opens)
                if here.time() < closes:
                    return at.astimezone(UTC)
        return self.opening(self.on_or_after(here.date() + timedelta(days=1)))

    def open_since(self, at: datetime) -> datetime | None:
        """When the office hours that are running began; None while the office is closed."""
        here = _local(at)
        if self.is_working_day(here.date()):
            for opens, closes in self.office_hours:
                if opens <= here.time() < closes:
                    return moment(here.date(), opens)
        return None

    def opening(self, day: date) -> datetime:
        return moment(day, self.office_hours[0][0])

    def closing(self, day: date) -> datetime:
        return moment(day, self.office_hours[-1][1])

    def _nearest(self, day: date, step: timedelta) -> date:
        while not self.is_working_day(day):
            day += step
        return day


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(ZONE)
