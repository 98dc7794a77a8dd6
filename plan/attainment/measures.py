"""What a year's answers amount to, with the numbers it was made of and those left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from plan.attainment.arithmetic import mean_growth, share
from plan.attainment.reported import Reported


class Without(StrEnum):
    """Why an agency is in no sum."""

    NOT_REPORTED = "not_reported"
    NO_DATA = "no_data"
    NO_OBJECT = "no_object"
    NOT_APPLICABLE = "not_applicable"
    WAITING = "waiting"
    """It is in the provisional sum, and in the official one once it is approved."""
    NO_BASE = "no_base"
    OTHER_GROUND = "other_ground"
    """Both years were counted, on two different maps (domain A11)."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    agency_id: str
    why: Without
    entry_id: int | None = None
    reason: str = ""
    """The agency's own words for having no data."""


class Source(NamedTuple):
    """One number of a sum, and the entry it comes from. `year` is the year it is of.

    A tuple, because a city makes thousands of them and asks for few.

    `part` is set where a single sub-count enters instead of the whole, `restated` where the entry
    of the following year tells it.
    """

    agency_id: str
    entry_id: int
    year: int
    as_of_on: date
    numerator: int | None = None
    denominator: int | None = None
    visits: int | None = None
    estimate: bool = False
    part: str = ""
    restated: bool = False


@dataclass(frozen=True, slots=True)
class PartSum:
    """A sub-count, pooled over the agencies that gave it, which may be fewer than the whole's."""

    code: str
    numerator: int
    denominator: int
    agencies: int

    @property
    def percent(self) -> Fraction | None:
        return share(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Pooled:
    """Σ numerator / Σ denominator; a denominator is never nothing."""

    numerator: int
    denominator: int
    sources: tuple[Source, ...]
    parts: tuple[PartSum, ...] = ()

    @property
    def sums(self) -> tuple[int, int]:
        return self.numerator, self.denominator

    @property
    def percent(self) -> Fraction:
        return Fraction(100 * self.numerator, self.denominator)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({source.year for source in self.sources}))


@dataclass(frozen=True, slots=True)
class Growth:
    """(Σ later / Σ earlier)^(1 / years) - 1, over the agencies that have both years."""

    earlier: int
    later: int
    from_year: int
    to_year: int
    sources: tuple[Source, ...]

    @property
    def sums(self) -> tuple[int, int]:
        return self.earlier, self.later

    @property
    def percent(self) -> Fraction:
        """A year, on average; over one year exact, else as `mean_growth` knows it."""
        value = mean_growth(self.earlier, self.later, self.to_year - self.from_year)
        if value is None:
            raise ValueError("a growth needs an earlier count and a later year")
        return value

    @property
    def years(self) -> tuple[int, ...]:
        return self.from_year, self.to_year


Measure = Pooled | Growth
Histories: TypeAlias = Mapping[str, Mapping[int, Reported]]
"""Agency → year → its answer."""


def pool(sources: Sequence[Source], parts: Sequence[PartSum] = ()) -> Pooled | None:
    """None where there is nothing to count: 0/0 is not 0 %."""
    numerator = sum(source.numerator or 0 for source in sources)
    denominator = sum(source.denominator or 0 for source in sources)
    return Pooled(numerator, denominator, tuple(sources), tuple(parts)) if denominator else None


def part_sums(codes: Iterable[str], figures: Iterable[Reported]) -> tuple[PartSum, ...]:
    """In the catalogue's order, of whatever was given."""
    given = [figure.parts for figure in figures]
    found = []
    for code in codes:
        shares = [parts[code] for parts in given if code in parts]
        if shares:
            numerator = sum(each.numerator for each in shares)
            denominator = sum(each.denominator for each in shares)
            found.append(PartSum(code, numerator, denominator, len(shares)))
    return tuple(found)


def without(agency_id: str, answer: Reported | None) -> LeftOut:
    """An agency that gave no number."""
    if answer is None:
        return LeftOut(agency_id, Without.NOT_REPORTED)
    return LeftOut(agency_id, Without(answer.kind), answer.entry_id, answer.reason)


def by_agency(figures: Iterable[Reported]) -> Histories:
    found: dict[str, dict[int, Reported]] = {}
    for figure in figures:
        found.setdefault(figure.agency_id, {})[figure.year] = figure
    return found
