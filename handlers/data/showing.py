"""`/dulieucuatoi`: what is held about whoever asks, in words and as a file."""

from datetime import datetime

from aiogram import Router

from handlers.commands import Command
from handlers.data import correcting, exported, held
from handlers.files.parcels import Parcel
from handlers.language import Words
from handlers.report.promises import KIND
from handlers.routing import Asked, Replies, say
from handlers.services import Services
from handlers.talk import Link, Talk
from plan.answers import fold
from storage.agencies import Agencies
from storage.holdings import Holdings
from storage.knocks import Knocks
from storage.outbox import Outbox
from storage.people import Member, People
from storage.requests import VIEW, Requests

NAMING = {"ten", "name"}


def answer(
    command: Command,
    talk: Talk,
    words: Words,
    member: Member | None,
    people: People,
    requests: Requests,
    holdings: Holdings,
    agencies: Agencies,
    outbox: Outbox,
    knocks: Knocks,
    services: Services,
    now: datetime,
) -> Replies:
    if member is None:
        return _tell_stranger(talk, words, requests, knocks, services.controller)
    first, _, rest = command.argument.partition(" ")
    if fold(first) in NAMING:
        return correcting.begin(rest, talk, words, member, people, requests)
    requests.answered(VIEW, member.person_id, member.channel, now)
    found = held.Held(
        words,
        member,
        holdings.person(member.person_id),
        holdings.account(member.person_id, member.channel, member.address),
        len(outbox.waiting(KIND, member.channel, member.address)),
        requests.open_erasure(member.person_id),
        agencies,
        services.controller,
    )
    links = [
        Link(words("Correct my name"), "dulieucuatoi ten"),
        Link(words("Delete my data"), "xoadulieu"),
    ]
    file = Parcel(member.address, exported.PARCEL, {})
    return [*talk.pages(found.told(), links), file, *talk.ask_again()]


def _tell_stranger(
    talk: Talk, words: Words, requests: Requests, knocks: Knocks, controller: str
) -> Replies:
    """Once a minute, like everything a stranger is told."""
    turn = talk.turn
    if not knocks.turn_away(turn.channel, turn.address, talk.now, kind=VIEW):
        return []
    requests.answered(VIEW, None, turn.channel, talk.now)
    told = held.of_stranger(words, turn.address, controller)
    return [talk.say(told), *talk.ask_again()]


def build_router() -> Router:
    router = Router(name="own data")
    say(router, answer, Asked("dulieucuatoi"))
    return router
