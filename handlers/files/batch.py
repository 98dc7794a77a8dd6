"""Answers that come together, each with its code: understood, unclear, or refused."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.language import Markup, Words
from handlers.report.buttons import STATUSES, status_name, status_options
from handlers.report.drafts import Draft, indicator_of
from handlers.report.interview import Interview
from handlers.report.misreadings import explain
from handlers.report.pending import Answer
from handlers.report.pending import packed as packed_answer
from handlers.report.pending import unpacked as unpacked_answer
from handlers.report.reasons import REASON_MOST
from handlers.report.statuses import NOTE_MOST
from plan.answers import (
    Ask,
    Count,
    Kind,
    NoData,
    NoObject,
    NotApplicable,
    Reading,
    Refuse,
    Share,
    Unreadable,
    Value,
)
from plan.answers import read as read_answer
from plan.catalogue import Indicator, Unit

STATUS = "status"
SHOWN = 60
TELLING = re.compile(r"\s*[:;,–]\s*|\s+-\s+")
"""Between a status and what is told about it: "vướng mắc: thiếu kinh phí"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer that was understood: a figure, or the status of a task by its key."""

    code: str
    given: Answer | str
    said: str
    note: str = ""
    estimate: bool = False

    def packed(self) -> list[Any]:
        given = [STATUS, self.given] if isinstance(self.given, str) else packed_answer(self.given)
        return [self.code, given, self.said, self.note, self.estimate]


def unpacked(packed: list[Any]) -> Entry:
    code, given, said, note, estimate = packed
    answer = given[1] if given[0] == STATUS else unpacked_answer(given)
    return Entry(code, answer, said, note, estimate)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stood, the code before it, and the words it was given in."""

    name: Markup
    code: str
    said: str


@dataclass(slots=True)
class Batch:
    """What came together. Why something is not taken is put into words already."""

    words: Words
    entries: dict[str, Entry] = field(default_factory=dict)
    unsure: list[Markup] = field(default_factory=list)
    refused: list[Markup] = field(default_factory=list)
    notices: list[Markup] = field(default_factory=list)
    clashing: set[str] = field(default_factory=set)

    def take(self, place: Place, given: Answer | str, note: str = "", **more: bool) -> None:
        """Of different answers to one question none is taken."""
        words, entry = self.words, Entry(place.code, given, place.said, note, **more)
        most = NOTE_MOST if isinstance(given, str) else REASON_MOST
        if len(note) > most:
            why = words(
                "the note has {length} characters, {most} is the most.",
                length=words.number(len(note)),
                most=words.number(most),
            )
            self.refuse(place, why)
        elif self._clashes(entry):
            self.entries.pop(entry.code, None)
            self.clashing.add(entry.code)
            why = words("{code} has different answers.", code=entry.code)
            self.unsure.append(self._quoted(place, why))
        else:
            self.entries[entry.code] = entry

    def _clashes(self, entry: Entry) -> bool:
        other = self.entries.get(entry.code, entry)
        return entry.code in self.clashing or replace(other, said=entry.said) != entry

    def refuse(self, place: Place, why: Markup) -> None:
        self.refused.append(self._quoted(place, why))

    def line(self, place: Place, why: Markup) -> Markup:
        """With words that quote what was said themselves."""
        return self.words("• {place} – {why}", place=place.name, why=why)

    def _quoted(self, place: Place, why: Markup) -> Markup:
        said = place.said[:SHOWN]
        return self.words("• {place} “{said}”: {why}", place=place.name, said=said, why=why)


def read(interview: Interview, draft: Draft, batch: Batch, place: Place, text: str) -> None:
    """What was typed after a code, as the question with that code would read it."""
    indicator = indicator_of(interview.catalogue, place.code)
    if place.code not in draft.codes:
        refuse_code(batch, place)
    elif indicator is None:
        read_status(batch, place, text)
    else:
        on, year = interview.today, draft.report.year
        reading = read_answer(kind_of(indicator), text, today=on, year=year)
        judge(batch, place, indicator, reading, text)


def kind_of(indicator: Indicator) -> Kind:
    return Kind.SHARE if indicator.unit is Unit.SHARE else Kind.VISITS


def refuse_code(batch: Batch, place: Place) -> None:
    told = batch.words("There is no question “{code}” in your report.", code=place.code[:20])
    batch.refuse(place, told)


def judge(
    batch: Batch,
    place: Place,
    indicator: Indicator,
    reading: Reading,
    said: str,
    note: str = "",
) -> None:
    """Takes what is certain; what is unclear waits for its own question."""
    match reading:
        case Value((Share() | Count()) as given, estimate=estimate):
            batch.take(place, given, note, estimate=estimate)
        case (NoData() | NoObject() | NotApplicable()) as given:
            batch.take(place, given, note)
        case Refuse() | Unreadable():
            why = explain(batch.words, reading, said, indicator)
            batch.refused.append(batch.line(place, why))
        case _:
            # Also "bỏ qua" or "mai gửi": that is about the conversation, and no answer.
            problem = reading if isinstance(reading, Ask) else Ask((), "unsure")
            why = explain(batch.words, problem, said, indicator)
            batch.unsure.append(batch.line(place, why))


def read_status(batch: Batch, place: Place, text: str, note: str = "") -> None:
    """A status by its label or any word for it; what follows tells about the difficulty."""
    words = batch.words
    heads = [(text, note)]
    heads += [(text[: at.start()], text[at.end() :]) for at in TELLING.finditer(text) if not note]
    for head, told in heads:
        for option in status_options(words):
            if option.means(head):
                batch.take(place, option.key, told)
                return
    names = ", ".join(status_name(words, status) for status in STATUSES)
    batch.refuse(
        place,
        words(
            "this is no status of a task ({names}). For example: {example}",
            names=names,
            example=status_name(words, "done"),
        ),
    )
