from datetime import UTC, date, datetime, timedelta

import pytest

from plan.alerts import digest_due, digest_since, hour_of, jump_since
from plan.calendars import WorkingCalendar

HOUR = timedelta(hours=1)
CALENDAR = WorkingCalendar(days_off=frozenset({date(2024, 9, 17)}))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Of September 2024 in Ho Chi Minh City; the 16th is a Monday, the 17th a day off."""
    return datetime(2024, 9, day, hour, minute, tzinfo=UTC) - 7 * HOUR


@pytest.mark.parametrize(
    ("told_at", "now", "due"),
    [
        (at(13, 7, 30), at(16, 7, 29), False),
        (at(13, 7, 30), at(16, 7, 30), True),
        (at(16, 7, 30), at(16, 7, 31), False),
        (at(13, 7, 30), at(16, 15), True),
        (at(13, 7, 30), at(16, 12), False),
        (at(13, 7, 30), at(16, 20), False),
        (at(16, 7, 30), at(17, 9), False),
        (at(13, 7, 30), at(15, 9), False),
        (None, at(16, 9), True),
    ],
    ids=[
        "before the opening",
        "at the opening",
        "told this morning",
        "down in the morning",
        "at noon",
        "in the evening",
        "on a day off",
        "on Sunday",
        "never told",
    ],
)
def test_the_digest_comes_once_a_working_day(
    told_at: datetime | None, now: datetime, *, due: bool
) -> None:
    assert digest_due(told_at, CALENDAR, now) is due


def test_the_digest_takes_up_where_the_one_before_ended() -> None:
    assert digest_since(at(13, 7, 31), CALENDAR, at(16, 7, 30)) == at(13, 7, 31)
    assert digest_since(None, CALENDAR, at(18, 7, 30)) == at(16, 7, 30)


def test_a_jump_is_told_once_an_hour() -> None:
    assert jump_since(None, at(16, 9)) == at(16, 8)
    assert jump_since(at(16, 8, 1), at(16, 9)) is None
    assert jump_since(at(16, 8), at(16, 9)) == at(16, 8)


def test_an_hour_has_one_name() -> None:
    assert hour_of(at(16, 9)) == hour_of(at(16, 9, 59)) == "2024-09-16T02Z"
    assert hour_of(at(16, 10)) == "2024-09-16T03Z"
