"""Letters, and what became of them, as a sheet or as text that a spreadsheet opens."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from exports.workbook import FONT, FORMULA_SIGNS

WIDTHS = (18, 28, 34, 34, 80)
FACE, HEAD = Font(name=FONT, size=12), Font(name=FONT, size=12, bold=True)
TOP = Alignment(wrap_text=True, vertical="top")
SIGNATURE = "utf-8-sig"
"""With a byte order mark: Excel takes a CSV without it for the code page of the machine."""


def sheet(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int] = WIDTHS,
) -> bytes:
    """Every cell is text: nothing in it can be taken for a formula."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    page.freeze_panes = "A2"
    for column, heading in enumerate(headings, 1):
        page.cell(1, column, heading).font = HEAD
        page.column_dimensions[get_column_letter(column)].width = widths[column - 1]
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column, ILLEGAL_CHARACTERS_RE.sub("", value))
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA_SIGNS)
            cell.font, cell.alignment = FACE, TOP
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def separated(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """With semicolons, as Excel expects them where the comma is the decimal sign.

    CSV has no text cells: what may be taken for a formula gets an apostrophe.
    """
    kept = StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return kept.getvalue().encode(SIGNATURE)


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
