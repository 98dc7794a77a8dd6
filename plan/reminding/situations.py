"""What is known of one agency when it is decided what it is reminded of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from plan.catalogue import Duty

Key: TypeAlias = tuple[str, date, str]
"""(obligation, the day it aims at, step): what is accounted for once, whenever it falls due."""


class Ease(StrEnum):
    EXTENSION = "extension"
    EXEMPTION = "exemption"
    MUTE = "mute"


@dataclass(frozen=True, slots=True)
class Easing:
    """`until_on` is the last day of an extension or a mute; a mute without it has no end."""

    kind: Ease
    year: int
    until_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    at: datetime
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as far as it has come. `state` as the table has it: draft, submitted, …"""

    state: str
    submitted_at: datetime | None = None
    returned: Returned | None = None


@dataclass(frozen=True, slots=True)
class Doze:
    """One person wants to hear nothing of one obligation before a day."""

    person_id: int
    obligation: str
    until_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """A request for more time that nobody has decided on yet."""

    number: int
    year: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """An official's question about a figure that the agency has not answered yet."""

    number: int
    code: str
    year: int
    until_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Situation:
    agency_id: str
    duty: Duty
    short: str = ""
    standing: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    asked: bool = True
    """Whether anything is asked of it in a report at all."""
    leads: frozenset[str] = frozenset()
    """Tasks and assignments that it leads."""
    reports: Mapping[int, Filed] = field(default_factory=dict)
    statuses: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """(code, year) → how far it has come: ongoing, done, blocked, …"""
    easings: tuple[Easing, ...] = ()
    issued: frozenset[tuple[str, int]] = frozenset()
    """(`plan` or `review`, year) that it says it has issued."""
    dozes: tuple[Doze, ...] = ()
    wishes: tuple[Wish, ...] = ()
    inquiries: tuple[Asked, ...] = ()
    unreached: tuple[str, ...] = ()
    """Of the standing agency: those in the city whom a reminder would not reach, by name."""

    def exists(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def muted(self, on: date) -> bool:
        mutes = (each for each in self.easings if each.kind is Ease.MUTE)
        return any(each.until_on is None or on <= each.until_on for each in mutes)

    def exempt(self, year: int) -> bool:
        return any(each.kind is Ease.EXEMPTION and each.year == year for each in self.easings)

    def extension(self, year: int) -> Easing | None:
        """The one granted last."""
        granted = [e for e in self.easings if e.kind is Ease.EXTENSION and e.year == year]
        return max(granted, key=lambda each: each.at, default=None)
