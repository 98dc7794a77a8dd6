"""The working calendar: the `holidays` library under the plan's own table, which wins."""

from functools import cache

import holidays

from plan.calendars import WorkingCalendar
from plan.catalogue import Catalogue

YEARS = range(2023, 2032)
"""The plan's years and one more, so that the first working day after them is known."""


@cache
def calendar_for(catalogue: Catalogue) -> WorkingCalendar:
    known = holidays.country_holidays("VN", years=YEARS)
    return WorkingCalendar(
        days_off=frozenset(known) - catalogue.calendar_make_up_days | catalogue.calendar_days_off,
        make_up_days=catalogue.calendar_make_up_days,
    )
