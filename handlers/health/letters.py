"""What `/khongro` and `/tindi` have in common: letters, and what became of a decision on them."""

import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.health.docket import Docket
from handlers.health.wording import shortened, what, whom
from handlers.language import Markup, join
from storage.unsettled import Unsettled

DECIDED = re.compile(r"(resent|accepted|retried|dropped) by person ([0-9]+)")
ANSWERS = {"reply", "workbook"}
"""Kinds that are sent whatever the hour; others leave in office hours."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a decision does to the letters: from which state to which, and its name in the log."""

    action: str
    before: str
    after: str
    do: Callable[[Sequence[int], int, datetime], list[int]]


class Letters(Docket[Unsettled]):
    again: str
    """The decision after which letters leave once more."""

    @abstractmethod
    def why(self, error: str) -> Markup: ...

    @abstractmethod
    def deeds(self) -> dict[str, Deed]: ...

    @abstractmethod
    def done(self, verb: str, count: int) -> Markup: ...

    def ref(self, matter: Unsettled) -> int:
        return matter.id

    def kind(self, matter: Unsettled) -> Hashable:
        return what(self.words, matter), self.why(matter.error), self._late(matter)

    def label(self, alike: Sequence[Unsettled]) -> str:
        first, words = alike[0], self.words
        if len(alike) == 1:
            name = shortened(first.full_name) or words("a stranger")
            return words("{what}: {name}", what=what(words, first), name=name)
        count = words.number(len(alike))
        return words("{what}: {count} letters", what=what(words, first), count=count)

    def tell(self, alike: Sequence[Unsettled]) -> Markup:
        first, words, count = alike[0], self.words, len(alike)
        told = words(
            "{what} – {who}, {time}: {why}",
            what=what(words, first),
            who=whom(self.matters, first)
            if count == 1
            else words.plural("{count} letter", "{count} letters", count),
            time=words.moment(first.at),
            why=self.why(first.error),
        )
        number = words("no. {n}", n=first.id) if count == 1 else ""
        late = words("too late to be sent") if self._late(first) else ""
        return join([told, *([late] if late else []), *([number] if number else [])], "; ")

    def possible(self, verb: str, matters: Sequence[Unsettled]) -> bool:
        return verb != self.again or not all(self._late(letter) for letter in matters)

    def act(self, verb: str, refs: Sequence[int]) -> Markup:
        deed, matters = self.deeds()[verb], self.matters
        awaiting = {letter.id: letter for letter in self.read(refs)}
        moved: list[int] = []
        for at in {self._leaves_at(letter) for letter in awaiting.values()}:
            ids = [id_ for id_, letter in awaiting.items() if self._leaves_at(letter) == at]
            moved += deed.do(ids, matters.member.person_id, at)
        matters.note(deed.action, moved, deed.before, deed.after)
        told = [self.done(verb, len(moved))] if moved else []
        if verb == self.again and moved:
            told.append(self._when(awaiting[moved[0]]))
        return join([*told, *self._left_alone(sorted({*refs} - {*moved}))])

    def _left_alone(self, refs: Sequence[int]) -> list[Markup]:
        """Why nothing was done to these."""
        words, told = self.words, []
        if late := len(self.read(refs)) if refs else 0:
            told.append(
                words.plural(
                    "{count} letter is too late to be sent; it was left as it is.",
                    "{count} letters are too late to be sent; they were left as they are.",
                    late,
                )
            )
        others = len(refs) - late
        fates = self.matters.letters.fates(refs)
        found = [DECIDED.fullmatch(fate.error) for fate in fates]
        deciders = Counter((each[1], int(each[2])) for each in found if each)
        for (verb, person_id), count in deciders.items():
            told.append(self._decided_before(verb, person_id, count))
        if rest := others - deciders.total():
            told.append(
                words.plural(
                    "{count} letter awaits no decision any more.",
                    "{count} letters await no decision any more.",
                    rest,
                )
            )
        return told

    def _decided_before(self, verb: str, person_id: int, count: int) -> Markup:
        words = self.words
        done = {
            "resent": words("sent again"),
            "accepted": words("taken as sent"),
            "retried": words("tried again"),
            "dropped": words("dropped"),
        }
        return words.plural(
            "{count} letter has been decided on already, by {name}: {done}.",
            "{count} letters have been decided on already, by {name}: {done}.",
            count,
            name=shortened(self.matters.people.name(person_id)),
            done=done[verb],
        )

    def _when(self, letter: Unsettled) -> Markup:
        at = self._leaves_at(letter)
        if at <= self.matters.now:
            return Markup()
        return self.words("It leaves in office hours, from {time}.", time=self.words.moment(at))

    def _leaves_at(self, letter: Unsettled) -> datetime:
        now = self.matters.now
        return now if letter.kind in ANSWERS else self.matters.calendar.next_office_moment(now)

    def _late(self, letter: Unsettled) -> bool:
        return letter.send_by_at is not None and letter.send_by_at < self._leaves_at(letter)
