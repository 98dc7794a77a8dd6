"""What the figures amount to. Exact fractions: 2/3 never becomes 66.7 before it is printed."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from plan.catalogue import Target

BASE_YEARS = {2025: 2022, 9999: 2025}
"""Up to that year, growth is averaged from this one."""


class Standing(StrEnum):
    MET = "met"
    EXCEEDED = "exceeded"
    NOT_MET = "not_met"
    NOT_REPORTED = "not_reported"
    NO_DATA = "no_data"
    NO_OBJECT = "no_object"
    NO_BASE = "no_base"


def share(numerator: int, denominator: int) -> Fraction | None:
    """In percent; None when there is nothing to count, which is not 0 %."""
    return Fraction(100 * numerator, denominator) if denominator else None


def pooled(pairs: Iterable[tuple[int, int]]) -> Fraction | None:
    """Sum over sum, in percent: the mean of ratios would let a village outweigh a city."""
    numerator = denominator = 0
    for met, total in pairs:
        numerator += met
        denominator += total
    return share(numerator, denominator)


def growth(earlier: int | None, later: int) -> Fraction | None:
    """In percent; None without an earlier year, or with one that counted nothing."""
    return Fraction(100 * (later - earlier), earlier) if earlier else None


def base_year(year: int) -> int:
    """What the average growth is counted from: 2022 for the target of 2025, 2025 for 2030's."""
    return next(base for until, base in BASE_YEARS.items() if year <= until)


def mean_growth(first: int | None, last: int, years: int) -> Fraction | None:
    """(last / first)^(1 / years) - 1 in percent, to four decimals; None where growth is none."""
    if not first or years < 1:
        return None
    return Fraction(round(((last / first) ** (1 / years) - 1) * 10**6), 10**4)


def judge(
    value: Fraction | None, target: Target, *, missing: Standing = Standing.NO_OBJECT
) -> Standing:
    """`missing` names why there is no value; for growth that is usually NO_BASE."""
    if value is None:
        return missing
    if target.high is not None and value > target.high:
        return Standing.EXCEEDED
    return Standing.MET if target.met(value) else Standing.NOT_MET
