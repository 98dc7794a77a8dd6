from datetime import UTC, date, datetime

import pytest

from plan.calendars import WorkingCalendar, local_date

# Tết 2026 (five days off), and the swap of 2 January with Saturday 10 January.
TET = frozenset(date(2026, 2, day) for day in range(16, 21))
CALENDAR = WorkingCalendar(
    days_off=TET | {date(2026, 1, 2)}, make_up_days=frozenset({date(2026, 1, 10)})
)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """November 2026 in UTC; the city is seven hours ahead. The 4th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 11, 4), id="wednesday"),
        pytest.param(date(2026, 1, 10), id="made-up-saturday"),
    ],
)
def test_knows_working_days(day: date) -> None:
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 11, 7), id="saturday"),
        pytest.param(date(2026, 11, 8), id="sunday"),
        pytest.param(date(2026, 2, 16), id="tet"),
        pytest.param(date(2026, 1, 2), id="swapped-friday"),
    ],
)
def test_knows_days_off(day: date) -> None:
    assert not CALENDAR.is_working_day(day)


def test_finds_the_nearest_working_day() -> None:
    assert CALENDAR.on_or_before(date(2026, 2, 22)) == date(2026, 2, 13)
    assert CALENDAR.on_or_after(date(2026, 2, 14)) == date(2026, 2, 23)
    assert CALENDAR.on_or_before(date(2026, 2, 13)) == date(2026, 2, 13)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param(date(2026, 2, 13), 1, date(2026, 2, 23), id="over-tet"),
        pytest.param(date(2026, 2, 23), -1, date(2026, 2, 13), id="back-over-tet"),
        pytest.param(date(2026, 1, 9), 1, date(2026, 1, 10), id="to-a-made-up-day"),
        pytest.param(date(2026, 11, 8), 0, date(2026, 11, 8), id="nowhere-even-on-sunday"),
        pytest.param(date(2026, 11, 8), 1, date(2026, 11, 9), id="from-sunday"),
        pytest.param(date(2026, 11, 4), -30, date(2026, 9, 23), id="thirty-back"),
    ],
)
def test_shifts_by_working_days(start: date, days: int, end: date) -> None:
    assert CALENDAR.shift(start, days) == end


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        pytest.param(date(2026, 11, 4), date(2026, 11, 4), 0, id="same-day"),
        pytest.param(date(2026, 11, 3), date(2026, 11, 4), 1, id="the-end-counts"),
        pytest.param(date(2026, 11, 6), date(2026, 11, 8), 0, id="weekend"),
        pytest.param(date(2026, 2, 13), date(2026, 2, 23), 1, id="tet"),
        pytest.param(date(2026, 11, 4), date(2026, 11, 3), -1, id="backwards"),
    ],
)
def test_counts_working_days(start: date, end: date, days: int) -> None:
    assert CALENDAR.working_days_between(start, end) == days


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(at(4, 0, 29, 59), at(4, 0, 30), id="before-opening"),
        pytest.param(at(4, 0, 30), at(4, 0, 30), id="at-opening"),
        pytest.param(at(4, 4, 29, 59), at(4, 4, 29, 59), id="before-noon"),
        pytest.param(at(4, 4, 30), at(4, 6), id="lunch"),
        pytest.param(at(4, 9, 59, 59), at(4, 9, 59, 59), id="before-closing"),
        pytest.param(at(4, 10), at(5, 0, 30), id="at-closing"),
        pytest.param(at(6, 10), at(9, 0, 30), id="friday-evening"),
        pytest.param(at(8, 17), at(9, 0, 30), id="already-monday-in-the-city"),
    ],
)
def test_waits_for_office_hours(asked: datetime, answer: datetime) -> None:
    assert CALENDAR.next_office_moment(asked) == answer


def test_dates_an_instant_by_the_city() -> None:
    assert local_date(at(4, 16, 59, 59)) == date(2026, 11, 4)
    assert local_date(at(4, 17)) == date(2026, 11, 5)


def test_refuses_an_instant_without_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        local_date(at(4, 16).replace(tzinfo=None))
