"""What a file would change, page by page; nothing counts before it is confirmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.language import Markup, Words, join, paged
from handlers.register.registry import COMMAND, CONFIRM, Registry
from handlers.register.rows import Read
from handlers.routing import Replies
from handlers.talk import Link, Option
from plan.facilities import Difference, Facility, Moved, compare

COMPLAINTS = 100
"""So many are told of one file: whoever corrects them sends it again."""


@dataclass(frozen=True, slots=True)
class Proposal:
    title: str
    rows: Sequence[Facility]
    refused: Sequence[Markup] = ()
    """What is told of the lines that are not accepted, of `faulty` in all."""
    faulty: int = 0
    whole: bool = True
    """A list of all there is in the places it covers: typed lines only add and change."""

    def packed(self) -> dict[str, Any]:
        rows = [[_plain(getattr(row, name)) for name in Facility.__slots__] for row in self.rows]
        return {
            "title": self.title,
            "rows": rows,
            "refused": list(self.refused),
            "faulty": self.faulty,
            "whole": self.whole,
        }

    def difference(self, registry: Registry) -> Difference:
        held = registry.facilities.of({row.agency_id for row in self.rows})
        whole = self.whole and not self.faulty
        return compare(held, self.rows, registry.today, whole=whole)


def unpacked(data: dict[str, Any]) -> Proposal:
    rows, refused = map(_facility, data["rows"]), map(Markup, data["refused"])
    told = {name: data[name] for name in ("faulty", "whole")}
    return Proposal(data["title"], list(rows), list(refused), **told)


def of_rows(title: str, found: Read, *, whole: bool = True) -> Proposal:
    told = found.refused[:COMPLAINTS]
    return Proposal(title, found.rows, told, len(found.refused), whole)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _facility(row: list[Any]) -> Facility:
    found = Facility(*row)
    return replace(found, valid_from=_day(found.valid_from), valid_to=_day(found.valid_to))


def _day(packed: Any) -> date | None:  # noqa: ANN401 - as JSON has it
    return date.fromisoformat(packed) if packed else None


def seen(registry: Registry) -> list[object]:
    """Tells whether what was shown still holds: another change, or another day."""
    return [registry.facilities.newest(), registry.today.isoformat()]


def show(
    registry: Registry, proposal: Proposal, page: int = 0, note: Markup | None = None
) -> Replies:
    """A question with one page of the difference; where there is none, only what was refused."""
    words, talk = registry.words, registry.talk
    difference = proposal.difference(registry)
    lines = [*_head(words, proposal, difference), *_lines(registry, proposal, difference)]
    pages = paged([note, *lines] if note else lines)
    if not difference:
        pages = paged([*lines, words("There is nothing new to record.")])
        *texts, last = pages
        again = Link(words("Import a file"), f"{COMMAND} nhap")
        return [*(talk.say(text) for text in texts), *registry.finish(last, again)]
    page = min(max(page, 0), len(pages) - 1)
    shown = [pages[page]]
    if len(pages) > 1:
        shown.append(words("Page {page} of {pages}.", page=page + 1, pages=len(pages)))
    shown.append(words("Nothing is recorded before you confirm it."))
    data = proposal.packed() | {
        "seen": seen(registry),
        "page": page,
        "aside": registry.waiting(),
    }
    options = _options(words, len(difference), page, len(pages))
    return talk.ask(CONFIRM, join(shown), options, data=data)


def _options(words: Words, count: int, page: int, pages: int) -> list[Option]:
    record = words.plural("Record {count} change", "Record {count} changes", count)
    options = [
        Option("take", record, words("record|yes|ok")),
        Option("drop", words("Do not record"), words("no|drop it")),
    ]
    if page + 1 < pages:
        options.append(Option("next", words("Next page"), words("more|next")))
    if page:
        options.append(Option("before", words("Previous page"), words("back|previous")))
    return options


def _head(words: Words, proposal: Proposal, difference: Difference) -> list[Markup]:
    same = len(proposal.rows) - len(difference.added) - len(difference.changed)
    lines = [
        words("<b>Facility register – {title}</b>", title=proposal.title),
        words(
            "New: {added}. Changed: {changed}. Ended: {ended}. As before: {same}.",
            added=words.number(len(difference.added)),
            changed=words.number(len(difference.changed)),
            ended=words.number(len(difference.ended)),
            same=words.number(same),
        ),
    ]
    if proposal.faulty:
        lines.append(
            words.plural(
                "{count} line is not accepted; the reason stands at the end. What is missing in "
                "the file may be among it, so nothing is ended.",
                "{count} lines are not accepted; the reasons stand at the end. What is missing "
                "in the file may be among them, so nothing is ended.",
                proposal.faulty,
            )
        )
    return lines


def _lines(registry: Registry, proposal: Proposal, difference: Difference) -> Iterator[Markup]:
    """Place by place, then what is not accepted."""
    words = registry.words
    standing = registry.facilities.counts(registry.today)
    names = registry.agencies.short_names(registry.today)
    for place in difference.places:
        before = standing.get(place, 0)
        yield words(
            "<b>{agency} – {category}: {before} → {after}</b>",
            agency=names.get(place[0], place[0]),
            category=registry.named(place[1]),
            before=words.number(before),
            after=words.number(before + _growth(difference, place, registry.today)),
        )
        yield from _of_place(words, difference, place)
    if proposal.refused:
        yield words("<b>Not accepted:</b>")
        yield from proposal.refused
    if more := proposal.faulty - len(proposal.refused):
        yield words("… and {count} more", count=words.number(more))


def _growth(difference: Difference, place: tuple[str, str], on: date) -> int:
    new = sum(each.stands(on) for each in difference.added if each.place == place)
    moved = [each for each in (*difference.changed, *difference.ended) if each.after.place == place]
    return new + sum(each.after.stands(on) - each.before.stands(on) for each in moved)


def _of_place(words: Words, difference: Difference, place: tuple[str, str]) -> Iterator[Markup]:
    for each in difference.added:
        if each.place == place:
            yield words("+ new: {name}{days}", name=each.name, days=days(words, each))
    for moved in difference.changed:
        if moved.after.place == place:
            name, what = moved.before.name, _what(words, moved)
            yield words("• changed: {name}: {what}", name=name, what=what)
    for moved in difference.ended:
        if moved.after.place == place and moved.after.valid_to:
            day = words.day(moved.after.valid_to)
            yield words("− ended: {name}, after {day}", name=moved.before.name, day=day)


def _what(words: Words, moved: Moved) -> Markup:
    fields = {
        "name": words("name"),
        "address": words("address"),
        "valid_from": words("from"),
        "valid_to": words("to"),
        "note": words("note"),
    }
    told = []
    for name, label in fields.items():
        old, new = (getattr(each, name) for each in (moved.before, moved.after))
        if old != new:
            values = {"old": _shown(words, old), "new": _shown(words, new)}
            told.append(words("{what} {old} → {new}", what=label, **values))
    return join(told, "; ")


def _shown(words: Words, value: str | date | None) -> str:
    return words.day(value) if isinstance(value, date) else value or "–"


def days(words: Words, each: Facility) -> Markup:
    """In brackets, where it has not always stood or does not stay."""
    told = [
        words("from {day}", day=words.day(each.valid_from)) if each.valid_from else Markup(),
        words("to {day}", day=words.day(each.valid_to)) if each.valid_to else Markup(),
    ]
    found = join(told, " ")
    return words(" ({days})", days=found) if found else Markup()
