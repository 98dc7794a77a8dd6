"""What the plan is made of, entry by entry: typed and frozen."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

MonthDay: TypeAlias = tuple[int, int]


class Unit(StrEnum):
    SHARE = "share"
    GROWTH = "growth"


class PartsKind(StrEnum):
    """What the parts of an indicator are to the whole."""

    GROUPS = "groups"
    """They add up to it."""
    CONDITIONS = "conditions"
    """It counts what meets all of them."""


class Duty(StrEnum):
    """How firmly an agency owes the yearly report."""

    REQUIRED = "required"
    REQUESTED = "requested"
    ON_REQUEST = "on_request"


class Role(StrEnum):
    LEAD = "lead"
    COORDINATE = "coordinate"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Target:
    """Percent; with `high` a band whose lower end already meets it."""

    low: int
    high: int | None = None

    def met(self, value: Fraction) -> bool:
        return value >= self.low


@dataclass(frozen=True, slots=True)
class Part:
    code: str
    name: str
    ends_on: dt.date | None = None
    """The last day on which there is such an object to count."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """`counts` is the numerator (for growth: what is counted), `total` the denominator."""

    code: str
    system: str
    name: str
    category: str
    unit: Unit
    counts: str
    total: str
    parts: tuple[Part, ...]
    parts_kind: PartsKind
    target_2025: Target
    target_2030: Target
    clause: str
    short: str
    note: str
    ends_on: dt.date | None = None
    """The last day on which there is such an object to count."""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    code: str
    group: str
    text: str
    clause: str
    short: str


@dataclass(frozen=True, slots=True)
class Entry:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    code: str
    entry: str
    holders: tuple[str, ...]
    role: Role
    text: str
    clause: str
    short: str


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    name: str
    short: str
    kind: str
    duty: Duty
    clause: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    standing: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    clause: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """Who answers for an indicator, a task or an assignment; `proposed` until confirmed."""

    holder: str
    code: str
    role: Role
    proposed: bool
    basis: str


@dataclass(frozen=True, slots=True)
class CampaignDay:
    """Either one day (`month`, `day`) or a span (`start` to `end`)."""

    id: str
    name: str
    clause: str
    month: int | None
    day: int | None
    start: MonthDay | None
    end: MonthDay | None
    awaiting_dispatch: bool

    def first_on(self, year: int) -> dt.date:
        return dt.date(year, *self._ends[0])

    def last_on(self, year: int) -> dt.date:
        return dt.date(year, *self._ends[1])

    @property
    def _ends(self) -> tuple[MonthDay, MonthDay]:
        if self.start is not None and self.end is not None:
            return self.start, self.end
        if self.month is None or self.day is None:
            raise ValueError(f"{self.id} has neither a day nor a span")
        return (self.month, self.day), (self.month, self.day)


@dataclass(frozen=True, slots=True)
class ReportingRule:
    """The report is due strictly before `day`/`month` of every year."""

    month: int
    day: int
    wording: str
    clause: str
    interim_review_year: int
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of the circulated copy and the wording shown instead."""

    clause: str
    printed: str
    shown: str
    certainty: str
