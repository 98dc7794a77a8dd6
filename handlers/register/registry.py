"""What the conversations about the facility register have in common, for one person and moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session

from handlers.commands import ADMIN, FOCAL, OFFICIAL
from handlers.language import Words
from handlers.lookup import Lookup
from handlers.routing import Reply
from handlers.talk import Link, Talk
from plan import facilities
from plan.catalogue import Catalogue
from plan.facilities import Category
from storage.agencies import Agencies, NamedAgency
from storage.facilities import Facilities
from storage.people import Member

COMMAND = "danhmuc"
FILE, CONFIRM = "register.file", "register.confirm"
OURS = (FILE, CONFIRM)
DISTRICT = "district"


@dataclass(frozen=True)
class Registry:
    talk: Talk
    words: Words
    member: Member
    lookup: Lookup
    agencies: Agencies
    catalogue: Catalogue
    now: datetime
    today: date

    @property
    def session(self) -> Session:
        return self.agencies.session

    @property
    def facilities(self) -> Facilities:
        return Facilities(self.session)

    @cached_property
    def categories(self) -> Sequence[Category]:
        return facilities.categories(self.catalogue)

    @property
    def may_change(self) -> bool:
        return self.member.may(ADMIN)

    @property
    def sees_all(self) -> bool:
        return self.member.may(OFFICIAL, ADMIN)

    @property
    def reports(self) -> bool:
        return self.member.may(FOCAL)

    def named(self, key: str) -> str:
        """A category by its key; the key itself where the plan has it no more."""
        return next((each.name for each in self.categories if each.key == key), key)

    @cached_property
    def sample(self) -> tuple[NamedAgency, Category]:
        """An agency and something that it reports on, for examples; the first of all otherwise."""
        known = self.agencies.on(self.today)
        lasting = [each for each in self.categories if each.ends_on is None]
        for agency in [each for each in known if each.kind == DISTRICT]:
            codes = self.agencies.duties(agency.id, self.today).reports
            for category in lasting:
                if set(category.codes) & set(codes):
                    return agency, category
        return known[0], lasting[0]

    def waiting(self) -> Mapping[str, Any] | None:
        """To be kept behind a question of ours; of two of ours, what is behind both."""
        if self.talk.step in OURS:
            behind: Mapping[str, Any] | None = self.talk.data.get("aside")
            return behind
        return self.talk.set_aside()

    def say(self, text: str, *links: Link) -> list[Reply]:
        """Nothing is asked: a question that is open comes again."""
        return [self.talk.say(text, links), *self.talk.ask_again()]

    def finish(self, text: str, *links: Link) -> list[Reply]:
        """Our question is answered; what was open before it comes again."""
        if self.talk.step in OURS:
            self.talk.take_up(self.talk.data.get("aside"))
        return self.say(text, *links)
