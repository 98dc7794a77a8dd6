"""What is kept for how long, and by when a request is carried out."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta

import pytest

from plan import retention
from plan.calendars import WorkingCalendar, local_date
from plan.retention import Period

NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)
"""09:00 on a Monday in Ho Chi Minh City."""
MOMENT = timedelta(microseconds=1)
PERIODS = {name: each for name, each in vars(retention).items() if isinstance(each, Period)}


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS.keys())
@pytest.mark.parametrize(
    ("beyond", "over"),
    [(-MOMENT, False), (timedelta(), False), (MOMENT, True)],
    ids=["before", "at", "after"],
)
def test_a_period_is_over_once_it_has_passed(
    period: Period, beyond: timedelta, *, over: bool
) -> None:
    since = NOW - period.length - beyond
    assert period.is_over(since, NOW) is over
    assert (since < period.cutoff(NOW)) is over


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS.keys())
def test_each_says_what_it_rests_on_and_cannot_be_changed(period: Period) -> None:
    assert ":" in period.source
    with pytest.raises(FrozenInstanceError):
        period.length = timedelta()  # type: ignore[misc] # what is refused here


def closing(day: date) -> datetime:
    return WorkingCalendar().closing(day)


@pytest.mark.parametrize(
    ("asked_at", "done_on"),
    [
        (NOW, date(2024, 9, 18)),
        (datetime(2024, 9, 19, 2, tzinfo=UTC), date(2024, 9, 23)),
        (datetime(2024, 9, 21, 2, tzinfo=UTC), date(2024, 9, 24)),
        # 23:59 on Monday and 00:01 on Tuesday, there.
        (datetime(2024, 9, 16, 16, 59, tzinfo=UTC), date(2024, 9, 18)),
        (datetime(2024, 9, 16, 17, 1, tzinfo=UTC), date(2024, 9, 19)),
    ],
    ids=["Monday", "Thursday", "Saturday", "late at night", "after midnight"],
)
def test_a_request_is_carried_out_on_the_second_working_day(
    asked_at: datetime, done_on: date
) -> None:
    assert retention.erased_at(asked_at, WorkingCalendar()) == closing(done_on)


def test_holidays_put_it_off_but_not_beyond_the_law() -> None:
    today = local_date(NOW)
    tet = frozenset(today + timedelta(days=n) for n in range(1, 10))
    assert retention.erased_at(NOW, WorkingCalendar(tet)) == closing(date(2024, 9, 27))
    endless = frozenset(today + timedelta(days=n) for n in range(1, 40))
    assert retention.erased_at(NOW, WorkingCalendar(endless)) == NOW + timedelta(days=15)
