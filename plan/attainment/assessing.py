"""Where an indicator stands in a year: against 2025 and against 2030, each on its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from plan.attainment import growths, needed, shares
from plan.attainment.forecasting import Forecast, forecast
from plan.attainment.growths import Compared
from plan.attainment.judging import (
    FIRST,
    LAST,
    Coverage,
    Formula,
    Goal,
    Judgement,
    Standing,
    Why,
    goal,
    judge_in,
)
from plan.attainment.measures import Measure, by_agency
from plan.attainment.readings import (
    NOTHING,
    Reading,
    coverage,
    of_growth,
    of_share,
    unanswered,
)
from plan.attainment.reported import Holders, Reported
from plan.catalogue import Indicator, Unit

BASES: Mapping[int, int] = {FIRST: 2022, LAST: 2025}
"""The year of a target → the year that its mean growth is counted from (domain A9)."""


def base_year(year: int) -> int:
    """What the mean growth of a year is counted from: 2022 to 2025, and 2025 after it."""
    return BASES[FIRST] if year <= FIRST else BASES[LAST]


@dataclass(frozen=True, slots=True)
class Review:
    """The judgement that was passed on 2025 at the interim review, and the day of it."""

    on: date
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Assessment:
    """`yearly` is the growth on the year before, provisional figures included; None for a share."""

    code: str
    year: int
    in_2025: Judgement
    in_2030: Judgement
    yearly: Compared | None
    guide: Fraction | None
    """No target of the plan: the straight line between its two targets, for orientation."""
    forecast: Forecast | None
    """No figure either: where 2030 would end if things went on as they did."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that one assessment is made from.

    `figures` are the answers to the indicator in all years, of reports that have been sent in;
    `asked` says who was asked in a year. `due` tells whether the deadline of `year` has passed.
    """

    indicator: Indicator
    year: int
    figures: Sequence[Reported]
    asked: Mapping[int, Holders]
    due: bool
    bases: Mapping[int, int]

    def is_due(self, year: int) -> bool:
        return self.due or year < self.year

    def valued(self, measure: Measure, wanted: Goal, year: int) -> Standing:
        over = year == wanted.year and self.is_due(year)
        return judge_in(measure.percent, wanted, over=over)


def assess(
    indicator: Indicator,
    year: int,
    figures: Iterable[Reported],
    asked: Mapping[int, Holders],
    *,
    due: bool = True,
    review: Review | None = None,
    bases: Mapping[int, int] = BASES,
) -> Assessment:
    """For the city with all agencies, or for one agency with itself alone.

    A year after 2025 is judged against 2030; 2025 is then judged by its own figures, or stands as
    it was reviewed.
    """
    case = Case(indicator, year, tuple(figures), asked, due, bases)
    growing = indicator.unit is Unit.GROWTH
    return Assessment(
        code=indicator.code,
        year=year,
        in_2025=_reviewed(review) if review else _judgement(case, goal(indicator, FIRST)),
        in_2030=_judgement(case, goal(indicator, LAST)),
        yearly=growths.compared(by_agency(case.figures), year - 1, year) if growing else None,
        guide=needed.guide(indicator, year),
        forecast=forecast(indicator, year, case.figures, bases[LAST]),
    )


def _reviewed(review: Review) -> Judgement:
    return replace(review.judgement, frozen_on=review.on)


def _judgement(case: Case, wanted: Goal) -> Judgement:
    year = min(case.year, wanted.year)
    if shares.ended(case.indicator, wanted.year):
        why = _why(case, wanted, NOTHING, shares.Answers({}), {})
        return Judgement(wanted, year, Standing.ENDED, coverage({}, {}), why)
    holders = case.asked.get(year, {})
    found = shares.answers(case.indicator, year, case.figures, holders)
    covered = coverage(found.standing, holders)
    official, every = _readings(case, wanted, found)
    judged = official if official.measure else every
    best, whole = judged.measure, every.measure
    official_sums = official.measure.sums if official.measure else None
    changed = whole if whole and whole.sums != official_sums else None
    return Judgement(
        goal=wanted,
        year=year,
        standing=_standing(case, wanted, year, covered, (official, every)),
        coverage=covered,
        why=_why(case, wanted, judged, found, holders),
        measure=official.measure,
        provisional=changed,
        provisional_standing=case.valued(changed, wanted, year) if changed else None,
        gap=needed.gap(best, wanted) if best else None,
        pace=needed.pace(best, wanted, year) if best else None,
    )


def _readings(case: Case, wanted: Goal, found: shares.Answers) -> tuple[Reading, Reading]:
    if case.indicator.unit is Unit.SHARE:
        return of_share(case.indicator, found)
    return of_growth(case.figures, case.bases[wanted.year], min(case.year, wanted.year))


def _why(case: Case, wanted: Goal, judged: Reading, found: shares.Answers, holders: Holders) -> Why:
    share = case.indicator.unit is Unit.SHARE
    return Why(
        formula=Formula.SHARE if share else Formula.MEAN_GROWTH,
        goal=wanted,
        years=judged.measure.years if judged.measure else (),
        sources=judged.sources,
        left_out=(*unanswered(found.standing, holders), *judged.left_out),
        last_counted=found.last_counted,
        ended_on=shares.ends_on(case.indicator),
    )


def _standing(
    case: Case, wanted: Goal, year: int, covered: Coverage, readings: tuple[Reading, Reading]
) -> Standing:
    official, every = readings
    if case.indicator.unit is Unit.GROWTH and case.bases[wanted.year] >= year:
        return Standing.NOT_DUE
    if official.measure:
        return case.valued(official.measure, wanted, year)
    if every.measure:
        return Standing.WAITING
    return every.missing if covered.values else _grey(covered, due=case.is_due(year))


def _grey(covered: Coverage, *, due: bool) -> Standing:
    """Without a single number. As long as somebody is still to report, that comes first."""
    if not covered.asked:
        return Standing.NOT_ASSIGNED
    if covered.missing:
        return Standing.NOT_REPORTED if due else Standing.NOT_DUE
    return Standing.NO_DATA if covered.no_data else Standing.NO_OBJECT
