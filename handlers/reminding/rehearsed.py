"""A rehearsal as it is told: how many letters when and why, the first, and all as a sheet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape

from exports import letters as sheets
from handlers.language import Markup, Words, join, paged, plain
from handlers.reminding import wording
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.reminding.rules import Rules

FIRST = 3
"""Letters shown whole."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One letter, its text as it is read. `about`: each obligation and step it speaks of."""

    at: datetime
    channel: str
    address: str
    name: str
    agencies: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Telling:
    words: Words
    rules: Rules
    catalogue: Catalogue

    def about(self, obligation: str, step: str) -> Markup:
        words = self.words
        what = wording.what(words, self.rules, self.catalogue, obligation)
        why = wording.step(words, step, obligation)
        return join([what, words("({step})", step=why) if why else Markup()], " ")


def summary(told: Telling, first: date, last: date, letters: Sequence[Rehearsed]) -> list[Markup]:
    words = told.words
    head = words(
        "<b>Rehearsal from {first} to {last}</b>", first=words.day(first), last=words.day(last)
    )
    if not letters:
        nothing = words("Nobody would be sent anything in that time.")
        return [join([head, nothing])]
    people = len({(each.channel, each.address) for each in letters})
    count = words.plural(
        "{count} letter to {people}.",
        "{count} letters to {people}.",
        len(letters),
        people=words.plural("{count} person", "{count} people", people),
    )
    hint = words(
        "Nothing was sent. It is as things stand now, and as if nobody did anything until then. "
        "The file has the text of each letter."
    )
    shown = [_letter(told, each) for each in letters[:FIRST]]
    opening = words("<b>The first letters</b>")

    return paged([join([head, count, hint]), *_months(told, letters), opening, *shown], "\n\n")


def _months(told: Telling, letters: Sequence[Rehearsed]) -> list[Markup]:
    """A paragraph for each month, a line for each step; a letter may speak of several."""
    words = told.words
    months: dict[str, list[Rehearsed]] = {}
    for each in letters:
        months.setdefault(f"{local_date(each.at):%m/%Y}", []).append(each)
    parts = []
    for month, within in months.items():
        count = words.plural("{count} letter", "{count} letters", len(within))
        head = words("<b>Month {month}: {count}</b>", month=month, count=count)
        steps = Counter(about for each in within for about in each.about)
        lines = [
            words("• {about}: {count}", about=told.about(*about), count=words.number(times))
            for about, times in steps.items()
        ]
        parts.append(join([head, *lines]))
    return parts


def _letter(told: Telling, each: Rehearsed) -> Markup:
    words = told.words
    head = words(
        "{moment}, to {name} ({agencies}):",
        moment=words.moment(each.at),
        name=each.name,
        agencies=", ".join(each.agencies),
    )
    return join([head, plain(each.text)])


def workbook(told: Telling, letters: Sequence[Rehearsed]) -> bytes:
    words = told.words
    headings = [
        words("When"),
        words("To whom"),
        words("Agency"),
        words("On account of"),
        words("Text"),
    ]
    rows = (
        (
            words.moment(each.at),
            each.name,
            ", ".join(each.agencies),
            unescape("; ".join(told.about(*about) for about in each.about)),
            each.text,
        )
        for each in letters
    )
    return sheets.sheet(unescape(words("Reminders to come")), headings, rows)
