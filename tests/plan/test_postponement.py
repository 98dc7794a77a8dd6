"""A reminder that was asked for: on a working morning, in time, and never in the past."""

from datetime import date, datetime, time

import pytest

from plan.calendars import WorkingCalendar, moment
from plan.catalogue import Catalogue
from plan.deadlines import Deadline, yearly_deadline
from plan.postponement import Moved, agree, offered

CALENDAR = WorkingCalendar(days_off=frozenset({date(2024, 9, 2), date(2024, 9, 3)}))


@pytest.fixture
def deadline(catalogue: Catalogue) -> Deadline:
    """Before Tuesday 5 November 2024: the last working day on time is Monday the 4th."""
    return yearly_deadline(2024, CALENDAR, catalogue.reporting)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return moment(date(2024, month, day), time(hour))


@pytest.mark.parametrize(
    ("now", "named", "agreed", "moved"),
    [
        pytest.param(at(9, 16), (9, 18), (9, 18), Moved.NOT, id="as named"),
        pytest.param(at(9, 16), (9, 16), (9, 17), Moved.PAST, id="this morning is over"),
        pytest.param(at(9, 16, 7), (9, 16), (9, 16), Moved.NOT, id="this morning is to come"),
        pytest.param(at(9, 16), (9, 1), (9, 17), Moved.PAST, id="long ago"),
        pytest.param(at(9, 20), (9, 21), (9, 23), Moved.DAY_OFF, id="Saturday"),
        pytest.param(at(8, 30), (9, 1), (9, 4), Moved.DAY_OFF, id="holidays"),
        pytest.param(at(9, 16), (11, 1), (11, 1), Moved.NOT, id="the last one possible"),
        pytest.param(at(9, 16), (11, 2), (11, 1), Moved.DEADLINE, id="weekend before the end"),
        pytest.param(at(9, 16), (11, 4), (11, 1), Moved.DEADLINE, id="the last day on time"),
        pytest.param(at(9, 16), (12, 1), (11, 1), Moved.DEADLINE, id="after the deadline"),
        pytest.param(at(11, 1), (11, 20), (11, 4), Moved.DEADLINE, id="no earlier one is left"),
        pytest.param(at(11, 6), (11, 8), (11, 8), Moved.NOT, id="late already"),
        pytest.param(at(11, 6), (11, 20), (11, 11), Moved.LATE, id="late, three working days"),
        pytest.param(at(11, 8), (11, 9), (11, 11), Moved.DAY_OFF, id="late, over a weekend"),
    ],
)
def test_a_day_that_fits_is_found(
    deadline: Deadline,
    now: datetime,
    named: tuple[int, int],
    agreed: tuple[int, int],
    moved: Moved,
) -> None:
    found = agree(date(2024, *named), now, deadline, CALENDAR)
    assert (found.on, found.moved) == (date(2024, *agreed), moved)
    assert found.at == moment(date(2024, *agreed), time(8))


@pytest.mark.parametrize(
    ("now", "days"),
    [
        pytest.param(at(9, 17), [(9, 18), (9, 20), (9, 23)], id="Tuesday"),
        pytest.param(at(9, 20), [(9, 23)], id="Friday: all three are Monday"),
        pytest.param(at(10, 31), [(11, 1)], id="at the very end"),
        pytest.param(at(11, 12), [(11, 13), (11, 15)], id="late"),
    ],
)
def test_the_days_offered_are_days_that_fit(
    deadline: Deadline, now: datetime, days: list[tuple[int, int]]
) -> None:
    assert offered(now, deadline, CALENDAR) == [date(2024, *day) for day in days]
