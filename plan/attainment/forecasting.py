"""A forecast, never a figure: where 2030 would end if things went on as they did last year."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from plan.attainment import growths
from plan.attainment.arithmetic import yearly
from plan.attainment.judging import LAST
from plan.attainment.measures import Growth, by_agency
from plan.attainment.reported import Reported, of_year
from plan.catalogue import Indicator, Unit

ALL = 100


@dataclass(frozen=True, slots=True)
class Forecast:
    """`percent` is where 2030 would end, a share or a mean growth, at the pace between two years.

    `agencies` are those the pace was taken from: they counted in both years.
    """

    percent: Fraction
    reaches: bool
    pace: Fraction
    """Points of a share a year, or percent of growth."""
    from_year: int
    to_year: int
    agencies: int


@dataclass(frozen=True, slots=True)
class Mover:
    """How many points of the city's figure lie with one agency."""

    agency_id: str
    points: Fraction


def forecast(
    indicator: Indicator, year: int, figures: Sequence[Reported], base: int
) -> Forecast | None:
    """None without a pace to go by, for what has ended, and from 2030 on. Provisional figures
    count. Growth is averaged from the year `base`.
    """
    if indicator.ends_on or year >= LAST:
        return None
    if indicator.unit is Unit.SHARE:
        return _of_share(indicator, year, figures)
    return _of_growth(indicator, year, figures, base)


def _of_share(indicator: Indicator, year: int, figures: Sequence[Reported]) -> Forecast | None:
    """From the nearest earlier year that has an agency in common with this one."""
    now = _counted(figures, year)
    years = sorted({figure.year for figure in figures if figure.year < year}, reverse=True)
    for first in years:
        before = _counted(figures, first)
        if both := now.keys() & before.keys():
            break
    else:
        return None
    change = _share([now[name] for name in both]) - _share([before[name] for name in both])
    pace = change / (year - first)
    lands = _share(list(now.values())) + pace * (LAST - year)
    percent = min(Fraction(ALL), max(Fraction(0), lands))
    reaches = indicator.target_2030.met(percent)
    return Forecast(percent, reaches, pace, first, year, len(both))


def _counted(figures: Sequence[Reported], year: int) -> dict[str, tuple[int, int]]:
    return {
        name: (each.numerator or 0, each.denominator)
        for name, each in of_year(figures, year).items()
        if each.denominator
    }


def _share(pairs: Sequence[tuple[int, int]]) -> Fraction:
    return Fraction(100 * sum(met for met, _ in pairs), sum(total for _, total in pairs))


def _of_growth(
    indicator: Indicator, year: int, figures: Sequence[Reported], base: int
) -> Forecast | None:
    """What has grown since the base year, and then each year as in the last one."""
    histories = by_agency(figures)
    last = growths.compared(histories, year - 1, year).growth
    if last is None:
        return None
    factor = Fraction(last.later, last.earlier)
    whole, years = factor, 1
    if year > base:
        since = growths.compared(histories, base, year).growth
        if since is None:
            return None
        whole, years = Fraction(since.later, since.earlier) * factor ** (LAST - year), LAST - base
    percent = yearly(whole, years)
    reaches = indicator.target_2030.met(percent)
    agencies = len(last.sources) // 2
    return Forecast(percent, reaches, last.percent, last.from_year, last.to_year, agencies)


def movers(year: int, figures: Sequence[Reported]) -> list[Mover]:
    """The agencies of a share by the points that the city would gain if they met all of theirs."""
    counted = _counted(figures, year)
    total = sum(denominator for _, denominator in counted.values())
    found = [
        Mover(name, Fraction(100 * (denominator - met), total))
        for name, (met, denominator) in counted.items()
        if met < denominator
    ]
    return _ordered(found)


def movers_of(growth: Growth) -> list[Mover]:
    """The agencies of a growth by the points that they added to it, or took from it, in all."""
    pairs = zip(growth.sources[::2], growth.sources[1::2], strict=True)
    found = [
        Mover(later.agency_id, Fraction(100 * (later.visits or 0) - 100 * (then.visits or 0)))
        for then, later in pairs
    ]
    return _ordered([Mover(each.agency_id, each.points / growth.earlier) for each in found])


def _ordered(found: list[Mover]) -> list[Mover]:
    return sorted(found, key=lambda mover: (-abs(mover.points), mover.agency_id))
