"""The rows of a file of facilities: what each says, or what was read and why it is not taken."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exports.tables import Line
from handlers import lookup
from handlers.language import Markup
from handlers.register.registry import Registry
from plan import facilities, listing
from plan.classified import is_marked
from plan.facilities import NAME_MOST, TEXT_MOST, Category, Facility
from plan.listing import HEADED_WITHIN, TYPED, Fault
from storage.agencies import NamedAgency

SHOWN = 40


@dataclass(slots=True)
class Read:
    rows: list[Facility] = field(default_factory=list)
    refused: list[Markup] = field(default_factory=list)


def read(registry: Registry, lines: Sequence[Line], *, typed: bool = False) -> Read | None:
    """None where no line is the headings; typed lines need none."""
    for place, line in enumerate(lines[:HEADED_WITHIN]):
        if places := listing.headed(line.cells):
            return _Reader(registry, places).read(lines[place + 1 :])
    if not typed:
        return None
    return _Reader(registry, {name: n for n, name in enumerate(TYPED)}).read(lines)


@dataclass(slots=True)
class _Reader:
    registry: Registry
    places: Mapping[str, int]
    found: Read = field(default_factory=Read)
    agencies: dict[str, NamedAgency | None] = field(default_factory=dict)
    categories: dict[str, Category | None] = field(default_factory=dict)
    taken: set[Hashable] = field(default_factory=set)
    why: Mapping[Fault, Markup] = field(default_factory=dict)
    known: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Number → the place of the facility that has it."""

    def read(self, lines: Sequence[Line]) -> Read:
        self.why = _why(self.registry)
        if "number" in self.places:
            held = self.registry.facilities.of(None)
            self.known = {each.number: each.place for each in held}
        for line in lines:
            row = self._row(line)
            if isinstance(row, Facility):
                self.taken |= listing.keys_of(row)
                self.found.rows.append(row)
            else:
                self.found.refused.append(self._told(line, *row))
        return self.found

    def _row(self, line: Line) -> Facility | tuple[Fault, str]:
        if any(map(is_marked, line.cells)):
            return Fault.MARKED, ""
        if line.formula:
            return Fault.FORMULA, ""
        agency, category = self._agency(self._cell(line, "agency")), self._category(line)
        if agency is None:
            return Fault.AGENCY, self._cell(line, "agency")
        if category is None:
            return Fault.CATEGORY, self._cell(line, "category")
        row = Facility(agency.id, category.key, self._cell(line, "name"))
        row = replace(row, address=self._cell(line, "address"), note=self._cell(line, "note"))
        dated = self._dated(line, row)
        return dated if isinstance(dated, tuple) else self._weighed(line, dated, category)

    def _dated(self, line: Line, row: Facility) -> Facility | tuple[Fault, str]:
        first, last = self._cell(line, "valid_from"), self._cell(line, "valid_to")
        for said in (first, last):
            if not listing.is_day(said):
                return Fault.DAY, said
        return replace(row, valid_from=listing.day(first), valid_to=listing.day(last))

    def _weighed(
        self, line: Line, row: Facility, category: Category
    ) -> Facility | tuple[Fault, str]:
        said = self._cell(line, "number")
        number = int(said) if said.isdecimal() and len(said) < SHOWN else 0
        if said and self.known.get(number) != row.place:
            return Fault.NUMBER, said
        row = replace(row, number=number)
        fault = listing.fault_of(row, ends_on=category.ends_on)
        if fault is None and self.taken & listing.keys_of(row):
            fault = Fault.TWICE
        return (fault, row.name) if fault else row

    def _cell(self, line: Line, name: str) -> str:
        place = self.places.get(name, len(line.cells))
        return line.cells[place] if place < len(line.cells) else ""

    def _agency(self, said: str) -> NamedAgency | None:
        if said not in self.agencies:
            registry = self.registry
            held = registry.agencies.on(registry.today)
            found = lookup.search(said, held, registry.catalogue) if said else None
            self.agencies[said] = found.certain if found else None
        return self.agencies[said]

    def _category(self, line: Line) -> Category | None:
        said = self._cell(line, "category")
        if said not in self.categories:
            self.categories[said] = facilities.meant(said, self.registry.categories)
        return self.categories[said]

    def _told(self, line: Line, fault: Fault, said: str) -> Markup:
        """A marking is not repeated; anything else is quoted as it was read."""
        words = self.registry.words
        why = self.why[fault]
        if not said:
            return words("• Line {n}: {why}", n=line.number, why=why)
        return words("• Line {n}, “{said}”: {why}", n=line.number, said=said[:SHOWN], why=why)


def _why(registry: Registry) -> Mapping[Fault, Markup]:
    return {**_of_places(registry), **_of_words(registry)}


def _of_places(registry: Registry) -> Mapping[Fault, Markup]:
    words, (agency, category) = registry.words, registry.sample
    return {
        Fault.AGENCY: words(
            "this is not clearly one agency. Type its name or its id, for example: {example}",
            example=agency.short,
        ),
        Fault.CATEGORY: words(
            "this is no category of the plan. Type its name or its code, for example: {name} "
            "or {code}",
            name=category.name,
            code=category.key,
        ),
        Fault.ENDED: words(
            "there is no such category any more on the day from which it stands. For example, "
            "leave that day empty."
        ),
        Fault.NUMBER: words(
            "this number belongs to no facility of that agency and category. For a new one, "
            "leave it empty."
        ),
        Fault.TWICE: words(
            "it is listed twice for the same agency and category. For example, delete one line, "
            "or add the street to the name."
        ),
    }


def _of_words(registry: Registry) -> Mapping[Fault, Markup]:
    words, (_, category) = registry.words, registry.sample
    return {
        Fault.NAME: words("the name is missing. For example: {example}", example=category.name),
        Fault.LONG: words(
            "it is too long: a name has at most {name} characters, address and note {text}. For "
            "example, shorten it.",
            name=NAME_MOST,
            text=TEXT_MOST,
        ),
        Fault.DAY: words("this is no day. For example: {example}", example="01/05/2019"),
        Fault.ORDER: words(
            "it would end before it begins. For example, from 01/05/2019 to 31/12/2024."
        ),
        Fault.FORMULA: words(
            "a cell holds a formula whose result was not saved. Type the text itself."
        ),
        Fault.MARKED: words(
            "it bears a marking of classified matter, which must not be sent here."
        ),
    }
