"""`docs/data-map.md` as data: what it says of each column, and of each period."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAP = Path(__file__).parent.parent / "docs" / "data-map.md"
CODE = re.compile(r"`(\w+)`")
DAYS = {"hour": 1 / 24, "day": 1.0}


@dataclass(frozen=True)
class Line:
    """One line of the table: some columns of one table, and the cells beside them."""

    table: str
    columns: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def when_erased(self) -> str:
        return self.cells[-2]


def lines() -> list[Line]:
    return [
        Line(CODE.findall(table)[0], tuple(CODE.findall(columns)), tuple(rest))
        for table, columns, *rest in _rows(width=7)
    ]


def periods() -> dict[str, float]:
    """Name → days."""
    found = {}
    for name, length, _ in _rows(width=3):
        number, unit = length.split()
        found[CODE.findall(name)[0]] = int(number) * DAYS[unit.rstrip("s")]
    return found


def stays() -> set[tuple[str, str]]:
    """The columns in which what a person typed stays word for word when they are erased."""
    return {
        (line.table, column)
        for line in lines()
        if line.when_erased.startswith("stays")
        for column in line.columns
    }


def _rows(width: int) -> Iterator[list[str]]:
    """The cells of every line of tables that are so wide, without heads and rules."""
    for text in MAP.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in text.strip("|").split("|")]
        if text.startswith("| `") and len(cells) == width:
            yield cells
