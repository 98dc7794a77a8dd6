"""A judgement: how an indicator stands against one target of the plan, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from plan.attainment.measures import LeftOut, Measure, Source
from plan.catalogue import Indicator, Target

FIRST, LAST = 2025, 2030
"""The years for which the plan sets targets."""


class Standing(StrEnum):
    MET = "met"
    EXCEEDED = "exceeded"
    """Above the band that the plan sets, which meets it too."""
    NOT_MET = "not_met"
    UNDERWAY = "underway"
    """Not there yet, and the target's year has not come."""

    NOT_DUE = "not_due"
    NOT_REPORTED = "not_reported"
    NO_DATA = "no_data"
    NO_OBJECT = "no_object"
    WAITING = "waiting"
    """All there is, is provisional: nothing has been approved."""
    ENDED = "ended"
    """There is no such object any more in the target's year."""
    NO_BASE = "no_base"
    ZERO_BASE = "zero_base"
    OTHER_GROUND = "other_ground"
    NOT_ASSIGNED = "not_assigned"

    @property
    def reached(self) -> bool:
        return self in {Standing.MET, Standing.EXCEEDED}

    @property
    def grey(self) -> bool:
        """No figure to judge: neither good nor bad."""
        return self not in {Standing.MET, Standing.EXCEEDED, Standing.NOT_MET, Standing.UNDERWAY}


class Formula(StrEnum):
    SHARE = "share"
    """100 × Σ numerator / Σ denominator."""
    MEAN_GROWTH = "mean_growth"
    """100 × ((Σ later / Σ earlier)^(1 / years) - 1); over one year that is the growth itself."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One target of the plan, with the year for which the plan sets it."""

    year: int
    target: Target
    clause: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of those asked are behind a figure: without it, a sum misleads.

    `reported` = `values` + the three states without a number; `approved` are values that count as
    official. Who gave an answer without being asked is among those asked.
    """

    asked: int
    reported: int
    values: int
    approved: int
    no_data: int
    no_object: int
    not_applicable: int
    missing: tuple[str, ...]
    """Agencies still to report."""

    @property
    def complete(self) -> bool:
        return self.reported == self.asked


@dataclass(frozen=True, slots=True)
class Why:
    """All that a judgement rests on; its numbers add up to the measure that was judged."""

    formula: Formula
    goal: Goal
    years: tuple[int, ...]
    """For a share those of its counts, for growth the first and the last."""
    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]
    last_counted: date | None = None
    """Set where something has ended and its last count stands in for it."""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`year` is the year whose figures are judged. `measure` is made of approved figures alone;
    `provisional` is there where figures that wait for approval would change it.
    """

    goal: Goal
    year: int
    standing: Standing
    coverage: Coverage
    why: Why
    measure: Measure | None = None
    provisional: Measure | None = None
    provisional_standing: Standing | None = None
    gap: Fraction | None = None
    """Points missing to the target; 0 once it is reached. Of the provisional measure where there
    is no other, as is `pace`."""
    pace: Fraction | None = None
    """Needed each year from now on: points more of a share, percent of growth. None once the target
    is reached, or its year has come."""
    frozen_on: date | None = None
    """The day of the review, since when it stands whatever is reported later."""

    @property
    def best(self) -> Measure | None:
        """What can be shown: official where there is anything, else provisional."""
        return self.measure or self.provisional


def goal(indicator: Indicator, year: int) -> Goal:
    target = indicator.target_2025 if year == FIRST else indicator.target_2030
    return Goal(year, target, indicator.clause)


def judge(value: Fraction, target: Target) -> Standing:
    """`value` in percent, compared exactly: met from the lower end on, above the band exceeded."""
    if target.high is not None and value > target.high:
        return Standing.EXCEEDED
    return Standing.MET if target.met(value) else Standing.NOT_MET


def judge_in(value: Fraction, wanted: Goal, *, over: bool) -> Standing:
    """Until the target's year is over, what is not met is under way."""
    standing = judge(value, wanted.target)
    return Standing.UNDERWAY if standing is Standing.NOT_MET and not over else standing
