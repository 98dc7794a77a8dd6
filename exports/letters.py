"""Letters as a sheet: when, to whom, why, and the words."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from exports.workbook import FONT, FORMULA_SIGNS

WIDTHS = (18, 28, 34, 34, 80)


def sheet(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell is text: nothing in it can be taken for a formula."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    page.freeze_panes = "A2"
    for column, heading in enumerate(headings, 1):
        page.cell(1, column, heading).font = Font(name=FONT, size=12, bold=True)
        page.column_dimensions[chr(ord("A") + column - 1)].width = WIDTHS[column - 1]
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column, ILLEGAL_CHARACTERS_RE.sub("", value))
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA_SIGNS)
            cell.font = Font(name=FONT, size=12)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
