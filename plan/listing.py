"""A file of facilities: which column is which, and why a row of it is not taken."""

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from plan.facilities import NAME_MOST, TEXT_MOST, Facility
from plan.typed import day_of
from plan.words import fold, tidy

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "agency": ("don vi", "ma don vi", "ten don vi", "co quan", "agency"),
    "category": ("loai hinh", "loai thiet che", "loai", "chi tieu", "category"),
    "name": ("ten thiet che", "thiet che", "ten", "name"),
    "address": ("dia chi", "address"),
    "valid_from": ("tu ngay", "ngay thanh lap", "from"),
    "valid_to": ("den ngay", "den het ngay", "ngay giai the", "to"),
    "note": ("ghi chu", "note"),
    "number": ("ma so", "ma", "number"),
}
"""Column → its headings, folded; what follows in brackets does not count."""
NEEDED = ("agency", "category", "name")
HEADED_WITHIN = 10
"""Lines at the top among which the headings may stand: above them people put titles."""
TYPED = ("agency", "category", "name", "address", "valid_from", "valid_to", "note")
"""The order in which lines without headings are read."""
EARLIEST, LATEST = 1800, 2100


class Fault(StrEnum):
    AGENCY = "agency"
    CATEGORY = "category"
    ENDED = "ended"
    """The category is counted no more on the day from which it is said to stand."""
    NAME = "name"
    LONG = "long"
    DAY = "day"
    ORDER = "order"
    NUMBER = "number"
    """Of no facility, or of one in another place."""
    TWICE = "twice"
    FORMULA = "formula"
    MARKED = "marked"


def headed(cells: Sequence[str]) -> dict[str, int] | None:
    """Column → its place; None where these are no headings."""
    names = [fold(re.sub(r"\(.*", "", cell)) for cell in cells]
    places = {
        column: names.index(way)
        for column, ways in COLUMNS.items()
        for way in reversed(ways)
        if way in names
    }
    return places if all(column in places for column in NEEDED) else None


def day(text: str) -> date | None:
    """`01/05/2019`, `2019-05-01`; None for an empty cell. Raises ValueError for anything else."""
    said = tidy(text)
    if not said:
        return None
    found = day_of(said) or date.fromisoformat(said)
    if not EARLIEST <= found.year <= LATEST:
        raise ValueError(text)
    return found


def is_day(text: str) -> bool:
    """Or empty."""
    try:
        day(text)
    except ValueError:
        return False
    return True


def fault_of(row: Facility, *, ends_on: date | None) -> Fault | None:
    """`ends_on` is the category's last day."""
    if not row.name:
        return Fault.NAME
    if len(row.name) > NAME_MOST or max(len(row.address), len(row.note)) > TEXT_MOST:
        return Fault.LONG
    if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
        return Fault.ORDER
    if ends_on and row.valid_from and row.valid_from > ends_on:
        return Fault.ENDED
    return None


def keys_of(row: Facility) -> set[Hashable]:
    """No two rows of a file have one of these in common."""
    keys: set[Hashable] = {(*row.place, fold(row.name))}
    return keys | {row.number} if row.number else keys
