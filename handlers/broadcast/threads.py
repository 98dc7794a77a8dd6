"""`/traloi`: an admin answers what a receiver has asked; the thread is there for all of them."""

from aiogram import Router
from aiogram.methods import SendMessage

from handlers.broadcast.bureau import Bureau
from handlers.commands import ADMIN, Command
from handlers.data.names import nameless
from handlers.language import DEFAULT, Markup, join, plain, words_for
from handlers.routing import Asked, At, Chose, May, Replies, Reply, say
from handlers.talk import COMMAND, FREE, Link, Option, Turn, keyboard
from storage.tables import Broadcast, NoticeMessage
from storage.threads import TEXT_MOST

ANSWER = "notice.answer"
LISTED = 10


def begin(command: Command, bureau: Bureau) -> Replies:
    number, _, said = command.argument.partition(" ")
    message = bureau.threads.get(int(number)) if number.isdecimal() else None
    if message is None:
        told = bureau.words(
            "Please type the number of the question and your answer, for example "
            "/traloi 5 and then the words."
        )
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    if len(said) > TEXT_MOST:
        return _too_long(bureau, said)
    if said.strip():
        return [*_answer(bureau, message, said.strip()), *bureau.talk.ask_again()]
    parts = [*thread(bureau, message), bureau.words("Please type your answer.")]
    options = [Option("back", bureau.words("Answer nothing"), bureau.words("no|drop"))]
    data = {FREE: True, "message": message.id, "aside": bureau.talk.set_aside()}
    return bureau.talk.ask(ANSWER, join(parts, "\n\n"), options, data=data)


def leave(bureau: Bureau) -> Replies:
    bureau.talk.take_up(bureau.talk.data.get("aside"))
    return [bureau.talk.say(bureau.words("Nothing was answered.")), *bureau.talk.ask_again()]


def keep_typed(bureau: Bureau, turn: Turn) -> Replies:
    if len(turn.text) > TEXT_MOST:
        return _too_long(bureau, turn.text)
    message = bureau.threads.get(bureau.talk.data["message"])
    bureau.talk.take_up(bureau.talk.data.get("aside"))
    if message is None:
        return [*bureau.talk.ask_again()]
    return [*_answer(bureau, message, turn.text.strip()), *bureau.talk.ask_again()]


def _too_long(bureau: Bureau, text: str) -> Replies:
    told = bureau.words(
        "This has {length} characters, {most} is the most. Please shorten it.",
        length=bureau.words.number(len(text)),
        most=bureau.words.number(TEXT_MOST),
    )
    return [bureau.talk.say(told), *bureau.talk.ask_again()]


def _answer(bureau: Bureau, message: NoticeMessage, text: str) -> list[Reply]:
    talk, number = bureau.talk, message.broadcast_id
    asker = bureau.people.member(message.person_id)
    if asker is None:
        told = bureau.words("The answer could not be sent: who asked cannot be reached any more.")
        return [talk.say(told)]
    bureau.threads.say(number, message.person_id, bureau.member, text, bureau.now)
    words = words_for(asker.language or DEFAULT)
    shown = [
        words("<b>Answer about notice no. {n}</b>", n=number),
        plain(text),
    ]
    sent = SendMessage(
        chat_id=asker.address,
        text=join(shown, "\n\n"),
        parse_mode="HTML",
        reply_markup=keyboard([(words("Ask about it"), f"{COMMAND}:hoi {number}")]),
    )
    told = bureau.words("Your answer is on its way to {name}.", name=asker.full_name)
    return [talk.say(told), sent]


def thread(bureau: Bureau, message: NoticeMessage) -> list[Markup]:
    """All of it, oldest first, and by whom."""
    said = bureau.threads.of(message.broadcast_id, message.person_id)
    names = bureau.people.names_of([each.author_id for each in said])
    words = bureau.words
    lines = [words("<b>About notice no. {n}</b>", n=message.broadcast_id)]
    for each in said[-LISTED:]:
        who = names.get(each.author_id) or nameless(words, each.author_id)
        told = words("{who}, {time}: “{text}”", who=who, time=words.moment(each.at), text=each.text)
        lines.append(told)
    return lines


def list_threads(bureau: Bureau, notice: Broadcast) -> Replies:
    words, heads = bureau.words, bureau.threads.heads(notice.id or 0)
    if not heads:
        told = words("Nobody has asked about notice no. {n}.", n=notice.id)
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    names = bureau.people.names_of([each.person_id for each in heads])
    lines = [words("<b>Questions about notice no. {n}</b>", n=notice.id)]
    links = []
    for each in heads[-LISTED:]:
        who = names.get(each.person_id) or nameless(words, each.person_id)
        state = words("answered") if each.author_id != each.person_id else words("not answered")
        lines.append(words("• {who}, {state}: “{text}”", who=who, state=state, text=each.text[:80]))
        links.append(Link(words("Answer {name}", name=who), f"traloi {each.id}"))
    return [bureau.talk.say(join(lines), links), *bureau.talk.ask_again()]


def build_router() -> Router:
    router = Router(name="notice threads")
    admin = May(ADMIN)
    say(router, begin, admin, Asked("traloi"))
    say(router, leave, admin, At(ANSWER), Chose("back"))
    say(router, keep_typed, admin, At(ANSWER))
    return router
