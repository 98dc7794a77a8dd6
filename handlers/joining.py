"""A person takes on a role in an agency: by invitation, or as a first admin from the settings."""

from dataclasses import dataclass
from datetime import datetime

from handlers import commandmenu, menu
from handlers.language import Words
from handlers.reminding.successions import accepted
from handlers.routing import Replies, as_list
from handlers.talk import Talk
from plan.calendars import WorkingCalendar, local_date
from storage.agencies import Agencies
from storage.audit import Audit
from storage.invites import Invites
from storage.people import Member, People

NOTICE_VERSION = "2026-11-24"
"""Kept with each consent, so that one can tell which wording a person agreed to."""


@dataclass(frozen=True, slots=True)
class Joining:
    talk: Talk
    words: Words
    people: People
    invites: Invites
    agencies: Agencies
    admins: frozenset[str]
    calendar: WorkingCalendar
    now: datetime

    def join(self, full_name: str) -> Replies:
        """Consent, membership and the used-up invitation are one transaction."""
        talk, words, data = self.talk, self.words, self.talk.data
        talk.take_up(data.get("aside"))
        agency = self.agencies.find(data["agency"], local_date(self.now))
        if agency is None or not self._may(data["invite"]):
            told = words("This invitation has just been used by somebody else.")
            return [talk.say(told), *talk.ask_again()]
        member = self._enrol(full_name, **data)
        welcome = words(
            "Thank you, {name}. You are now the {role} of {agency}.",
            name=full_name,
            role=role_name(words, data["role"]),
            agency=agency.name,
        )
        return [
            talk.say(welcome),
            *as_list(menu.show_menu(talk, words, member)),
            commandmenu.menu_for(member, words),
        ]

    def _may(self, invite: str) -> bool:
        """Asked again at the last moment: the link may have been used, the settings changed."""
        if not invite:
            return self.talk.turn.address in self.admins
        return self.invites.open(invite, self.now) is not None

    def _enrol(
        self,
        full_name: str,
        *,
        invite: str,
        agency: str,
        role: str,
        agreed: bool = False,
        **_: object,
    ) -> Member:
        """`agreed`: the notice was shown just now, and agreed to."""
        turn = self.talk.turn
        person_id = self.people.welcome(turn.channel, turn.address, full_name, self.now)
        Audit(self.people.session).act_as(turn.channel, person_id)
        if invite and not self.invites.use(invite, person_id, self.now):
            # Taken by another replica between the two looks: roll everything back, try again.
            msg = "the invitation was used at the same moment"
            raise LookupError(msg)
        if agreed:
            self.people.consent(person_id, NOTICE_VERSION, self.now)
            self.people.rename(person_id, full_name, self.now)
        self.people.join(person_id, agency, role, self.now)
        if invite:
            made = self.invites.get(invite)
            accepted(self.people.session, made, person_id, self.calendar, self.now)
        member = self.people.at(turn.channel, turn.address)
        if member is None:
            msg = "a person who has just joined is not found"
            raise LookupError(msg)
        return member


def role_name(words: Words, role: str) -> str:
    names = {
        "focal": words("reporting focal point"),
        "official": words("reviewing official"),
        "admin": words("administrator"),
    }
    return names[role]
