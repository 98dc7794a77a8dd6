"""What one person has come about, at one moment: a dialogue put in between of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from handlers.commands import Command
from handlers.language import Markup, Words
from handlers.lookup import Lookup
from handlers.routing import Reply
from handlers.talk import Link, Option, Talk
from plan.deadlines import Deadline
from plan.reminding.rules import Rules
from storage.agencies import Agencies, NamedAgency
from storage.easings import Easings
from storage.people import Member, People
from storage.reports import Reports

TOPICS = (
    *("tamhoan", "xingiahan", "giahan", "tatnhac", "uyquyen", "bangiao", "xungho"),
    *("duyet", "giaitrinh", "hoilai", "nhapthay", "chotnam", "thoivai"),
)
"""The first parts of the steps of these dialogues: they are called as their commands."""


@dataclass(frozen=True, slots=True)
class Errand:
    talk: Talk
    words: Words
    member: Member
    lookup: Lookup
    people: People
    agencies: Agencies
    reports: Reports
    rules: Rules
    now: datetime
    today: date
    command: Command | None = None

    @property
    def session(self) -> Session:
        return self.people.session

    def named(self, agency_id: str) -> NamedAgency:
        return self.agencies.named(agency_id, self.today)

    def deadline(self, agency_id: str) -> Deadline:
        """Of this year's report, with the agency's extension."""
        granted = Easings(self.session).extended_until(agency_id, self.today.year)
        return self.rules.deadline(self.today.year, granted)

    def waiting(self) -> Mapping[str, Any] | None:
        """To be kept behind the question about to be asked; of two of ours, what is behind both."""
        if self._within:
            behind: Mapping[str, Any] | None = self.talk.data.get("aside")
            return behind
        return self.talk.set_aside()

    def ask(
        self,
        step: str,
        text: str,
        options: Sequence[Option],
        kept: Mapping[str, Any],
        *,
        told: Markup | None = None,
        numbered: bool = False,
    ) -> list[Reply]:
        """With what was wrong before it, if anything was; what was open before waits behind it."""
        data = {**kept, "aside": self.waiting()}
        asked = self.talk.ask(step, text, options, numbered=numbered, data=data)
        return [self.talk.say(told), asked] if told else [asked]

    def kept(self, *names: str) -> dict[str, Any]:
        """What the open question has of these, to be handed on to the next."""
        return {name: self.talk.data[name] for name in names if name in self.talk.data}

    def say(self, text: str, *links: Link) -> list[Reply]:
        """Nothing is asked: a question that is open comes again."""
        return [self.talk.say(text, links), *self.talk.ask_again()]

    def finish(self, text: str, *links: Link) -> list[Reply]:
        """The dialogue is over: what it has come to, and then what was open before.

        What was done by a command, outside the dialogue, ends nothing.
        """
        self.end()
        return self.say(text, *links)

    def end(self) -> None:
        answered = self.command is None or self.command.name == "huy"
        if answered and self._within:
            self.talk.take_up(self.talk.data.get("aside"))

    @property
    def _within(self) -> bool:
        return (self.talk.step or "").partition(".")[0] in TOPICS
