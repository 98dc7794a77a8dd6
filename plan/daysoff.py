"""Reading a file of days off and make-up days, as the Government decides them every year."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

COLUMNS = ("day", "kind", "name")
OFF, WORK = KINDS = ("off", "work")
EXAMPLE = "2027-02-08,off,Tết Nguyên đán"
FIRST_YEAR, LAST_YEAR = 2023, 2040
NAME_MOST = 120


@dataclass(frozen=True, slots=True)
class OfficialDay:
    day: date
    kind: str
    name: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that is not what its weekday says, and who says so. Without a name: an official swap.

    `source` is "" for what was entered in the chat.
    """

    day: date
    kind: str
    name: str
    source: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What was read, and why it is not taken."""

    line: int
    read: str
    problem: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.read!r}: {self.problem}"


@dataclass(slots=True)
class Sheet:
    days: dict[date, OfficialDay] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a sheet changes: days that are new, days that say something else, days that go."""

    added: tuple[OfficialDay, ...]
    changed: tuple[tuple[OfficialDay, OfficialDay], ...]
    removed: tuple[OfficialDay, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def read_sheet(text: str) -> Sheet:
    """`day,kind,name` and, where a day is a guess, `,estimated`; all faults, not the first only."""
    sheet = Sheet()
    for number, line in _lines(text):
        cells = [cell.strip() for cell in line]
        if tuple(cell.lower() for cell in cells[:3]) == COLUMNS:
            continue
        found = _read(cells)
        if isinstance(found, str):
            sheet.faults.append(Fault(number, ",".join(line), found))
        elif found.day in sheet.days:
            sheet.faults.append(Fault(number, ",".join(line), f"{found.day} stands there twice"))
        else:
            sheet.days[found.day] = found
    return sheet


def difference(known: Mapping[date, OfficialDay], sheet: Mapping[date, OfficialDay]) -> Difference:
    """Of the years that the sheet is about; other years are left alone."""
    years = {day.year for day in sheet}
    before = {day: each for day, each in known.items() if day.year in years}
    return Difference(
        added=tuple(sheet[day] for day in sorted(sheet.keys() - before.keys())),
        changed=tuple(
            (before[day], sheet[day])
            for day in sorted(sheet.keys() & before.keys())
            if before[day] != sheet[day]
        ),
        removed=tuple(before[day] for day in sorted(before.keys() - sheet.keys())),
    )


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    # Excel writes a byte order mark, and where the comma is the decimal sign, semicolons.
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(StringIO(text), delimiter=delimiter)
    for cells in reader:
        if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
            yield reader.line_num, cells


def _read(cells: list[str]) -> OfficialDay | str:
    """The day of a line, or what is wrong with it."""
    if not len(COLUMNS) <= len(cells) <= len(COLUMNS) + 1:
        return f"{len(cells)} columns, not day,kind,name"
    day, kind, name = _day(cells[0]), cells[1].lower(), cells[2]
    rest = cells[len(COLUMNS)].lower() if len(cells) > len(COLUMNS) else ""
    if day is None:
        return f"{cells[0]!r} is no day such as 2027-02-08 or 08/02/2027"
    wrong = {
        f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}": not (
            FIRST_YEAR <= day.year <= LAST_YEAR
        ),
        f"the kind {cells[1]!r} is neither off nor work": kind not in KINDS,
        f"a name of 1 to {NAME_MOST} characters is missing": not 0 < len(name) <= NAME_MOST,
        f"the fourth column is {rest!r}, not estimated": rest not in {"", "estimated"},
    }
    found = next((problem for problem, there in wrong.items() if there), None)
    return found or OfficialDay(day, kind, name, estimated=bool(rest))


def _day(text: str) -> date | None:
    try:
        if "/" in text:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None
