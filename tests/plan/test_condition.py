from datetime import UTC, datetime, timedelta

import pytest

from plan.calendars import WorkingCalendar
from plan.condition import BACKUP, Condition, age, held_up, worst

HOUR = timedelta(hours=1)
CALENDAR = WorkingCalendar()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Of September 2024 in Ho Chi Minh City; the 16th is a Monday."""
    return datetime(2024, 9, day, hour, minute, tzinfo=UTC) - 7 * HOUR


@pytest.mark.parametrize(
    ("old", "condition"),
    [
        (timedelta(0), Condition.GOOD),
        (26 * HOUR, Condition.GOOD),
        (26 * HOUR + timedelta(seconds=1), Condition.LOOK),
        (72 * HOUR, Condition.LOOK),
        (73 * HOUR, Condition.BROKEN),
        (None, Condition.BROKEN),
    ],
)
def test_a_backup_is_judged_by_its_age(old: timedelta | None, condition: Condition) -> None:
    assert BACKUP.judge(old) is condition


@pytest.mark.parametrize(
    ("since", "old"),
    [
        (None, None),
        (at(16, 9), HOUR),
        (at(16, 10, 1), timedelta(0)),
        (at(16, 10, 2), None),
        (at(17, 9), None),
    ],
    ids=["never", "an hour ago", "clocks differ", "ahead", "tomorrow"],
)
def test_what_is_yet_to_come_has_no_age(since: datetime | None, old: timedelta | None) -> None:
    assert age(since, at(16, 10)) == old


@pytest.mark.parametrize(
    ("oldest_at", "now", "held"),
    [
        (at(16, 9), at(16, 10), HOUR),
        (at(16, 6), at(16, 8), HOUR / 2),
        (at(13, 16, 59), at(16, 7, 30), timedelta(0)),
        (at(16, 11), at(16, 13, 15), HOUR / 4),
        (at(16, 16), at(16, 22), timedelta(0)),
        (at(16, 9), at(15, 9), timedelta(0)),
    ],
    ids=["today", "since dawn", "over the weekend", "over noon", "at night", "on Sunday"],
)
def test_letters_are_held_up_in_office_hours_only(
    oldest_at: datetime, now: datetime, held: timedelta
) -> None:
    assert held_up(oldest_at, CALENDAR, now) == held


def test_a_clock_that_was_set_back_holds_nothing_up() -> None:
    assert held_up(at(16, 10), CALENDAR, at(16, 9)) == timedelta(0)


def test_the_worst_counts() -> None:
    assert worst([Condition.LOOK, Condition.BROKEN, Condition.GOOD]) is Condition.BROKEN
    assert worst([]) is Condition.GOOD
