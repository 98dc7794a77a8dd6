"""What is unusual beside last year or the facility register: not wrong, but worth a second look
and a short reason.
"""

from enum import StrEnum
from fractions import Fraction

from plan.answers import Share
from plan.attainment import growth, share

MOST = 30
"""A share may move by so many points, a count by so many percent, before it is asked about."""
TENFOLD = 10


class Unusual(StrEnum):
    TENFOLD = "tenfold"
    """As if a digit too many or too few had been typed."""
    SHRUNK = "shrunk"
    """100 % is reached because less is counted, not because more is met."""
    TOTAL = "total"
    """The total is another than last year's."""
    UP = "up"
    DOWN = "down"
    TURNED = "turned"
    """It grew and now falls, or the other way round."""
    FEWER = "fewer"
    """The total is less than the facility register has."""
    MORE = "more"
    """The total is more than the facility register has."""


OF_TOTALS = frozenset({Unusual.TOTAL, Unusual.SHRUNK, Unusual.FEWER, Unusual.MORE})
"""What one explanation of the total answers together."""


def of_share(now: Share, before: Share) -> tuple[Unusual, ...]:
    found = [_total(now, before)]
    tenfold = any(
        _tenfold(*pair)
        for pair in ((now.numerator, before.numerator), (now.denominator, before.denominator))
    )
    after, earlier = (
        share(now.numerator, now.denominator),
        share(before.numerator, before.denominator),
    )
    if tenfold:
        found.insert(0, Unusual.TENFOLD)
    elif after is not None and earlier is not None:
        found.append(_jump(after - earlier))
    return tuple(each for each in found if each)


def of_count(now: int, before: int | None, grew: Fraction | None = None) -> tuple[Unusual, ...]:
    """`grew` is the growth of the year before, in percent, where it is known."""
    change = growth(before, now)
    if before is None or change is None:
        return ()
    jump = Unusual.TENFOLD if _tenfold(now, before) else _jump(change)
    turned = Unusual.TURNED if grew is not None and grew * change < 0 else None
    return tuple(each for each in (jump, turned) if each)


def _total(now: Share, before: Share) -> Unusual | None:
    if now.denominator == before.denominator:
        return None
    full = now.numerator == now.denominator
    if full and before.numerator < before.denominator and now.denominator < before.denominator:
        return Unusual.SHRUNK
    return Unusual.TOTAL


def _jump(change: Fraction) -> Unusual | None:
    if abs(change) <= MOST:
        return None
    return Unusual.UP if change > 0 else Unusual.DOWN


def _tenfold(now: int, before: int) -> bool:
    return min(now, before) > 0 and max(now, before) >= TENFOLD * min(now, before)
