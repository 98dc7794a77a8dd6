"""Tables that people have made: the first sheet of a workbook or CSV, as lines of text."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import zip_longest
from zipfile import ZipFile

from openpyxl import load_workbook

from exports.forms import Entered, Unusable
from exports.returned import DAMAGED, UNPACKED_MOST, Sheet, entered

ROWS_MOST, COLUMNS_MOST = 1000, 20
LOOKED_AT = 5000
"""Rows of a sheet in which lines may stand: sheets are often formatted down to the last row."""
DELIMITERS = ";\t,"
BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """What is not blank; `number` is the one its reader sees. `formula`: one was never computed."""

    number: int
    cells: tuple[str, ...]
    formula: bool = False

    def __bool__(self) -> bool:
        return any(self.cells)


def of_workbook(data: bytes) -> list[Line] | Unusable:
    """Computes no formula: what each came to is read as it was saved."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED_MOST:
                return Unusable("size")
        # Twice: a formula is seen only in the one, what it came to only in the other.
        with (
            closing(load_workbook(BytesIO(data), read_only=True, data_only=True)) as values,
            closing(load_workbook(BytesIO(data), read_only=True)) as formulas,
        ):
            if _goes_on(values.worksheets[0]):
                return Unusable("rows")
            return _bounded(_lines(values.worksheets[0], formulas.worksheets[0]))
    except DAMAGED:
        return Unusable("damaged")


def _goes_on(sheet: Sheet) -> bool:
    """Something stands below: seen by values alone, for there may be a million empty rows."""
    below = sheet.iter_rows(min_row=LOOKED_AT + 1, max_col=COLUMNS_MOST, values_only=True)
    return any(map(any, below))


def _lines(shown: Sheet, typed: Sheet) -> Iterator[Line]:
    limits = {"max_col": COLUMNS_MOST, "max_row": LOOKED_AT}
    both = zip_longest(shown.iter_rows(**limits), typed.iter_rows(**limits), fillvalue=())
    for number, (values, formulas) in enumerate(both, 1):
        found = [entered(*pair) for pair in zip_longest(values, formulas)]
        yield Line(number, tuple(_text(each) for each in found), _is_unknown(found))


def _text(cell: Entered) -> str:
    return "" if cell.fault == "formula" else " ".join(cell.text.split())


def _is_unknown(cells: Iterable[Entered]) -> bool:
    return any(cell.fault == "formula" for cell in cells)


def of_text(data: bytes) -> list[Line] | Unusable:
    """UTF-8, or UTF-16 as Excel's "Unicode text"; other code pages would be guesses."""
    if len(data) > UNPACKED_MOST:
        return Unusable("size")
    try:
        text = data.decode("utf-16" if data.startswith(BYTE_ORDERS) else "utf-8-sig")
    except UnicodeError:
        return Unusable("encoding")
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    try:
        read = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return _bounded(_separated(read))
    except csv.Error:
        return Unusable("damaged")


def _separated(rows: Iterable[list[str]]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        yield Line(number, tuple(" ".join(cell.split()) for cell in row[:COLUMNS_MOST]))


def _bounded(lines: Iterable[Line]) -> list[Line] | Unusable:
    found: list[Line] = []
    for line in lines:
        if line or line.formula:
            found.append(line)
        if len(found) > ROWS_MOST + 1:
            return Unusable("rows")
    return found
