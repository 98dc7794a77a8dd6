"""A form filled in by hand: cells by their names, as a person would."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.forms import COLUMNS, HEADER_ROW

Answers = Mapping[str, Mapping[str, object]]


def filled(form: bytes, answers: Answers, change: Callable[[Any], None] | None = None) -> bytes:
    """`{"TV1.2": {"met": 12, "total": 15}}`, saved anew; `change` may do worse to the book."""
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    for code, cells in answers.items():
        for name, value in cells.items():
            cell(sheet, code, name).value = value
    if change:
        change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def cell(sheet: Worksheet, code: str, name: str) -> Any:
    column = COLUMNS.index(name) + 1
    for row in range(HEADER_ROW + 1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == code:
            return sheet.cell(row, column)
    raise LookupError(code)
