"""`/start`: an invitation is opened, the privacy notice is agreed to, a role begins."""

from collections.abc import Mapping
from datetime import datetime

from aiogram import Router

from handlers import menu
from handlers.commands import ADMIN, ROLES, Command
from handlers.data import names
from handlers.joining import NOTICE_VERSION, Joining, role_name
from handlers.language import Markup, Words, join
from handlers.routing import Asked, At, Chose, Open, Pressed, Replies, say
from handlers.services import Services
from handlers.talk import FREE, Option, Talk, Turn
from plan.calendars import local_date
from storage.agencies import Agencies
from storage.invites import Invites
from storage.knocks import Knocks
from storage.people import Member

CONFIRM, CONSENT, NAME = "start.confirm", "start.consent", "start.name"


def open_invite(
    command: Command,
    talk: Talk,
    words: Words,
    invites: Invites,
    knocks: Knocks,
    agencies: Agencies,
    services: Services,
    member: Member | None,
    now: datetime,
) -> Replies:
    """Every wrong token gets the same answer, and no agency is named to a stranger."""
    if not command.argument:
        return _without_invite(talk, words, services, member, knocks)
    if later := knocks.guess_again_at(talk.turn.channel, talk.turn.address, now):
        return _refuse(talk, words, later)
    invite = invites.usable(command.argument, now)
    agency = agencies.find(invite.agency_id, local_date(now)) if invite else None
    if invite is None or agency is None:
        knocks.guessed(talk.turn.channel, talk.turn.address, now)
        return _refuse(talk, words)
    question = words(
        "You are invited to be the <b>{role}</b> of <b>{agency}</b>. Is that right?",
        role=role_name(words, invite.role),
        agency=agency.name,
    )
    options = [
        Option("yes", words("That is right"), words("yes|ok|correct")),
        Option("no", words("Not me"), words("no|wrong")),
    ]
    data = {"invite": invite.token_hash, "agency": invite.agency_id, "role": invite.role}
    return talk.ask(CONFIRM, question, options, data=data | {"aside": _aside(talk)})


def _refuse(talk: Talk, words: Words, later: datetime | None = None) -> Replies:
    """`later`: the link was not even looked at, and may be tried again then."""
    told = words(
        "This invitation link is not valid, has been used or has expired. "
        "Please ask the standing agency for a new link."
    )
    wait = (
        words("A link can be tried again from {time}.", time=words.moment(later)) if later else ""
    )
    return [talk.say(join([told, wait], " ")), *talk.ask_again()]


def _aside(talk: Talk) -> object:
    """What was open before, for who holds a role already; of two invitations, before both."""
    ours = talk.step in {CONFIRM, CONSENT, NAME}
    return talk.data.get("aside") if ours else talk.set_aside()


def _without_invite(
    talk: Talk, words: Words, services: Services, member: Member | None, knocks: Knocks
) -> Replies:
    if talk.turn.address in services.admins and not (member and member.may(ADMIN)):
        standing = next(agency for agency in services.catalogue.agencies if agency.standing)
        data = {"invite": "", "agency": standing.id, "role": ADMIN, "aside": _aside(talk)}
        return ask_consent(talk, words, services, data)
    if member is None or not member.may(*ROLES):
        return menu.refuse_stranger(talk, words, knocks)
    return menu.show_menu(talk, words, member)


def accept(
    talk: Talk, words: Words, services: Services, member: Member | None, joining: Joining
) -> Replies:
    """Who has agreed to this very notice before is not asked again for a second role."""
    if member is not None and member.consented and member.consent_version == NOTICE_VERSION:
        return joining.join(member.full_name)
    return ask_consent(talk, words, services, talk.data)


def ask_consent(
    talk: Talk, words: Words, services: Services, data: Mapping[str, object]
) -> Replies:
    """Agreeing and declining look alike and neither is the default (Law 91/2025/QH15)."""
    options = [
        Option("agree", words("I agree"), words("agree")),
        Option("decline", words("I do not agree"), words("do not agree")),
    ]
    return talk.ask(CONSENT, _notice(words, services), options, data=data)


def _notice(words: Words, services: Services) -> Markup:
    return join(
        [
            words("<b>Privacy notice</b>"),
            words("Controller: {controller}.", controller=services.controller),
            words(
                "Data kept: your full name, your number on this chat application, your agency and "
                "role; the answers, texts, photos and files you send, and when you sent them."
            ),
            words(
                "Purpose: reminding and collecting figures for the City's plan for lifelong "
                "learning. Nothing else is collected; the data are not passed on for other ends."
            ),
            words(
                "You may ask at any time to see, correct or delete your personal data or to "
                "withdraw consent; figures already reported for the agency remain."
            ),
            words("Telegram's servers are abroad. Do not send classified content here."),
            words("Do you agree that your data are processed in this way?"),
        ],
        "\n\n",
    )


def decline(talk: Talk, words: Words) -> Replies:
    told = words(
        "No role has been recorded for you. You can open the invitation link again at any time."
    )
    talk.take_up(talk.data.get("aside"))
    return [talk.say(told), *talk.ask_again()]


def ask_name(talk: Talk, turn: Turn, words: Words) -> Replies:
    """Profiles bear nicknames; the record of who reported wants a name, surname first."""
    question = words(
        "Please type your full name, surname first, as it should stand in the records, "
        "or keep the name of your profile."
    )
    options = [Option("profile", turn.full_name[: names.LONGEST])]
    return talk.ask(NAME, question, options, data={**talk.data, FREE: True, "agreed": True})


def read_name(
    turn: Turn, talk: Talk, words: Words, chosen: str | None, joining: Joining
) -> Replies:
    name = turn.full_name[: names.LONGEST] if chosen else " ".join(turn.text.split())
    if not chosen and (refusal := names.refused(words, name)):
        return talk.say(refusal)
    return joining.join(name)


def build_router() -> Router:
    router = Router(name="start")
    dialogue = At(CONFIRM, CONSENT, NAME)
    say(router, open_invite, Asked("start"))
    say(router, menu.tell_closed, dialogue, Pressed())
    say(router, decline, Open(CONFIRM, CONSENT, NAME), Asked("huy"))
    say(router, accept, At(CONFIRM), Chose("yes"))
    say(router, decline, At(CONFIRM), Chose("no"))
    say(router, ask_name, At(CONSENT), Chose("agree"))
    say(router, read_name, At(NAME))
    say(router, decline, At(CONSENT), Chose("decline"))
    say(router, menu.answer_anything, dialogue)
    return router
