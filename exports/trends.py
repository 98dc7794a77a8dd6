"""The years of one indicator, both targets, and where it is heading. Every word is the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from exports.canvas import (
    FULL,
    INK,
    LARGE,
    MARGIN,
    PALE,
    PAPER,
    SMALL,
    SOFT,
    WIDTH,
    Sheet,
    heading,
    said,
    wrapped,
)

HIGH = 190
CLOSE = 30
"""Less than so far apart, two numbers would be written over each other."""


@dataclass(frozen=True, slots=True)
class Point:
    year: int
    value: Fraction
    told: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    year: int
    value: int
    told: str


def trend(
    title: str,
    under: str,
    points: Sequence[Point],
    goals: Sequence[Goal],
    ahead: Point | None,
    legend: Sequence[str],
) -> bytes:
    """The years of one indicator, both targets, and, dashed, where it is heading.

    `legend`: the target, provisional, the forecast; the last is left out where there is none.
    """
    wide = WIDTH - 2 * MARGIN
    heads = wrapped(title, LARGE, wide, bold=True)
    notes = wrapped(under, SMALL, wide)
    top = MARGIN + 22 * len(heads) + 16 * len(notes) + 34
    sheet = Sheet(top + HIGH + 62)
    y = heading(sheet, heads, notes)
    x = said(sheet, _marker(sheet, MARGIN + 7, y + 7, "target"), y, legend[0])
    x = said(sheet, _marker(sheet, x + 4, y + 7, "hollow"), y, legend[1])
    if ahead:
        said(sheet, _marker(sheet, x + 4, y + 7, "ahead"), y, legend[2])
    _Plot(sheet, top + 22, points, goals, ahead).draw()
    return sheet.png()


def _marker(sheet: Sheet, x: float, y: float, kind: str) -> float:
    if kind == "target":
        sheet.line(x - 6, y, x + 6, y, INK, 2)
        sheet.down(x, y)
    elif kind == "ahead":
        sheet.dashes(x - 8, y, x + 8, y)
    else:
        sheet.box(x - 4, y - 4, x + 4, y + 4, PAPER, FULL)
    return x + 12


class _Plot:
    LEFT, RIGHT = 30, 30

    def __init__(
        self,
        sheet: Sheet,
        top: int,
        points: Sequence[Point],
        goals: Sequence[Goal],
        ahead: Point | None,
    ) -> None:
        self.sheet, self.top, self.points, self.goals, self.ahead = sheet, top, points, goals, ahead
        years = [*(each.year for each in points), *(each.year for each in goals)]
        self.first, self.last = min(years), max(years)
        values = [each.value for each in points] + [Fraction(each.value) for each in goals]
        values += [ahead.value] if ahead else []
        self.low = float(min(Fraction(0), *values))
        self.high = float(max(*values, Fraction(20))) * 1.05

    def x(self, year: int) -> float:
        room = WIDTH - 2 * MARGIN - self.LEFT - self.RIGHT
        return MARGIN + self.LEFT + room * (year - self.first) / max(1, self.last - self.first)

    def y(self, value: Fraction | float) -> float:
        return float(self.top + HIGH * (self.high - float(value)) / (self.high - self.low))

    def draw(self) -> None:
        self._years()
        self._targets()
        places = [(self.x(each.year), self.y(each.value)) for each in self.points]
        for (x, y), (x2, y2) in pairwise(places):
            self.sheet.line(x, y, x2, y2, FULL, 2)
        if self.ahead:
            self._heading_for(self.ahead, places)
        for each, (x, y) in zip(self.points, places, strict=True):
            fill = PAPER if each.provisional else FULL
            self.sheet.box(x - 4, y - 4, x + 4, y + 4, fill, FULL)
            self._tell(each, y, bold=True)

    def _years(self) -> None:
        bottom = self.top + HIGH
        self.sheet.line(MARGIN, self.y(0), WIDTH - MARGIN, self.y(0), PALE)
        for year in range(self.first, self.last + 1):
            self.sheet.text(self.x(year), bottom + 10, str(year), SMALL, ink=SOFT, anchor="ma")

    def _targets(self) -> None:
        for goal in self.goals:
            x, y = self.x(goal.year), self.y(goal.value)
            self.sheet.line(x - 14, y, x + 14, y, INK, 2)
            self.sheet.down(x, y)
            if self._over_target(goal):
                self.sheet.text(x, y + 4, goal.told, SMALL, anchor="ma")
            else:
                self.sheet.text(x, y - 9, goal.told, SMALL, anchor="ms")

    def _over_target(self, goal: Goal) -> bool:
        """Whether what was reached lies closely above, where the target's number would stand."""
        ahead = [self.ahead] if self.ahead else []
        here = [each for each in (*self.points, *ahead) if each.year == goal.year]
        return any(0 < self.y(goal.value) - self.y(each.value) < CLOSE for each in here)

    def _tell(self, point: Point, y: float, *, bold: bool = False) -> None:
        """Above its place, or below where a target is close above it."""
        ink = INK if bold else SOFT
        goals = [self.y(goal.value) for goal in self.goals if goal.year == point.year]
        if any(0 <= y - goal < CLOSE for goal in goals):
            self.sheet.text(
                self.x(point.year), y + 7, point.told, SMALL, bold=bold, ink=ink, anchor="ma"
            )
        else:
            self.sheet.text(
                self.x(point.year), y - 8, point.told, SMALL, bold=bold, ink=ink, anchor="ms"
            )

    def _heading_for(self, ahead: Point, places: Sequence[tuple[float, float]]) -> None:
        x, y = self.x(ahead.year), self.y(ahead.value)
        if places:
            self.sheet.dashes(*places[-1], x, y)
        self.sheet.box(x - 3, y - 3, x + 3, y + 3, PAPER, SOFT)
        self._tell(ahead, y)
