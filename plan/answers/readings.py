"""What a typed answer can turn out to be."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Share:
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Count:
    value: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Percent, negative where it fell."""

    percent: Fraction


@dataclass(frozen=True, slots=True)
class Day:
    on: date


@dataclass(frozen=True, slots=True)
class Text:
    text: str


Given: TypeAlias = Share | Count | Growth | Day | Text


@dataclass(frozen=True, slots=True)
class Value:
    """One reading and no other. With `confirm` it was not said literally: echo before all else.

    `note` names what else was heard: the code before the figure (`TV1.2`), `correction`,
    `sum`, `slip`, `year`, `phone`.
    """

    given: Given
    confirm: bool = False
    estimate: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Perhaps one of `readings`: offer them, store none before the person has chosen.

    Of a share whose total is missing the one reading is the `Count` of what was met. Reasons:
    total_missing, separator, comma, leading_zero, scale, range, date_like, look_alike,
    percent_mismatch, bound, no_object?, none?, as_before, several_numbers, unsure, year
    """

    readings: tuple[Given, ...]
    reason: str
    estimate: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Understood, and not acceptable; `readings` is what may have been meant (15/12: 12/15).

    Reasons: over, zero_total, percent, negative, decimal, too_big, phone, no_such_day,
    classified, year
    """

    reason: str
    readings: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class NoData:
    """There are objects, but no figures yet."""


@dataclass(frozen=True, slots=True)
class NoObject:
    """There is nothing to count: not 0 %, but not evaluable."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question is not this agency's to answer."""


class Signal(StrEnum):
    """Whole messages about the conversation itself."""

    YES = "yes"
    NO = "no"
    SKIP = "skip"
    BACK = "back"
    HELP = "help"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Postpone:
    """Not now; on that day, where one was named."""

    on: date | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    pass


Reading: TypeAlias = (
    Value | Ask | Refuse | NoData | NoObject | NotApplicable | Signal | Postpone | Unreadable
)
