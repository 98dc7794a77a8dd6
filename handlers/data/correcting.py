"""`/dulieucuatoi ten`: the name as it should be. A question that is open meanwhile waits."""

from aiogram import Router

from handlers import menu
from handlers.data import aside, names
from handlers.language import Markup, Words
from handlers.routing import Asked, At, Chose, Open, Pressed, Replies, say
from handlers.talk import FREE, Option, Talk
from storage.people import Member, People
from storage.requests import CORRECT, Requests

NAME = "data.name"


def begin(
    said: str, talk: Talk, words: Words, member: Member, people: People, requests: Requests
) -> Replies:
    """With the name behind the command, or asking for it."""
    if said:
        refusal = _take(said, talk, words, member, people, requests)
        return [talk.say(refusal or _recorded(words, said)), *talk.ask_again()]
    question = words(
        "You are recorded as {name}. Please type your full name as it should be, surname first.",
        name=member.full_name,
    )
    keep = Option("keep", words("Leave it as it is"), words("no|leave it"))
    return talk.ask(NAME, question, [keep], data={"aside": aside.kept(talk), FREE: True})


def read(talk: Talk, words: Words, member: Member, people: People, requests: Requests) -> Replies:
    said = talk.turn.text
    if refusal := _take(said, talk, words, member, people, requests):
        return talk.say(refusal)
    talk.take_up(talk.data["aside"])
    return [talk.say(_recorded(words, said)), *talk.ask_again()]


def keep(talk: Talk, words: Words, member: Member) -> Replies:
    talk.take_up(talk.data["aside"])
    told = words("Your name stays {name}.", name=member.full_name)
    return [talk.say(told), *talk.ask_again()]


def _take(
    said: str, talk: Talk, words: Words, member: Member, people: People, requests: Requests
) -> Markup | None:
    """Why not, where it is no full name. The log keeps that it was corrected, and no name."""
    name = tidied(said)
    if refusal := names.refused(words, name):
        return refusal
    people.rename(member.person_id, name, talk.now)
    requests.answered(CORRECT, member.person_id, member.channel, talk.now)
    return None


def _recorded(words: Words, said: str) -> Markup:
    return words(
        "Recorded: {name}. Receipts and messages from before keep the old name.", name=tidied(said)
    )


def tidied(said: str) -> str:
    return " ".join(said.split())


def build_router() -> Router:
    router = Router(name="correction")
    say(router, menu.tell_closed, At(NAME), Pressed())
    say(router, keep, Open(NAME), Asked("huy"))
    say(router, keep, At(NAME), Chose("keep"))
    say(router, read, At(NAME))
    return router
