"""A workbook that comes back: whether it is one of ours, and what was entered in it."""

import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from exports.forms import (
    COLUMNS,
    FORMAT,
    HEADER_ROW,
    KEYS_ROW,
    MARKER_SHEET,
    Entered,
    Marker,
    Returned,
    Row,
    Unusable,
)

Sheet: TypeAlias = Any  # openpyxl has no types
Cell: TypeAlias = Any

UNPACKED_MOST = 10_000_000
"""Bytes, once unpacked: our own form is a hundredth of that, a bomb many times more."""
DIRECTORY = "xl/workbook.xml"
DIRECTORY_MOST = 100_000
ROWS_MOST = 1000
ENTRIES = ("met", "total", "visits", "choice", "note")
DAMAGED = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
)
"""What comes out of openpyxl where a file only looks like a workbook, or is encrypted."""


def read(data: bytes) -> Returned | Unusable | None:
    """What was entered; None where the file is none of our forms. Computes no formula."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            if not _is_ours(packed):
                return None
            size = sum(entry.file_size for entry in packed.infolist())
    except DAMAGED:
        return None
    if size > UNPACKED_MOST:
        return Unusable("size")
    try:
        return _returned(data)
    except DAMAGED:
        return Unusable("damaged")


def _is_ours(packed: ZipFile) -> bool:
    """Seen in the list of sheets alone: a stranger's file is not unpacked any further."""
    with packed.open(DIRECTORY) as directory:
        return f'name="{MARKER_SHEET}"'.encode() in directory.read(DIRECTORY_MOST)


def _returned(data: bytes) -> Returned | Unusable:
    # Twice: a formula is seen only in the one, what it came to only in the other.
    with (
        closing(load_workbook(BytesIO(data), read_only=True, data_only=True)) as values,
        closing(load_workbook(BytesIO(data), read_only=True)) as formulas,
    ):
        marks = _marks(values)
        if marks.pop("format") != FORMAT:
            return Unusable("format")
        shown, typed = _first_sheet(values), _first_sheet(formulas)
        keys = [cell.value for cell in next(shown.iter_rows(min_row=KEYS_ROW, max_row=KEYS_ROW))]
        if not set(COLUMNS) <= set(keys):
            return Unusable("format")
        places = {name: keys.index(name) for name in COLUMNS}
        return Returned(_marker(marks), list(_rows(shown, typed, places)))


def _marks(book: Workbook) -> dict[str, Any]:
    sheet = book[MARKER_SHEET]
    rows = sheet.iter_rows(max_row=len(Marker.__slots__) + 1, max_col=2, values_only=True)
    return {str(name): value for name, value in rows}


def _marker(marks: dict[str, Any]) -> Marker:
    numbers = {name: int(marks[name]) for name in Marker.__slots__ if name != "agency_id"}
    return Marker(agency_id=str(marks["agency_id"]), **numbers)


def _first_sheet(book: Workbook) -> Sheet:
    return next(sheet for sheet in book.worksheets if sheet.title != MARKER_SHEET)


def _rows(shown: Sheet, typed: Sheet, places: dict[str, int]) -> Iterator[Row]:
    limits = {"min_row": HEADER_ROW + 1, "max_row": HEADER_ROW + ROWS_MOST}
    both = zip(shown.iter_rows(**limits), typed.iter_rows(**limits), strict=False)
    for number, (values, formulas) in enumerate(both, limits["min_row"]):
        found = {
            name: entered(_at(values, places[name]), _at(formulas, places[name]))
            for name in ENTRIES
        }
        if any(found.values()):
            code = entered(_at(values, places["code"]), None).text
            yield Row(number, code, **found)


def _at(cells: tuple[Cell, ...], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def entered(cell: Cell, formula: Cell) -> Entered:
    value = None if cell is None else cell.value
    if value is None:
        is_formula = formula is not None and formula.data_type == "f"
        return Entered(str(formula.value), fault="formula") if is_formula else Entered()
    if isinstance(value, bool) or cell.data_type == "e":
        return Entered(str(value), fault="unreadable")
    if isinstance(value, int | float):
        return _number(value, percent="%" in (cell.number_format or ""))
    if isinstance(value, datetime | date | time | timedelta):
        day = value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
        return Entered(day, fault="date")
    return Entered(str(value).strip())


def _number(value: float, *, percent: bool) -> Entered:
    if percent:
        return Entered(f"{value * 100:g}%", fault="percent")
    if isinstance(value, float) and not value.is_integer():
        return Entered(str(value), fault="decimal")
    return Entered(str(int(value)), number=int(value))
