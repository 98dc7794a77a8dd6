from datetime import UTC, date, datetime, timedelta

import pytest

from plan.calendars import WorkingCalendar
from plan.deadlines import Deadline, yearly_deadline
from plan.loading import load

CALENDAR = WorkingCalendar()


def deadline_of(year: int, calendar: WorkingCalendar = CALENDAR) -> Deadline:
    return yearly_deadline(year, calendar, load().reporting)


@pytest.mark.parametrize(
    ("year", "last_working_day"),
    [
        pytest.param(2026, date(2026, 11, 4), id="2026-wednesday"),
        pytest.param(2027, date(2027, 11, 4), id="2027-thursday"),
        pytest.param(2028, date(2028, 11, 3), id="2028-friday"),
        pytest.param(2029, date(2029, 11, 2), id="2029-friday"),
        pytest.param(2030, date(2030, 11, 4), id="2030-monday"),
    ],
)
def test_aims_at_the_last_working_day(year: int, last_working_day: date) -> None:
    deadline = deadline_of(year)
    assert deadline.last_working_day == last_working_day
    assert deadline.last_day == date(year, 11, 4)
    assert deadline.before == date(year, 11, 5)


def test_aims_earlier_when_the_last_day_is_off() -> None:
    calendar = WorkingCalendar(days_off=frozenset({date(2026, 11, 4)}))
    assert deadline_of(2026, calendar).last_working_day == date(2026, 11, 3)


def test_ends_with_the_last_second_of_the_4th_in_the_city() -> None:
    assert deadline_of(2026).last_moment == datetime(2026, 11, 4, 16, 59, 59, tzinfo=UTC)


def test_is_late_from_midnight() -> None:
    deadline = deadline_of(2026)
    assert not deadline.passed(deadline.last_moment)
    assert not deadline.passed(deadline.last_moment + timedelta(milliseconds=999))
    assert deadline.passed(deadline.last_moment + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("on", "left"),
    [
        pytest.param(date(2026, 10, 30), 3, id="friday-before"),
        pytest.param(date(2026, 11, 3), 1, id="eve"),
        pytest.param(date(2026, 11, 4), 0, id="last-day"),
        pytest.param(date(2026, 11, 20), 0, id="long-after"),
    ],
)
def test_counts_the_working_days_left(on: date, left: int) -> None:
    assert deadline_of(2026).working_days_left(on, CALENDAR) == left


def test_words_it_as_the_plan_does() -> None:
    assert deadline_of(2026).wording == "trước ngày 05 tháng 11"
