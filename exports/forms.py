"""What the prefilled workbook and its way back have in common: columns, marker, entries."""

from dataclasses import dataclass
from enum import StrEnum

FORMAT = 1
"""Counted up when columns move: a file of another format is recognised, not misread."""
MARKER_SHEET = "tiendo"
KEYS_ROW, HEADER_ROW = 3, 4
COLUMNS = (
    "code",
    "short",
    "counts",
    "of",
    "earlier",
    "current",
    "met",
    "total",
    "visits",
    "choice",
    "note",
)
"""Also written, hidden, above the headings: a column that was moved is found where it is."""


class Asks(StrEnum):
    """Which cells of a row are open."""

    SHARE = "share"
    VISITS = "visits"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Marker:
    """Whose form it is, and what the report held when it was made.

    `figure` and `status` are the newest rows at that moment: newer ones came afterwards.
    """

    agency_id: str
    year: int
    figure: int
    status: int


@dataclass(frozen=True, slots=True)
class Entered:
    """One cell as it was filled in; `fault` says why its content is not taken as it stands.

    Faults: formula, decimal, percent, date, unreadable
    """

    text: str = ""
    number: int | None = None
    fault: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that something was entered in; `number` is the one its reader sees."""

    number: int
    code: str
    met: Entered
    total: Entered
    visits: Entered
    choice: Entered
    note: Entered


@dataclass(frozen=True, slots=True)
class Returned:
    marker: Marker
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Unusable:
    """It cannot be read. Reasons: size, format, damaged; of a table also rows, encoding."""

    reason: str
