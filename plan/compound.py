"""Sub-counts of a compound indicator: groups add up to it, conditions overlap in it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from plan.answers import Share


class Misfit(StrEnum):
    TOTAL = "total"
    """A condition is counted over another total than the whole."""
    RANGE = "range"
    """Fewer than meet all conditions, or more than there are."""
    OVERLAP = "overlap"
    """So many meet each condition that more must meet all of them."""


def pooled(groups: Iterable[Share]) -> Share:
    """Sum over sum, never the mean of ratios."""
    shares = list(groups)
    return Share(
        sum(group.numerator for group in shares), sum(group.denominator for group in shares)
    )


def rest(whole: Share, groups: Sequence[Share]) -> Share | None:
    """What is left for the last group; None where the others leave no possible share."""
    others = pooled(groups)
    met, total = whole.numerator - others.numerator, whole.denominator - others.denominator
    return Share(met, total) if 0 <= met <= total else None


def misfit(whole: Share, conditions: Sequence[Share], count: int) -> Misfit | None:
    """`whole` meets all `count` conditions; each of those alone is met by at least as many."""
    if any(each.denominator != whole.denominator for each in conditions):
        return Misfit.TOTAL
    if any(not whole.numerator <= each.numerator <= whole.denominator for each in conditions):
        return Misfit.RANGE
    complete = len(conditions) == count
    return Misfit.OVERLAP if complete and least(conditions) > whole.numerator else None


def least(conditions: Sequence[Share]) -> int:
    """How many must meet all conditions at once, by their numbers alone."""
    unmet = sum(each.denominator - each.numerator for each in conditions)
    return max(0, conditions[0].denominator - unmet)
