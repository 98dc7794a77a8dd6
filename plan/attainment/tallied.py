"""Judging sums that were added up elsewhere: for an overview of many agencies, naming none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plan.attainment import shares
from plan.attainment.assessing import Assessment, Review, assess
from plan.attainment.judging import FIRST, LAST, Coverage, Judgement
from plan.attainment.reported import NO_OBJECT, VALUE, Holders, Reported
from plan.catalogue import Indicator, Unit

SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Tally:
    """What so many agencies answered in one year, alike in state and in being approved."""

    year: int
    state: str
    approved: bool
    agencies: int
    numerator: int = 0
    denominator: int = 0

    @property
    def kind(self) -> str:
        """Sums of 0/0 are nothing to count, as a single 0/0 is."""
        return NO_OBJECT if self.state == VALUE and not self.denominator else self.state


def sums_do(indicator: Indicator, year: int) -> bool:
    """Whether sums are enough: growth and what ends in a judged year go by the single agency."""
    if indicator.unit is not Unit.SHARE:
        return False
    day = shares.ends_on(indicator)
    return day is None or day.year not in {min(year, FIRST), min(year, LAST)}


def assess_sums(
    indicator: Indicator,
    year: int,
    tallies: Iterable[Tally],
    silent: Mapping[int, int],
    *,
    due: bool = True,
    review: Review | None = None,
) -> Assessment:
    """As `assess` judges, for an indicator of which `sums_do`; `silent` says how many agencies
    have yet to report in a year. Neither coverage nor explanation names an agency, and there is no
    forecast: both need the single answers.
    """
    found = list(tallies)
    figures = [_as_one(number, each) for number, each in enumerate(found)]
    asked: dict[int, Holders] = {
        number: {SILENT: None} for number, count in silent.items() if count > 0
    }
    whole = assess(indicator, year, figures, asked, due=due, review=review)
    return replace(
        whole,
        in_2025=whole.in_2025 if review else _counted(whole.in_2025, found, silent),
        in_2030=_counted(whole.in_2030, found, silent),
        forecast=None,
    )


def _as_one(number: int, tally: Tally) -> Reported:
    """As if one agency had answered for all of them: a sum is a sum."""
    counted = tally.state == VALUE
    return Reported(
        agency_id=str(number),
        year=tally.year,
        entry_id=0,
        state=tally.state,
        as_of_on=date(tally.year, 12, 31),
        approved=tally.approved,
        numerator=tally.numerator if counted else None,
        denominator=tally.denominator if counted else None,
    )


def _counted(judgement: Judgement, found: Sequence[Tally], silent: Mapping[int, int]) -> Judgement:
    if not judgement.coverage.asked:
        return judgement
    year = judgement.year
    of_year = [each for each in found if each.year == year]
    states = {kind: sum(t.agencies for t in of_year if t.kind == kind) for kind in _kinds(of_year)}
    reported = sum(each.agencies for each in of_year)
    official = [each for each in of_year if each.kind == VALUE and each.approved]
    coverage = Coverage(
        asked=reported + silent.get(year, 0),
        reported=reported,
        values=states.get(VALUE, 0),
        approved=sum(each.agencies for each in official),
        no_data=states.get("no_data", 0),
        no_object=states.get(NO_OBJECT, 0),
        not_applicable=states.get("not_applicable", 0),
        missing=(),
    )
    why = replace(judgement.why, sources=(), left_out=())
    return replace(judgement, coverage=coverage, why=why)


def _kinds(tallies: Iterable[Tally]) -> set[str]:
    return {each.kind for each in tallies}
