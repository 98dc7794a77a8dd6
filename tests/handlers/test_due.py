"""The deadline in words, on every kind of day around it."""

from datetime import date, datetime, time

import pytest

from handlers.due import deadline_told
from handlers.language import words_for
from plan.calendars import WorkingCalendar, moment
from plan.catalogue import Catalogue
from plan.deadlines import yearly_deadline

CALENDAR = WorkingCalendar()
LAST_DAY = "Hạn nộp: trước 05/11/2028 (hết thứ Bảy, 04/11/2028"


def at(day: date) -> datetime:
    return moment(day, time(9))


@pytest.mark.parametrize(
    ("today", "rest"),
    [
        (date(2028, 11, 1), ", còn 2 ngày làm việc)."),
        (date(2028, 11, 3), "). Hôm nay là ngày làm việc cuối cùng trước khi hết hạn."),
        (date(2028, 11, 4), "); từ nay đến hạn không còn ngày làm việc."),
        (date(2028, 11, 5), "), nay đã quá hạn."),
    ],
    ids=["before", "last working day", "weekend", "after"],
)
def test_the_deadline_bears_its_weekday_and_what_is_left(
    catalogue: Catalogue, today: date, rest: str
) -> None:
    deadline = yearly_deadline(2028, CALENDAR, catalogue.reporting)
    assert deadline_told(words_for("vi"), deadline, CALENDAR, at(today)) == LAST_DAY + rest
