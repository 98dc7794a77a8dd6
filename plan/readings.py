"""What a typed answer can turn out to be."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Share:
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Count:
    value: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Perhaps one of `readings`: offer them, store none before the person has chosen.

    Reasons: total_missing, separator, sum, comma, leading_zero, scale, unsure,
    percent_mismatch, no_object?
    """

    readings: tuple["Share | Count", ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Understood, and not acceptable.

    Reasons: over, zero_total, percent, negative, decimal, too_big, phone, range
    """

    reason: str


@dataclass(frozen=True, slots=True)
class NoData:
    """There are objects, but no figures yet."""


@dataclass(frozen=True, slots=True)
class NoObject:
    """There is nothing to count: not 0 %, but not evaluable."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    pass


Reading: TypeAlias = Share | Count | Ask | Refuse | NoData | NoObject | Unreadable
