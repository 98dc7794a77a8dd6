"""Percentages as exact fractions: 2/3 never becomes 66.7 before it is printed."""

from collections.abc import Iterable
from fractions import Fraction
from math import floor

GRID = 10**4
"""A mean growth is known to four decimals of a percent, and on which side of them it lies."""


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


def mean_growth(first: int | None, last: int, years: int) -> Fraction | None:
    """(last / first)^(1 / years) - 1 in percent; None where growth is none.

    Over one year it is exact; a root is seldom a fraction. What comes back then is within 1/20,000
    of it and on its side of every number of four decimals, so that comparing it with a target is
    comparing the root itself.
    """
    return yearly(Fraction(last, first), years) if first and years > 0 else None


def yearly(ratio: Fraction, years: int) -> Fraction:
    """The growth a year that makes `ratio` in so many years, known as `mean_growth` is."""
    if years == 1:
        return 100 * (ratio - 1)
    scale = 100 * GRID
    radicand = ratio * scale**years
    whole = _root(floor(radicand), years)
    percent = Fraction(whole - scale, GRID)
    return percent if whole**years == radicand else percent + Fraction(1, 2 * GRID)


def _root(radicand: int, degree: int) -> int:
    """The largest whole number whose power is not above `radicand`."""
    low, high = 0, 1 << (radicand.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if middle**degree <= radicand:
            low = middle
        else:
            high = middle
    return low


def shown(percent: Fraction) -> Fraction:
    """To one decimal, halves away from zero, but never a whole that was not reached.

    Targets are wholes: 99.96 is shown as 99.9 and 9.999 as 9.9.
    """
    size = abs(percent) * 10
    tenths = floor(size + Fraction(1, 2))
    if tenths % 10 == 0 and tenths > size:
        tenths -= 1
    return Fraction(tenths if percent >= 0 else -tenths, 10)
