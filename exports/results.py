"""What became of a notice, receiver by receiver, as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from exports.workbook import FACE, FIXED, FONT, GRID, HEAD, TITLE, put
from plan.calendars import ZONE

WIDTHS = (8, 30, 30, 34, 20, 20)
MOMENT = "dd/mm/yyyy hh:mm"


@dataclass(frozen=True, slots=True)
class Line:
    agency: str
    name: str
    fate: str
    sent_at: datetime | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything in it that people read, in their language."""

    title: str
    lead: Sequence[str]
    sheet: str
    headings: Sequence[str]


def write(texts: Texts, lines: Sequence[Line]) -> bytes:
    """Moments are real ones, of the city's clocks; everything else is text and stays text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = texts.sheet
    put(sheet.cell(1, 1), texts.title)
    sheet.cell(1, 1).font = Font(name=FONT, size=TITLE, bold=True)
    for number, told in enumerate(texts.lead, 2):
        put(sheet.cell(number, 1), told)
        sheet.cell(number, 1).font = FACE
    head = len(texts.lead) + 3
    for column, (heading, width) in enumerate(zip(texts.headings, WIDTHS, strict=True), 1):
        cell = sheet.cell(head, column)
        put(cell, heading)
        cell.font, cell.border, cell.fill = HEAD, GRID, FIXED
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, line in enumerate(lines, 1):
        row = head + number
        sheet.cell(row, 1).value = number
        for column, text in enumerate((line.agency, line.name, line.fate), 2):
            put(sheet.cell(row, column), text)
        for column, at in enumerate((line.sent_at, line.confirmed_at), 5):
            sheet.cell(row, column).value = at.astimezone(ZONE).replace(tzinfo=None) if at else None
            sheet.cell(row, column).number_format = MOMENT
        for column in range(1, len(WIDTHS) + 1):
            cell = sheet.cell(row, column)
            cell.font, cell.border = FACE, GRID
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(WIDTHS))}{head + len(lines)}"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
