"""What receivers do with a notice: confirm that they have it, ask about it, mute campaigns."""

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery, SendMessage

from handlers.broadcast.bureau import Bureau
from handlers.commands import ADMIN, ROLES, Command
from handlers.language import DEFAULT, Markup, join, words_for
from handlers.routing import AboutNotice, Asked, At, Chose, May, Replies, Reply, say
from handlers.talk import COMMAND, FREE, Option, Turn, keyboard
from storage.threads import TEXT_MOST

ASKING = "asking.text"


def acknowledge(command: Command, bureau: Bureau, turn: Turn, replied: int | None) -> Replies:
    """Pressed or typed: nothing is noted of who merely reads."""
    words, talk = bureau.words, bureau.talk
    number = _number(command.argument, bureau, replied)
    done = number and bureau.recipients.acknowledge(number, bureau.member.person_id, bureau.now)
    if not number or done is None:
        told = words("There is no notice to you that awaits a confirmation.")
    elif done:
        told = words("Noted: you have received notice no. {n}.", n=number)
    else:
        told = words("It was noted before that you have received notice no. {n}.", n=number)
    if turn.press_id:
        return [AnswerCallbackQuery(callback_query_id=turn.press_id, text=told), *talk.ask_again()]
    return [talk.say(told), *talk.ask_again()]


def ask(command: Command, bureau: Bureau, replied: int | None) -> Replies:
    first, _, rest = command.argument.partition(" ")
    number = _number(first, bureau, replied)
    said = rest if first.isdecimal() else command.argument
    if number is None or bureau.recipients.agency_of(number, bureau.member.person_id) is None:
        told = bureau.words("There is no notice to you that can be asked about.")
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    if said.strip():
        return _keep(bureau, number, said.strip())
    question = bureau.words(
        "What would you like to ask about notice no. {n}? Please type it; the standing agency "
        "answers here.",
        n=number,
    )
    options = [Option("back", bureau.words("Ask nothing"), bureau.words("no|drop"))]
    data = {FREE: True, "number": number, "aside": bureau.talk.set_aside()}
    return bureau.talk.ask(ASKING, question, options, data=data)


def leave(bureau: Bureau) -> Replies:
    bureau.talk.take_up(bureau.talk.data.get("aside"))
    return [bureau.talk.say(bureau.words("Nothing was asked.")), *bureau.talk.ask_again()]


def keep_typed(bureau: Bureau, turn: Turn) -> Replies:
    if len(turn.text) > TEXT_MOST:
        return _too_long(bureau, turn.text)
    number = bureau.talk.data["number"]
    bureau.talk.take_up(bureau.talk.data.get("aside"))
    return _keep(bureau, number, turn.text.strip())


def keep_reply(bureau: Bureau, turn: Turn, replied: int) -> Replies:
    """Written as an answer to the notice's own message."""
    return _keep(bureau, replied, turn.text.strip())


def _keep(bureau: Bureau, number: int, text: str) -> Replies:
    if len(text) > TEXT_MOST:
        return _too_long(bureau, text)
    member, talk = bureau.member, bureau.talk
    said = bureau.threads.say(number, member.person_id, member, text, bureau.now)
    told = bureau.words(
        "Your question about notice no. {n} has been passed on; the answer comes here.", n=number
    )
    asked = [_passed_on(bureau, address, said.id or 0, number, text) for address in _office(bureau)]
    return [talk.say(told), *asked, *talk.ask_again()]


def _too_long(bureau: Bureau, text: str) -> Replies:
    told = bureau.words(
        "This has {length} characters, {most} is the most. Please shorten it.",
        length=bureau.words.number(len(text)),
        most=bureau.words.number(TEXT_MOST),
    )
    return [bureau.talk.say(told), *bureau.talk.ask_again()]


def _office(bureau: Bureau) -> list[str]:
    return list(dict.fromkeys(each.address for each in bureau.people.holding(ADMIN)))


def _passed_on(bureau: Bureau, address: str, said: int, number: int, text: str) -> Reply:
    reader = bureau.people.at(bureau.talk.turn.channel, address)
    words = words_for(reader.language if reader else DEFAULT)
    agency_id = bureau.recipients.agency_of(number, bureau.member.person_id)
    agency = bureau.agencies.find(agency_id, bureau.today) if agency_id else None
    parts: list[Markup] = [
        words(
            "<b>Question about notice no. {n}</b> – {name} ({agency})",
            n=number,
            name=bureau.member.full_name,
            agency=agency.short if agency else agency_id,
        ),
        words("“{text}”", text=text),
        words("To answer, press the button or type /traloi {number} and your answer.", number=said),
    ]
    buttons = keyboard([(words("Answer"), f"{COMMAND}:traloi {said}")])
    return SendMessage(
        chat_id=address, text=join(parts, "\n\n"), parse_mode="HTML", reply_markup=buttons
    )


def mute(bureau: Bureau) -> Replies:
    words, changed = bureau.words, _mute(bureau, muted=True)
    told = words(
        "You get no notices of campaigns any more. Notices that concern your work still come. To "
        "get them again, type /batthongbao."
    )
    if not changed:
        told = words("Notices of campaigns are muted already. To get them again: /batthongbao.")
    return [bureau.talk.say(told), *bureau.talk.ask_again()]


def unmute(bureau: Bureau) -> Replies:
    words, changed = bureau.words, _mute(bureau, muted=False)
    told = words("You get notices of campaigns again. To mute them, type /tatthongbao.")
    if not changed:
        told = words("You get notices of campaigns. To mute them, type /tatthongbao.")
    return [bureau.talk.say(told), *bureau.talk.ask_again()]


def _mute(bureau: Bureau, *, muted: bool) -> bool:
    return bureau.people.mute_campaigns(bureau.member.person_id, bureau.now, muted=muted)


def _number(said: str, bureau: Bureau, replied: int | None) -> int | None:
    if said.isdecimal():
        return int(said)
    return replied or bureau.recipients.latest_of(bureau.member.person_id)


def build_router() -> Router:
    router = Router(name="notice answers")
    anybody = May(*ROLES)
    say(router, acknowledge, anybody, Asked("danhan"))
    say(router, ask, anybody, Asked("hoi"))
    say(router, mute, anybody, Asked("tatthongbao"))
    say(router, unmute, anybody, Asked("batthongbao"))
    say(router, keep_reply, anybody, AboutNotice())
    say(router, leave, anybody, At(ASKING), Chose("back"))
    say(router, keep_typed, anybody, At(ASKING))
    return router
