"""Who may take a focal point's place: known in the agency already, or to be invited for it."""

from dataclasses import dataclass

from aiogram.methods import SendMessage

from handlers.commands import FOCAL
from handlers.language import Markup, Words, join
from handlers.reminding.errand import Errand
from handlers.services import Services
from handlers.talk import Link, Option
from storage.invites import Invites
from storage.tables import Invite

INVITE = "invite"


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Of one agency, but for the person who asks."""

    errand: Errand
    agency_id: str

    def all(self) -> list[tuple[int, str]]:
        return self.errand.people.colleagues(self.agency_id, self.errand.member.person_id)

    def options(self) -> list[Option]:
        """By full name; the given name is enough where nobody else bears it."""
        found = self.all()
        given = [name.split()[-1] for _, name in found]
        alone = [name if given.count(name) == 1 else "" for name in given]
        return [
            Option(str(each[0]), each[1], also) for each, also in zip(found, alone, strict=True)
        ]

    def meant(self, said: str) -> tuple[int, str] | None:
        key = next((each.key for each in self.options() if each.means(said)), None)
        return self.known(key) if key else None

    def known(self, key: str) -> tuple[int, str] | None:
        """Asked again at the last moment: they may have left meanwhile."""
        return next((each for each in self.all() if str(each[0]) == key), None)

    def pending(self, purpose: str) -> list[Invite]:
        """Links of this person's that nobody has taken up yet."""
        errand = self.errand
        found = Invites(errand.session).pending(errand.member.person_id, purpose, errand.now)
        return [each for each in found if each.agency_id == self.agency_id]

    def invite(self, purpose: str, services: Services, command: str) -> SendMessage:
        """A message to be forwarded, with a link for one colleague; earlier ones end with it."""
        errand, invites = self.errand, Invites(self.errand.session)
        self.revoke(purpose)
        # Twice as long as what guards a button: it opens a role to whoever has it.
        secret = services.new_token() + services.new_token()
        by = errand.member.person_id
        made = invites.create(secret, self.agency_id, FOCAL, errand.now, by=by, purpose=purpose)
        agency = errand.named(self.agency_id).name
        told = _invitation(errand.words, made, agency, errand.member.full_name)
        how = _how(errand.words, secret, services.username)
        # What has a button is no part of another message; forwarded, it loses its button.
        undo = Link(errand.words("Withdraw the invitation"), f"{command} {self.agency_id} rut")
        return errand.talk.say(join([told, how], "\n\n"), [undo])

    def revoke(self, purpose: str) -> int:
        found = self.pending(purpose)
        for each in found:
            Invites(self.errand.session).revoke(each, self.errand.now)
        return len(found)


def _invitation(words: Words, invite: Invite, agency: str, name: str) -> Markup:
    return words(
        "{name} invites you to be a reporting focal point of {agency}. The invitation is for you "
        "alone, can be used once, and ends at {time}.",
        name=name,
        agency=agency,
        time=words.moment(invite.expires_at),
    )


def _how(words: Words, secret: str, username: str) -> Markup:
    """The link where the bot knows its own name; who forwards the message shows the bot anyway."""
    typed = words("In the chat with this system, type: /start {token}", token=secret)
    if not username:
        return typed
    link = f"https://t.me/{username}?start={secret}"
    return join([words("Open this link: {link}", link=link), typed])
