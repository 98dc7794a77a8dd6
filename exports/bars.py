"""A bar for each indicator with both of its targets. Every word comes from the caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exports.canvas import (
    FULL,
    LARGE,
    LINE,
    MARGIN,
    PALE,
    SCALE,
    SMALL,
    SOFT,
    WIDTH,
    Sheet,
    font,
    heading,
    said,
    wrapped,
)

BAR = 14
ALL = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` and targets in percent of `most`, the end of the scale."""

    label: str
    value: Fraction
    told: str
    below: str
    first: int
    second: int
    provisional: bool
    most: int = ALL


def bars(title: str, under: str, rows: Sequence[Bar], legend: Sequence[str]) -> bytes:
    """A bar for each indicator, both targets on it. `legend`: 2025, 2030, provisional."""
    wide = WIDTH - 2 * MARGIN
    heads = wrapped(title, LARGE, wide, bold=True)
    notes = wrapped(under, SMALL, wide)
    tall = [_height(row, wide) for row in rows]
    top = MARGIN + 22 * len(heads) + 16 * len(notes) + 34
    sheet = Sheet(top + sum(tall) + MARGIN)
    y = heading(sheet, heads, notes)
    _legend(sheet, y, legend)
    y = top
    for row, height in zip(rows, tall, strict=True):
        _bar(sheet, y, row, wide)
        y += height
    return sheet.png()


def _legend(sheet: Sheet, y: int, legend: Sequence[str]) -> None:
    x = float(MARGIN)
    sheet.down(x + 5, y + 11)
    x = said(sheet, x + 14, y, legend[0])
    sheet.up(x + 5, y + 4)
    x = said(sheet, x + 14, y, legend[1])
    sheet.hatched(x, y + 3, x + 16, y + 12)
    said(sheet, x + 20, y, legend[2])


def _height(row: Bar, wide: int) -> int:
    below = len(wrapped(row.below, SMALL, wide))
    return 19 * _labels(row, wide) + 8 + BAR + 9 + 15 * below + 12


def _labels(row: Bar, wide: int) -> int:
    return len(wrapped(row.label, LINE, wide - _room(row)))


def _room(row: Bar) -> float:
    return font(LINE, bold=True).getlength(row.told) / SCALE + 10


def _bar(sheet: Sheet, y: int, row: Bar, wide: int) -> None:
    sheet.text(WIDTH - MARGIN, y, row.told, LINE, bold=True, anchor="ra")
    for line in wrapped(row.label, LINE, wide - _room(row)):
        sheet.text(MARGIN, y, line)
        y += 19
    y += 8
    sheet.box(MARGIN, y, WIDTH - MARGIN, y + BAR, PALE)
    end = MARGIN + wide * _part(row.value, row.most)
    if end > MARGIN + 1:
        if row.provisional:
            sheet.hatched(MARGIN, y, end, y + BAR)
        else:
            sheet.box(MARGIN, y, end, y + BAR, FULL)
    for value, mark, at in ((row.first, sheet.down, y + 1), (row.second, sheet.up, y + BAR - 1)):
        x = MARGIN + wide * _part(Fraction(value), row.most)
        mark(min(max(x, MARGIN + 5), WIDTH - MARGIN - 1), at)
    y += BAR + 9
    for line in wrapped(row.below, SMALL, wide):
        sheet.text(MARGIN, y, line, SMALL, ink=SOFT)
        y += 15


def _part(value: Fraction, most: int) -> float:
    return float(min(max(value, Fraction(0)), Fraction(most)) / most)
