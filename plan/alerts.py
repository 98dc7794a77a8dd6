"""When administrators are told of trouble without having asked."""

from datetime import datetime, timedelta

from plan.calendars import WorkingCalendar, local_date

HOUR = timedelta(hours=1)
JUMP = 5
"""Letters whose fate became unknown within an hour: one is chance, five have a cause."""


def digest_due(told_at: datetime | None, calendar: WorkingCalendar, now: datetime) -> bool:
    """Once a working day, when the office opens; later that day where the bot was down then."""
    if calendar.open_since(now) is None:
        return False
    return told_at is None or told_at < calendar.opening(local_date(now))


def digest_since(told_at: datetime | None, calendar: WorkingCalendar, now: datetime) -> datetime:
    """Where the digest takes up: at the one before; the first one, a working day back."""
    return told_at or calendar.opening(calendar.shift(local_date(now), -1))


def jump_since(told_at: datetime | None, now: datetime) -> datetime | None:
    """Since when letters are counted; None while the last alert is less than an hour ago."""
    if told_at is not None and now - told_at < HOUR:
        return None
    return now - HOUR


def hour_of(now: datetime) -> str:
    """What names an alert that comes once in each hour of the clock, whoever raises it."""
    return now.strftime("%Y-%m-%dT%HZ")
