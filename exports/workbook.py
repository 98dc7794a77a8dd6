"""The prefilled workbook: what is asked, what was answered, and empty cells for what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports.forms import (
    COLUMNS,
    FORMAT,
    HEADER_ROW,
    KEYS_ROW,
    MARKER_SHEET,
    Asks,
    Marker,
)

FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet may take for a formula once the cell is edited."""
INPUTS = {
    Asks.SHARE: ("met", "total", "choice", "note"),
    Asks.VISITS: ("visits", "choice", "note"),
    Asks.STATUS: ("choice", "note"),
}
WIDTHS = (10, 30, 44, 34, 20, 22, 10, 10, 13, 24, 36)
FONT, LINE, HEIGHT_MOST = "Times New Roman", 16.0, 400.0
FACE, HEAD, TITLE = Font(name=FONT, size=12), Font(name=FONT, size=12, bold=True), 14
FIXED, TO_FILL = PatternFill("solid", fgColor="EDEDED"), PatternFill("solid", fgColor="FFF9DB")
GRID = Border(**dict.fromkeys(("left", "right", "top", "bottom"), Side("thin", color="A6A6A6")))
TOP = Alignment(wrap_text=True, vertical="top")
MOST_MET, MOST_VISITS = 1_000_000, 999_999_999


@dataclass(frozen=True, slots=True)
class Question:
    """One row. `earlier` and `current` are answers in words, empty where there is none."""

    code: str
    short: str
    counts: str
    of: str
    earlier: str
    current: str
    asks: Asks


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything in it that people read, in their language."""

    title: str
    lead: str
    sheet: str
    headings: Sequence[str]
    guide_sheet: str
    guide: Sequence[str]
    no_figure: Sequence[str]
    statuses: Sequence[str]
    only_whole: str
    only_listed: str


def write(texts: Texts, questions: Sequence[Question], marker: Marker) -> bytes:
    """The file. Fixed cells are locked without a password: a guard, no secret."""
    book = Workbook()
    book.properties.creator, book.properties.title = MARKER_SHEET, texts.title
    book.security = WorkbookProtection(lockStructure=True)
    sheet = book.worksheets[0]
    sheet.title = texts.sheet
    _head(sheet, texts)
    for number, question in enumerate(questions, HEADER_ROW + 1):
        _row(sheet, number, question)
    _validate(sheet, questions, texts)
    _protect(sheet)
    _guide(book.create_sheet(texts.guide_sheet), texts)
    _mark(book.create_sheet(MARKER_SHEET), texts, marker)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def put(cell: Cell, text: str) -> None:
    """Text that stays text: never a formula, neither now nor after the cell is edited."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    if text.startswith(FORMULA_SIGNS):
        cell.data_type = "s"
        cell.quotePrefix = True


def _head(sheet: Worksheet, texts: Texts) -> None:
    put(sheet.cell(1, 1), texts.title)
    sheet.cell(1, 1).font = Font(name=FONT, size=TITLE, bold=True)
    put(sheet.cell(2, 1), texts.lead)
    sheet.cell(2, 1).font = FACE
    for column, heading in enumerate(texts.headings, 1):
        cell = sheet.cell(HEADER_ROW, column)
        put(cell, heading)
        cell.font, cell.border, cell.fill = HEAD, GRID, FIXED
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        sheet.cell(KEYS_ROW, column).value = name
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[KEYS_ROW].hidden = True
    sheet.row_dimensions[HEADER_ROW].height = 3 * LINE
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 3)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _row(sheet: Worksheet, number: int, question: Question) -> None:
    inputs = INPUTS[question.asks]
    for column, name in enumerate(COLUMNS, 1):
        cell = sheet.cell(number, column)
        put(cell, getattr(question, name, ""))
        cell.font, cell.border, cell.alignment = FACE, GRID, TOP
        is_open = name in inputs
        cell.fill = TO_FILL if is_open else FIXED
        cell.protection = Protection(locked=not is_open)
        cell.number_format = "#,##0" if name in {"met", "total", "visits"} else "@"
    sheet.row_dimensions[number].height = min(LINE * _lines(question), HEIGHT_MOST)


def _lines(question: Question) -> int:
    """How high a row must be: not every program fits the height to wrapped text by itself."""
    texts = [getattr(question, name, "") for name in COLUMNS]
    wrapped = zip(texts, WIDTHS, strict=True)
    return max(ceil(1.15 * len(text) / width) for text, width in wrapped) or 1


def _validate(sheet: Worksheet, questions: Sequence[Question], texts: Texts) -> None:
    listed = len(texts.no_figure), len(texts.statuses)
    figures = _one_of(f"{MARKER_SHEET}!$D$1:$D${listed[0]}", texts)
    statuses = _one_of(f"{MARKER_SHEET}!$E$1:$E${listed[1]}", texts)
    shares, visits = _whole(MOST_MET, texts), _whole(MOST_VISITS, texts)
    for rule in (figures, statuses, shares, visits):
        sheet.add_data_validation(rule)
    for number, question in enumerate(questions, HEADER_ROW + 1):
        (statuses if question.asks is Asks.STATUS else figures).add(_at("choice", number))
        if question.asks is Asks.SHARE:
            shares.add(f"{_at('met', number)}:{_at('total', number)}")
        elif question.asks is Asks.VISITS:
            visits.add(_at("visits", number))


def _at(column: str, row: int) -> str:
    return f"{get_column_letter(COLUMNS.index(column) + 1)}{row}"


def _one_of(cells: str, texts: Texts) -> DataValidation:
    rule = DataValidation(type="list", formula1=cells, allow_blank=True, showErrorMessage=True)
    rule.error = texts.only_listed
    return rule


def _whole(most: int, texts: Texts) -> DataValidation:
    rule = DataValidation(
        type="whole", operator="between", formula1="0", formula2=str(most), allow_blank=True
    )
    rule.showErrorMessage, rule.error = True, texts.only_whole
    return rule


def _protect(sheet: Worksheet) -> None:
    sheet.protection.sheet = True
    # In this format "False" is what remains allowed.
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _guide(sheet: Worksheet, texts: Texts) -> None:
    sheet.column_dimensions["A"].width = 100
    put(sheet.cell(1, 1), texts.guide_sheet)
    sheet.cell(1, 1).font = Font(name=FONT, size=TITLE, bold=True)
    for number, line in enumerate(texts.guide, 2):
        put(sheet.cell(number, 1), line)
        sheet.cell(number, 1).font, sheet.cell(number, 1).alignment = FACE, TOP
    _protect(sheet)


def _mark(sheet: Worksheet, texts: Texts, marker: Marker) -> None:
    """Hidden: by it the file is known when it comes back; the lists to choose from lie there."""
    values = (FORMAT, *(getattr(marker, name) for name in Marker.__slots__))
    for number, (name, value) in enumerate(
        zip(("format", *Marker.__slots__), values, strict=True), 1
    ):
        sheet.cell(number, 1).value, sheet.cell(number, 2).value = name, value
    for column, choices in ((4, texts.no_figure), (5, texts.statuses)):
        for number, choice in enumerate(choices, 1):
            put(sheet.cell(number, column), choice)
    sheet.sheet_state = "veryHidden"
    _protect(sheet)
