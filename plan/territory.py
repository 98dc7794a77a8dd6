"""On which map visits are counted. On 01/07/2025 the city took in two provinces."""

from datetime import date
from enum import StrEnum
from typing import Protocol

MERGED_ON = date(2025, 7, 1)
OF_OLD_MAP = frozenset({"district"})
"""Kinds of agencies that ended with the old map: their own ground never changed."""


class Basis(StrEnum):
    OLD = "old"
    NEW = "new"


class Counted(Protocol):
    """A yearly count as it is kept: `count_before` is the year before, on the same ground."""

    @property
    def count(self) -> int | None: ...
    @property
    def count_before(self) -> int | None: ...
    @property
    def basis(self) -> str: ...
    @property
    def as_of_on(self) -> date: ...


def basis_of(on: date, kind: str = "") -> Basis:
    """The ground that a figure as of this day covers, for an agency of this kind."""
    return Basis.OLD if on < MERGED_ON or kind in OF_OLD_MAP else Basis.NEW


def of_figure(figure: Counted) -> Basis:
    return Basis(figure.basis) if figure.basis else basis_of(figure.as_of_on)


def held(earlier: Counted | None, basis: Basis) -> int | None:
    """Last year's count where it can be compared: two maps have no growth between them (A11)."""
    if earlier is None or of_figure(earlier) is not basis:
        return None
    return earlier.count


def base(later: Counted, earlier: Counted | None) -> int | None:
    """What growth is counted from: as the agency restated it, else as it reported it then."""
    if later.count_before is not None:
        return later.count_before
    return held(earlier, of_figure(later))


def moved(later: Counted, earlier: Counted | None) -> bool:
    """Both years were counted, but on two different maps."""
    return (
        earlier is not None
        and earlier.count is not None
        and base(later, earlier) is None
        and of_figure(later) is not of_figure(earlier)
    )
