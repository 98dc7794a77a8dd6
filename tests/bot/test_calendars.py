from datetime import date

import pytest

from bot.calendars import calendar_for
from plan.catalogue import Catalogue
from plan.deadlines import yearly_deadline


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        pytest.param(date(2026, 1, 1), False, id="new year"),
        pytest.param(date(2026, 1, 2), False, id="day off by official swap"),
        pytest.param(date(2026, 1, 10), True, id="Saturday worked instead"),
        pytest.param(date(2026, 1, 17), False, id="any other Saturday"),
        pytest.param(date(2026, 1, 5), True, id="any Monday"),
        pytest.param(date(2025, 1, 29), False, id="lunar new year"),
        pytest.param(date(2026, 11, 24), False, id="Vietnam Cultural Day"),
        pytest.param(date(2024, 11, 4), True, id="last day of the report"),
    ],
)
def test_the_plans_own_table_wins_over_the_library(
    catalogue: Catalogue, day: date, *, worked: bool
) -> None:
    assert calendar_for(catalogue).is_working_day(day) is worked


@pytest.mark.parametrize(
    ("year", "last"),
    [
        (2024, date(2024, 11, 4)),
        (2025, date(2025, 11, 4)),
        (2026, date(2026, 11, 4)),
        (2027, date(2027, 11, 4)),
        (2028, date(2028, 11, 3)),
        (2029, date(2029, 11, 2)),
        (2030, date(2030, 11, 4)),
    ],
)
def test_the_last_working_day_on_time(catalogue: Catalogue, year: int, last: date) -> None:
    deadline = yearly_deadline(year, calendar_for(catalogue), catalogue.reporting)
    assert deadline.last_working_day == last
    assert deadline.last_day == date(year, 11, 4)
