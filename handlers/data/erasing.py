"""`/xoadulieu`: what goes and what stays; it is confirmed, and can be withdrawn until it is due.

Who holds no role has nothing to hand over: their data go at once.
"""

from datetime import datetime

from aiogram import Router

from handlers import menu
from handlers.commands import FOCAL
from handlers.data import aside, departures, names
from handlers.language import DEFAULT, Markup, Words, join, words_for
from handlers.routing import Asked, At, Chose, Open, Pressed, Replies, say
from handlers.services import Services
from handlers.talk import Option, Talk
from plan import retention
from storage.agencies import Agencies
from storage.erasure import Erasure
from storage.knocks import Knocks
from storage.outbox import Outbox
from storage.people import Member, People
from storage.requests import ERASE, Requests
from storage.tables import DataRequest

CONFIRM, WITHDRAW = "data.erase", "data.withdraw"


def begin(
    talk: Talk,
    words: Words,
    member: Member | None,
    people: People,
    requests: Requests,
    agencies: Agencies,
    knocks: Knocks,
    services: Services,
    now: datetime,
) -> Replies:
    if member is None:
        turn = talk.turn
        if not knocks.turn_away(turn.channel, turn.address, now, kind=ERASE):
            return []
        return _ask(talk, words, [_of_stranger(words, turn.address)])
    if request := requests.open_erasure(member.person_id):
        return _ask_withdrawal(talk, words, request)
    parts = [_goes(words), _stays(words, member)]
    if member.roles:
        due_at = retention.erased_at(now, services.calendar)
        parts += [_when(words, due_at), _alone(words, member, people, agencies, now)]
    if member.address in services.admins:
        parts.append(_configured(words))
    return _ask(talk, words, parts)


def _ask(talk: Talk, words: Words, parts: list[Markup]) -> Replies:
    question = words(
        "Delete your personal data? To confirm, press the button or type DELETE. To keep "
        "everything, type no."
    )
    options = [
        Option("erase", words("Delete"), words("delete all|delete my data")),
        Option("keep", words("Do not delete"), words("no|keep it")),
    ]
    data = {"aside": aside.kept(talk)}
    told = talk.pages([part for part in parts if part])
    return [*told, talk.ask(CONFIRM, question, options, data=data)]


def confirm(
    talk: Talk,
    words: Words,
    member: Member | None,
    people: People,
    requests: Requests,
    agencies: Agencies,
    outbox: Outbox,
    erasure: Erasure,
    services: Services,
    now: datetime,
) -> Replies:
    if member is None or not member.roles:
        return _erase(talk, words, member, requests, erasure)
    due_at = retention.erased_at(now, services.calendar)
    request = requests.file(ERASE, member.person_id, member.channel, now, due_at)
    text = departures.asked(request, member, people, agencies, now)
    departures.tell_admins("asked", request, text, member, people, outbox, now)
    talk.take_up(talk.data["aside"])
    told = words(
        "Your request no. {n} is recorded. Your data will be deleted at {time}, and you will be "
        "told. Until then everything works as before. To withdraw the request, type /xoadulieu.",
        n=request.id,
        time=words.moment(due_at),
    )
    return [talk.say(told), *talk.ask_again()]


def _erase(
    talk: Talk, words: Words, member: Member | None, requests: Requests, erasure: Erasure
) -> Replies:
    """At once. The question goes first: it is what is being answered."""
    turn, now = talk.turn, talk.now
    talk.close()
    person_id = member.person_id if member else None
    requests.answered(ERASE, person_id, turn.channel, now)
    if person_id is None:
        erasure.forget_chat(turn.channel, turn.address)
        return talk.say(departures.done_with_stranger(words))
    erasure.forget(person_id, names.nameless(words_for(DEFAULT), person_id), now)
    return [talk.say(departures.done(words)), departures.no_commands(turn.address)]


def withdraw(
    talk: Talk,
    words: Words,
    member: Member,
    people: People,
    requests: Requests,
    outbox: Outbox,
    now: datetime,
) -> Replies:
    talk.take_up(talk.data["aside"])
    request = requests.open_erasure(member.person_id)
    if request is None or not requests.withdraw(request, now):
        told = words("There is no request to withdraw.")
        return [talk.say(told), *talk.ask_again()]
    text = departures.withdrawn(request)
    departures.tell_admins("withdrawn", request, text, member, people, outbox, now)
    told = words(
        "The request no. {n} is withdrawn. Nothing has been deleted, your roles stay.", n=request.id
    )
    return [talk.say(told), *talk.ask_again()]


def keep(talk: Talk, words: Words) -> Replies:
    """Neither asked nor withdrawn: what was before stays so."""
    asked = talk.step == CONFIRM
    talk.take_up(talk.data["aside"])
    told = words("Nothing has been deleted.") if asked else words("The request stands.")
    return [talk.say(told), *talk.ask_again()]


def _ask_withdrawal(talk: Talk, words: Words, request: DataRequest) -> Replies:
    question = words(
        "You asked for deletion at {asked} (request no. {n}). It will be carried out at {time}. "
        "Do you want to withdraw the request?",
        asked=words.moment(request.asked_at),
        n=request.id,
        time=words.moment(request.due_at),
    )
    options = [
        Option("withdraw", words("Withdraw the request"), words("yes|withdraw")),
        Option("keep", words("Leave it as it is"), words("no|leave it")),
    ]
    return talk.ask(WITHDRAW, question, options, data={"aside": aside.kept(talk)})


def _goes(words: Words) -> Markup:
    return join(
        [
            words("<b>Deleting your personal data</b>"),
            words(
                "This also withdraws your consent and ends your roles. Deleted: your name, your "
                "number on Telegram, the words you typed as answers, your own reminders, the open "
                "question, and the messages between you and the system."
            ),
        ]
    )


def _stays(words: Words, member: Member) -> Markup:
    return join(
        [
            words(
                "What was reported for your agency stays with it: figures, statuses, reasons, "
                "texts and evidence. In place of your name stands “{name}”; the log of changes "
                "has that number only, and it leads to nobody.",
                name=names.nameless(words, member.person_id),
            ),
            words(
                "Messages on your phone and on Telegram's servers are yours to delete. Backups "
                "from before end by themselves, after some weeks."
            ),
        ],
        "\n\n",
    )


def _when(words: Words, due_at: datetime) -> Markup:
    return words(
        "When: at {time}, after {days} working days (the law allows {most} days). Until then you "
        "can withdraw the request.",
        time=words.moment(due_at),
        days=retention.ANSWER_WORKING_DAYS,
        most=retention.DONE_WITHIN.days,
    )


def _alone(
    words: Words, member: Member, people: People, agencies: Agencies, now: datetime
) -> Markup:
    alone = departures.alone_in(member, people)
    if not alone:
        return Markup()
    roles = departures.named(words, alone, agencies, now)
    told = _unseen(words, roles, member, people)
    if any(role == FOCAL for role, _ in alone):
        hint = words("To hand over first, type /bangiao.")
        return join([told, hint], " ")
    return told


def _unseen(words: Words, roles: str, member: Member, people: People) -> Markup:
    if not departures.admins_but(member, people):
        return words(
            "<b>Please note:</b> you are the only {roles}, and there is no other administrator "
            "whom the system could tell. Please let the operator know.",
            roles=roles,
        )
    return words(
        "<b>Please note:</b> you are the only {roles}. The administrators will be told, so that "
        "somebody else can be invited.",
        roles=roles,
    )


def _configured(words: Words) -> Markup:
    """What an operator has written into the settings, the bot cannot delete."""
    return words(
        "<b>Please note:</b> your number is also in the settings (ADMIN_IDS). Please have the "
        "operator remove it there; until then /start would make you an administrator again."
    )


def _of_stranger(words: Words, address: str) -> Markup:
    return join(
        [
            words("<b>Deleting your personal data</b>"),
            words(
                "You have no role here. Deleted are the messages between you and the system with "
                "your number {address} on Telegram.",
                address=address,
            ),
        ]
    )


def build_router() -> Router:
    router = Router(name="erasure")
    dialogue = At(CONFIRM, WITHDRAW)
    say(router, begin, Asked("xoadulieu"))
    say(router, menu.tell_closed, dialogue, Pressed())
    say(router, keep, Open(CONFIRM, WITHDRAW), Asked("huy"))
    say(router, keep, dialogue, Chose("keep"))
    say(router, confirm, At(CONFIRM), Chose("erase"))
    say(router, withdraw, At(WITHDRAW), Chose("withdraw"))
    say(router, menu.answer_anything, dialogue)
    return router
