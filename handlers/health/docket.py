"""A list of matters that await an admin: look at one or at a group, decide on one or on all."""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Generic, TypeVar

from aiogram import Router

from handlers.commands import ADMIN
from handlers.health.matters import Matters
from handlers.language import Markup, Words, join
from handlers.routing import Asked, At, Chose, May, Replies, say
from handlers.talk import Option
from plan.answers import fold

T = TypeVar("T")

TOPICS = ("unknown", "failed", "dead")
"""The first part of the steps of these lists."""
PAGE = 4
"""Entries shown at once: with the decisions on them that makes eight buttons."""
NUMBERS = re.compile(r"[0-9]+(?: [0-9]+)*")


@dataclass(frozen=True, slots=True)
class Verb:
    """What can be decided. `one` is also what is typed before a number: "gửi lại 1"."""

    key: str
    one: str
    every: str
    also: str
    asked: Markup
    """What is asked before it is done to more than one."""


class Docket(ABC, Generic[T]):
    """A decision is about exactly those matters that were shown: what came since is not touched."""

    topic: ClassVar[str]

    def __init__(self, matters: Matters) -> None:
        self.matters = matters
        self.talk, self.words = matters.talk, matters.words

    @abstractmethod
    def read(self, refs: Collection[int] | None) -> Sequence[T]:
        """All that await a decision, or those of these that still do. Newest first."""

    @abstractmethod
    def ref(self, matter: T) -> int: ...

    @abstractmethod
    def kind(self, matter: T) -> Hashable:
        """The same for those that are shown, and decided on, together."""

    @abstractmethod
    def label(self, alike: Sequence[T]) -> str: ...

    @abstractmethod
    def tell(self, alike: Sequence[T]) -> Markup: ...

    @abstractmethod
    def heading(self, count: int) -> Markup: ...

    @abstractmethod
    def verbs(self, count: int) -> Sequence[Verb]: ...

    @abstractmethod
    def possible(self, verb: str, matters: Sequence[T]) -> bool: ...

    @abstractmethod
    def act(self, verb: str, refs: Sequence[int]) -> Markup:
        """Does it, and says to how many it was done and why not to the others."""

    def show(self, refs: Sequence[int] | None = None, page: int = 0, news: str = "") -> Replies:
        """The whole list, those alike together; or each of some by itself."""
        groups = self._groups(refs)
        if not groups and refs is not None:
            return self.show(news=news)
        if not groups:
            return self._leave(join([Markup(news), self.heading(0)], "\n\n"))
        page = page if page * PAGE < len(groups) else 0
        shown = groups[page * PAGE :][:PAGE]
        rest = len(groups) - page * PAGE - len(shown)
        every = list(chain.from_iterable(groups))
        parts = [Markup(news), self.heading(len(every)), self._lines(shown, rest)]
        options = [*self._looks(shown, len(every)), *self._decisions(every)]
        if rest:
            options.append(Option("next", self.words("Show more"), self.words("more|next")))
        data = {
            "refs": refs,
            "page": page,
            "shown": [[self.ref(matter) for matter in group] for group in shown],
            "all": [self.ref(matter) for matter in every],
            "aside": self._aside(),
        }
        return self.talk.ask(
            f"{self.topic}.list",
            join(parts, "\n\n"),
            [*options, self._way_out(refs)],
            numbered=True,
            data=data,
        )

    def answer(self, chosen: str | None) -> Replies:
        """At the list: an entry, a decision on all that is there, or "gửi lại 1 3" typed."""
        data = self.talk.data
        kind, _, rest = (chosen or self._typed()).partition(":")
        if kind == "later":
            return self._leave(self.words("Nothing was changed."))
        if kind in {"back", "next"}:
            page = data["page"] + 1 if kind == "next" else 0
            return self.show(data["refs"] if kind == "next" else None, page)
        if kind == "look":
            return self.show(data["shown"][int(rest)])
        if kind == "every":
            return self._decide(rest, data["all"])
        return self._some(kind, [int(number) for number in rest.split()])

    def confirmed(self, chosen: str) -> Replies:
        if chosen == "keep":
            return self.show(news=self.words("Nothing was changed."))
        data = self.talk.data
        return self.show(news=self.act(data["verb"], data["refs"]))

    def _groups(self, refs: Sequence[int] | None) -> list[list[T]]:
        groups: dict[Hashable, list[T]] = {}
        for matter in self.read(refs):
            key = self.kind(matter) if refs is None else self.ref(matter)
            groups.setdefault(key, []).append(matter)
        return list(groups.values())

    def _lines(self, shown: Sequence[Sequence[T]], rest: int) -> Markup:
        lines = [self.tell(group) for group in shown]
        if len(lines) > 1:
            lines = [Markup(f"{n}. {line}") for n, line in enumerate(lines, 1)]
        if rest:
            lines.append(self.words("… and {count} more", count=self.words.number(rest)))
        return join(lines)

    def _looks(self, shown: Sequence[Sequence[T]], count: int) -> list[Option]:
        """One that stands alone is before one's eyes already."""
        if count == 1:
            return []
        return [Option(f"look:{n}", self.label(group)) for n, group in enumerate(shown)]

    def _decisions(self, every: Sequence[T]) -> list[Option]:
        several = len(every) > 1
        return [
            Option(
                f"every:{verb.key}",
                verb.every if several else verb.one,
                f"{verb.one}|{verb.also}",
            )
            for verb in self.verbs(len(every))
            if self.possible(verb.key, every)
        ]

    def _way_out(self, refs: Sequence[int] | None) -> Option:
        if refs is None:
            return Option("later", self.words("Leave for later"), self.words("not now|leave"))
        return Option("back", self.words("Back"), self.words("go back"))

    def _typed(self) -> str:
        """`resend:1 3` for "gửi lại 1, 3"; empty for anything else."""
        said = fold(self.talk.turn.text).replace(",", " ")
        for verb in self.verbs(0):
            for way in (verb.one, *verb.also.split("|")):
                rest = " ".join(said.removeprefix(fold(way)).split())
                if said.startswith(fold(way)) and NUMBERS.fullmatch(rest):
                    return f"{verb.key}:{rest}"
        return ""

    def _some(self, verb: str, numbers: Sequence[int]) -> Replies:
        shown: list[list[int]] = self.talk.data["shown"]
        told = ""
        if not verb:
            told = self.words(
                "Sorry, I did not understand that. Please press a button or type its words."
            )
        elif not all(1 <= number <= len(shown) for number in numbers):
            told = self.words("There is no such number in the list.")
        if told:
            return [self.talk.say(told), *self.talk.ask_again()]
        chosen = [shown[number - 1] for number in sorted(set(numbers))]
        return self._decide(verb, list(chain.from_iterable(chosen)))

    def _decide(self, key: str, refs: Sequence[int]) -> Replies:
        if len(refs) == 1:
            return self.show(news=self.act(key, refs))
        [verb] = [each for each in self.verbs(len(refs)) if each.key == key]
        count = self.words.number(len(refs))
        label = self.words("{verb} ({count})", verb=verb.one, count=count)
        also = self.words("yes|ok|correct")
        options = [
            Option("do", label, f"{verb.one}|{verb.every}|{also}"),
            Option("keep", self.words("Change nothing"), self.words("no|go back")),
        ]
        data = {"verb": key, "refs": list(refs), "aside": self._aside()}
        return self.talk.ask(f"{self.topic}.confirm", verb.asked, options, data=data)

    def _ours(self) -> bool:
        return (self.talk.step or "").partition(".")[0] in TOPICS

    def _aside(self) -> object:
        """The question that was open before the first of these lists."""
        return self.talk.data["aside"] if self._ours() else self.talk.set_aside()

    def _leave(self, told: Markup) -> Replies:
        if self._ours():
            self.talk.take_up(self.talk.data["aside"])
        return [self.talk.say(told), *self.talk.ask_again()]


def retry_or_drop(words: Words, retrying: Markup, dropping: Markup) -> Sequence[Verb]:
    return [
        Verb("retry", words("Try again"), words("Try all again"), words("retry"), retrying),
        Verb("drop", words("Drop it"), words("Drop all"), words("drop"), dropping),
    ]


def converse(router: Router, docket: type[Docket[T]], command: str) -> None:
    """The conversation about one list. The role is asked after at each press."""

    def show_list(matters: Matters) -> Replies:
        return docket(matters).show()

    def take_decision(matters: Matters, chosen: str | None) -> Replies:
        return docket(matters).answer(chosen)

    def carry_out(matters: Matters, chosen: str) -> Replies:
        return docket(matters).confirmed(chosen)

    admin = May(ADMIN)
    say(router, show_list, admin, Asked(command))
    say(router, take_decision, admin, At(f"{docket.topic}.list"))
    say(router, carry_out, admin, At(f"{docket.topic}.confirm"), Chose())
