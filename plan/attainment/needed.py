"""What is missing to a target, and how fast it would have to come."""

from fractions import Fraction

from plan.attainment.arithmetic import yearly
from plan.attainment.judging import FIRST, LAST, Goal
from plan.attainment.measures import Growth, Measure, Pooled
from plan.catalogue import Indicator, Unit


def gap(measure: Measure, goal: Goal) -> Fraction:
    """Points up to the target's lower end; 0 once it is reached."""
    return max(Fraction(0), goal.target.low - measure.percent)


def pace(measure: Measure, goal: Goal, year: int) -> Fraction | None:
    """A year, until the target is just reached: points of a share, percent of growth."""
    left = goal.year - year
    if left <= 0 or not gap(measure, goal):
        return None
    if isinstance(measure, Pooled):
        return gap(measure, goal) / left
    return _growth_needed(measure, goal, left)


def _growth_needed(measure: Growth, goal: Goal, left: int) -> Fraction | None:
    """None where visits have fallen to nothing: no growth leads on from there."""
    if not measure.later:
        return None
    wanted = (1 + Fraction(goal.target.low, 100)) ** (goal.year - measure.from_year)
    return yearly(wanted * measure.earlier / measure.later, left)


def guide(indicator: Indicator, year: int) -> Fraction | None:
    """In percent, on the straight line from the target of 2025 to that of 2030.

    The plan sets no target for the years between: this is for orientation only, and nothing is
    judged by it. None for the years of the targets themselves, for growth and for what has ended.
    """
    if not FIRST < year < LAST or indicator.unit is not Unit.SHARE or indicator.ends_on:
        return None
    low, high = indicator.target_2025.low, indicator.target_2030.low
    return low + Fraction((high - low) * (year - FIRST), LAST - FIRST)
