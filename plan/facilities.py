"""The dated register of libraries, museums and centres: what it can count, how it changes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from plan.catalogue import Catalogue, Indicator, PartsKind, Unit
from plan.warnings import Unusual
from plan.words import fold

NAME_MOST, TEXT_MOST = 200, 300
TELLING = 2
"""Words of a category's name that may stand for all of them: "thư viện cấp xã"."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Category:
    """What one total counts, under the first code that asks for it: TV1.3, also of TV2.3."""

    key: str
    name: str
    system: str
    codes: tuple[str, ...]
    groups: tuple[str, ...] = ()
    """Names of the groups that add up to it."""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facility:
    """In a file an empty date or text leaves what is held; `number` is 0 where it is new."""

    agency_id: str
    category: str
    name: str
    address: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    number: int = 0

    def stands(self, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return begun and not self.is_over(on)

    def is_over(self, on: date) -> bool:
        return self.valid_to is not None and self.valid_to < on

    @property
    def place(self) -> tuple[str, str]:
        return self.agency_id, self.category


@dataclass(frozen=True, slots=True)
class Moved:
    before: Facility
    after: Facility


@dataclass(frozen=True, slots=True)
class Difference:
    """`ended` stood in a place that the file covers, and not in the file."""

    added: tuple[Facility, ...] = ()
    changed: tuple[Moved, ...] = ()
    ended: tuple[Moved, ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.ended)

    @property
    def places(self) -> list[tuple[str, str]]:
        moved = (each.after for each in (*self.changed, *self.ended))
        return list(dict.fromkeys(each.place for each in (*self.added, *moved)))


@dataclass(frozen=True, slots=True)
class Listed:
    """What the register has of a category on a day."""

    count: int
    on: date
    name: str
    system: str


def categories(catalogue: Catalogue) -> tuple[Category, ...]:
    """A growth counts visits, so only shares have a total that can be listed."""
    shares = [item for item in catalogue.indicators if item.unit is Unit.SHARE]
    firsts = [item for item in shares if key_of(catalogue, item) == item.code]
    return tuple(
        Category(
            first.code,
            first.category,
            first.system,
            tuple(item.code for item in shares if item.total == first.total),
            _groups(first),
            first.ends_on,
        )
        for first in firsts
    )


def _groups(indicator: Indicator) -> tuple[str, ...]:
    if indicator.parts_kind is not PartsKind.GROUPS:
        return ()
    return tuple(part.name for part in indicator.parts)


def key_of(catalogue: Catalogue, indicator: Indicator) -> str:
    """The category of a share's total; "" where nothing is listed for it."""
    if indicator.unit is not Unit.SHARE:
        return ""
    return next(item.code for item in catalogue.indicators if item.total == indicator.total)


def meant(said: str, known: Sequence[Category]) -> Category | None:
    """By name, by the name of a group, by a code in any spelling; None where that is not clear."""
    wanted = fold(said)
    for each in known:
        if wanted in {fold(way) for way in (each.name, *each.groups)}:
            return each
        if _bare(wanted) in {_bare(fold(code)) for code in each.codes}:
            return each
    words = _words(wanted)
    fitting = [each for each in known if len(words) >= TELLING and words <= _words(fold(each.name))]
    return fitting[0] if len(fitting) == 1 else None


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def question(listed: int, reported: int) -> Unusual | None:
    """Nothing listed is nothing to compare with: the register may not have come so far yet."""
    if not listed or listed == reported:
        return None
    return Unusual.FEWER if reported < listed else Unusual.MORE


def compare(
    held: Iterable[Facility], wanted: Iterable[Facility], on: date, *, whole: bool = True
) -> Difference:
    """What makes the register that of a file. Nothing is ended by a file that is not `whole`:
    what is missing may be what could not be read.
    """
    known = _Known(held)
    rows = sorted(wanted, key=lambda each: not each.number)
    added, changed = [], []
    for row in rows:
        twin = known.take(row, on)
        if twin is None:
            added.append(replace(row, number=0))
        elif (after := _merged(twin, row, on)) != twin:
            changed.append(Moved(twin, after))
    covered = {row.place for row in rows} if whole else set()
    gone = [each for each in known.left() if each.place in covered and each.stands(on)]
    ended = tuple(Moved(each, replace(each, valid_to=on - DAY)) for each in gone)
    return Difference(tuple(added), tuple(changed), ended)


class _Known:
    """What is held, each found at most once: looked up, for lists are compared by the thousand."""

    def __init__(self, held: Iterable[Facility]) -> None:
        self.numbered = {each.number: each for each in held}
        self.named: defaultdict[tuple[str, ...], list[Facility]] = defaultdict(list)
        for each in self.numbered.values():
            self.named[*each.place, fold(each.name)].append(each)
        self.taken: set[int] = set()

    def take(self, row: Facility, on: date) -> Facility | None:
        """By its number, else by its name: what stands, what is to come, what it says was over."""
        found = self._by_number(row) or self._by_name(row, on)
        if found is not None:
            self.taken.add(found.number)
        return found

    def left(self) -> list[Facility]:
        return [each for number, each in self.numbered.items() if number not in self.taken]

    def _by_number(self, row: Facility) -> Facility | None:
        found = self.numbered.get(row.number)
        return found if found and found.place == row.place else None

    def _by_name(self, row: Facility, on: date) -> Facility | None:
        named = self.named.get((*row.place, fold(row.name)), ())
        free = [each for each in named if each.number not in self.taken]
        same = [each for each in free if row.valid_to and each.valid_to == row.valid_to]
        lasting = [each for each in free if not each.is_over(on)]
        return next(iter([*same, *(each for each in lasting if each.stands(on)), *lasting]), None)


def _merged(held: Facility, row: Facility, on: date) -> Facility:
    valid_from, valid_to = row.valid_from or held.valid_from, row.valid_to
    if valid_to is None and not held.is_over(on):
        valid_to = held.valid_to
    if valid_from and valid_to and valid_from > valid_to:
        # One of the two is the file's: what it overtakes was another stretch of time.
        valid_from, valid_to = row.valid_from, row.valid_to
    return replace(
        row,
        address=row.address or held.address,
        note=row.note or held.note,
        valid_from=valid_from,
        valid_to=valid_to,
        number=held.number,
    )


def by_place(rows: Iterable[Facility]) -> dict[tuple[str, str], list[Facility]]:
    """In the order of the names, as a reader looks for them: no. 2 before no. 10."""
    found: defaultdict[tuple[str, str], list[Facility]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: _natural(each.name)):
        found[row.place].append(row)
    return found


def _natural(name: str) -> list[tuple[int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", fold(name))
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
