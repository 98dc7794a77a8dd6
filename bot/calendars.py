"""The working calendar: the `holidays` library under the plan's own table under the operator's."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.metadata import version

import holidays

from plan.calendars import OFFICE_HOURS, OfficeHours, WorkingCalendar
from plan.catalogue import Catalogue
from plan.daysoff import OFF, WORK, Dated
from storage.tables import CalendarDay

YEARS = range(2023, 2032)
"""The plan's years and one more, so that the first working day after them is known."""
SETTLED = 2026
"""The last year of which the pinned library knows what the Government decided; then it guesses."""
SHOWN, KNOWN = "vi", "en_US"
"""In which language days are named, and known here. Left out, it would be that of the machine."""
CULTURE_DAY = "Vietnam Cultural Day"
"""24 November: a day off by a resolution of 2026 that no law had followed when this was written."""
PLAN_FILE = "plan file"


def calendar_for(
    catalogue: Catalogue,
    official: Mapping[date, CalendarDay] | None = None,
    *,
    culture_day: bool = True,
    office_hours: OfficeHours = OFFICE_HOURS,
) -> WorkingCalendar:
    kinds = {each.day: each.kind for each in known(catalogue, official, culture_day=culture_day)}
    return WorkingCalendar(
        days_off=frozenset(day for day, kind in kinds.items() if kind == OFF),
        make_up_days=frozenset(day for day, kind in kinds.items() if kind == WORK),
        office_hours=office_hours,
    )


def known(
    catalogue: Catalogue,
    official: Mapping[date, CalendarDay] | None = None,
    *,
    culture_day: bool = True,
) -> list[Dated]:
    """Each day once, by whoever has the last word about it."""
    official = official or {}
    years = known_years(official)
    found = {each.day: each for each in _library(culture_day=culture_day)}
    found |= {each.day: each for each in _plan(catalogue)}
    guesses = {day: each for day, each in found.items() if day.year not in years}
    found |= {
        day: Dated(day, each.kind, each.name, each.source, estimated=True)
        for day, each in guesses.items()
    }
    found |= {
        day: Dated(day, row.kind, row.name, row.source, row.estimated)
        for day, row in official.items()
    }
    return [found[day] for day in sorted(found)]


def known_years(official: Mapping[date, CalendarDay]) -> frozenset[int]:
    """Of which the days off have been decided: by an operator's table, or long ago."""
    said = {day.year for day, row in official.items() if not row.estimated}
    return frozenset(said | set(range(YEARS.start, SETTLED + 1)))


@cache
def _country(language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=YEARS, language=language)


def _library(*, culture_day: bool) -> Iterator[Dated]:
    source = f"holidays {version('holidays')}"
    country, known_as = _country(SHOWN), _country(KNOWN)
    for day, name in sorted(country.items()):
        if culture_day or CULTURE_DAY not in known_as[day]:
            yield Dated(day, OFF, name, source, estimated=False)
    for day in sorted(country.weekend_workdays):
        yield Dated(day, WORK, "", source, estimated=False)


def _plan(catalogue: Catalogue) -> Iterator[Dated]:
    for kind, days in (
        (OFF, catalogue.calendar_days_off),
        (WORK, catalogue.calendar_make_up_days),
    ):
        for day in sorted(days):
            yield Dated(day, kind, "", PLAN_FILE, estimated=False)
