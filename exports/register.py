"""The facility register as a workbook: what is listed now, to be changed and sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import FACE, FIXED, GRID, HEAD, put

WIDTHS = (30, 40, 44, 44, 14, 14, 36, 12)
DAY = "dd/mm/yyyy"
SPARE = 500
"""Rows below the list in which the categories can be chosen as well."""
TOP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Listed:
    agency: str
    category: str
    name: str
    address: str
    valid_from: date | None
    valid_to: date | None
    note: str
    number: int


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything in it that people read, in their language."""

    sheet: str
    headings: Sequence[str]
    guide_sheet: str
    guide: Sequence[str]
    categories_sheet: str
    categories: Sequence[tuple[str, str]]
    """Name and codes."""
    agencies_sheet: str
    agencies: Sequence[str]


def write(texts: Texts, rows: Sequence[Listed]) -> bytes:
    """Days are real ones; everything else is text and stays text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = texts.sheet
    _head(sheet, texts)
    for number, row in enumerate(rows, 2):
        _row(sheet, number, row)
    _column(book.create_sheet(texts.guide_sheet), [(line,) for line in texts.guide], 100)
    _column(book.create_sheet(texts.categories_sheet), texts.categories, 80)
    _column(book.create_sheet(texts.agencies_sheet), [(name,) for name in texts.agencies], 60)
    _choices(sheet, texts, len(rows))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Worksheet, texts: Texts) -> None:
    for column, (heading, width) in enumerate(zip(texts.headings, WIDTHS, strict=True), 1):
        cell = sheet.cell(1, column)
        put(cell, heading)
        cell.font, cell.border, cell.fill = HEAD, GRID, FIXED
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _row(sheet: Worksheet, number: int, row: Listed) -> None:
    texts = {1: row.agency, 2: row.category, 3: row.name, 4: row.address, 7: row.note}
    for column, text in texts.items():
        put(sheet.cell(number, column), text)
    for column, day in ((5, row.valid_from), (6, row.valid_to)):
        sheet.cell(number, column).value = day
        sheet.cell(number, column).number_format = DAY
    sheet.cell(number, 8).value = row.number
    for column in range(1, len(WIDTHS) + 1):
        cell = sheet.cell(number, column)
        cell.font, cell.alignment, cell.border = FACE, TOP, GRID


def _column(sheet: Worksheet, rows: Sequence[Sequence[str]], width: int) -> None:
    sheet.column_dimensions["A"].width = width
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            put(sheet.cell(number, column), text)
            sheet.cell(number, column).font, sheet.cell(number, column).alignment = FACE, TOP


def _choices(sheet: Worksheet, texts: Texts, rows: int) -> None:
    """A category may be chosen or typed, as a code too: nothing is refused by the cell."""
    last = len(texts.categories)
    rule = DataValidation(
        type="list",
        formula1=f"'{texts.categories_sheet}'!$A$1:$A${last}",
        allow_blank=True,
        showErrorMessage=False,
    )
    rule.add(f"B2:B{rows + SPARE}")
    sheet.add_data_validation(rule)
