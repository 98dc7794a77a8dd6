"""Notices on their way out: what leaves for one receiver, and samples for those who write them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

from aiogram.methods import DeleteMessage
from sqlmodel import Session

from handlers.broadcast import rendering
from handlers.broadcast.rendering import Marked, Method, Receiver, Sent
from handlers.language import Words
from plan.calendars import local_date
from plan.notices.texts import BELOW, places, units
from plan.reminding.rules import Rules
from storage.agencies import Agencies, NamedAgency
from storage.broadcasts import Broadcasts, Content
from storage.easings import Easings
from storage.outbox import Letter
from storage.people import Member, People
from storage.recipients import Recipients
from storage.templates import Templates

KIND, SAMPLE = "broadcast", "sample"
KNOWN_MOST = 20
OF_AGENCY = {"don_vi", "de_nghi"}
TEMPLATED = ("text", "entities", "media", "media_id", "link_label", "link_url")
RECALLED_WITHIN = timedelta(hours=48)
"""How long Telegram lets a bot take a message back."""


@dataclass(frozen=True, slots=True)
class Known:
    """A notice on its way, which is changed no more: read once for all its letters."""

    content: Content
    filled: bool
    """Whether each receiver's letter says something else."""
    made: dict[str, Sent] = field(default_factory=dict)
    """By language: with its buttons, and with its words as they were written."""


@dataclass(frozen=True, slots=True)
class Notices:
    """For one round of letters: what it has looked up is true until the round ends."""

    session: Session
    rules: Rules
    now: datetime
    known: dict[int, Known]
    agencies: dict[str, NamedAgency | None] = field(default_factory=dict)
    deadlines: dict[tuple[str | None, str], str] = field(default_factory=dict)

    def letter(self, letter: Letter, member: Member | None, words: Words) -> Method | str:
        """The message, or why nothing is sent to this one."""
        if member is None or letter.broadcast_id is None:
            return "nobody to write to"
        known = self._known(letter.broadcast_id)
        content = known.content
        if content.way in {"reply", "edit", "recall"}:
            return self._following(content, letter, member, words)
        if content.kind == "campaign" and member.mutes_campaigns:
            return "muted"
        message = self._made(known, words)
        if not known.filled:
            return message
        said = self.said(words, content, self.receiver(words, content, member, letter.agency_id))
        return rendering.reworded(message, said)

    def _known(self, number: int) -> Known:
        if number not in self.known:
            if len(self.known) >= KNOWN_MOST:
                self.known.clear()
            content = Broadcasts(self.session).content(number)
            self.known[number] = Known(content, bool(places(content.text)))
        return self.known[number]

    def _made(self, known: Known, words: Words) -> Sent:
        content = known.content
        if words.locale not in known.made:
            said = rendering.whole(words, content, (content.text, content.entities))
            keyboard = rendering.buttons(words, content, answers=True)
            known.made[words.locale] = rendering.sent(content, said, keyboard)
        return known.made[words.locale]

    def sample(self, member: Member, words: Words, wanted: Mapping[str, Any]) -> Sent | str:
        """As somebody will get it, shown to who writes it; without a person, as a test to them."""
        if "template" in wanted:
            return self._template(member, words, wanted["template"])
        content = Broadcasts(self.session).content(wanted["broadcast"])
        person_id, agency_id = wanted.get("person"), wanted.get("agency")
        if person_id is None:
            receiver = self.receiver(words, content, member, agency_id)
            title = words("For your agreement") if wanted.get("draft") else words("Test copy")
        else:
            person = People(self.session).known(person_id)
            if person is None:
                return "nobody to show"
            name, form = person
            receiver = self._as(words, content, name, form, agency_id, named_anyway=True)
            title = words("As {name} ({agency}) gets it", name=name, agency=receiver.agency)
        said = self.said(words, content, receiver, title=unescape(title))
        if units(said[0]) > rendering.most(content):
            said = self.said(words, content, receiver)
        message = rendering.sent(content, said, rendering.buttons(words, content, answers=False))
        return message.model_copy(update={"chat_id": member.address})

    def _template(self, member: Member, words: Words, day_id: str) -> Sent | str:
        """With its placeholders, as it was written."""
        template = Templates(self.session).of(day_id)
        if template is None:
            return "no template"
        kept = {name: getattr(template, name) for name in TEMPLATED}
        content = Content(id=0, kind="campaign", way="", follows=None, **kept)
        message = rendering.sent(
            content,
            (content.text, content.entities),
            rendering.buttons(words, content, answers=False),
        )
        return message.model_copy(update={"chat_id": member.address})

    def said(self, words: Words, content: Content, receiver: Receiver, title: str = "") -> Marked:
        body = rendering.filled(content, rendering.values(words, receiver))
        return rendering.whole(words, content, body, title=title)

    def receiver(
        self, words: Words, content: Content, member: Member, agency_id: str | None
    ) -> Receiver:
        agency_id = agency_id or member.agency_as("focal", "official", "admin")
        return self._as(words, content, member.full_name, member.address_form, agency_id)

    def _as(
        self,
        words: Words,
        content: Content,
        name: str,
        form: str,
        agency_id: str | None,
        *,
        named_anyway: bool = False,
    ) -> Receiver:
        today, wanted = local_date(self.now), places(content.text)
        # Each letter of ten thousand asks only for what its words need.
        named = named_anyway or wanted & OF_AGENCY
        agency = self._agency(agency_id, today) if agency_id and named else None
        deadline = self._deadline(words, agency_id) if "han" in wanted else ""
        below = agency is not None and agency.kind in BELOW
        return Receiver(name, form, agency.short if agency else "", deadline, below)

    def _agency(self, agency_id: str, today: date) -> NamedAgency | None:
        if agency_id not in self.agencies:
            self.agencies[agency_id] = Agencies(self.session).find(agency_id, today)
        return self.agencies[agency_id]

    def _deadline(self, words: Words, agency_id: str | None) -> str:
        """Of this year's report: with the agency's own extension."""
        key = agency_id, words.locale
        if key not in self.deadlines:
            year = local_date(self.now).year
            until = Easings(self.session).extended_until(agency_id, year) if agency_id else None
            day = words.weekday(self.rules.deadline(year, until).last_day)
            self.deadlines[key] = unescape(words("the end of {day}", day=day))
        return self.deadlines[key]

    def _following(
        self, content: Content, letter: Letter, member: Member, words: Words
    ) -> Method | str:
        """About the message of an earlier notice, where this person got it."""
        earlier = Recipients(self.session).delivered(content.follows or 0, member.person_id)
        if earlier is None:
            return "never arrived"
        message_id, sent_at = earlier
        if content.way == "recall":
            if self.now - sent_at > RECALLED_WITHIN:
                return "too old"
            return DeleteMessage(chat_id=0, message_id=message_id)
        said = self.said(words, content, self.receiver(words, content, member, letter.agency_id))
        if content.way == "reply":
            return rendering.sent(content, said, None, reply_to=message_id)
        keyboard = rendering.buttons(words, content, answers=True)
        return rendering.edited(content, said, keyboard, message_id)
