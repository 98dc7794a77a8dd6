"""`/xungho`: how the system addresses the person in its letters."""

from collections.abc import Mapping

from aiogram import Router

from handlers.commands import ROLES, Command
from handlers.language import Markup, Words
from handlers.reminding.errand import Errand
from handlers.reminding.greeting import form, greeting
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.talk import Option
from plan.answers import fold
from storage.people import FORMS

FORM = "xungho.form"


def begin(command: Command, errand: Errand) -> Replies:
    said = command.argument
    if not said:
        return _ask(errand)
    labels = _labels(errand.words)
    kept = next((key for key in FORMS if fold(labels[key]) == fold(said)), None)
    return _keep(errand, kept) if kept else _ask(errand, said)


def choose(errand: Errand, chosen: str) -> Replies:
    return _keep(errand, chosen)


def refuse(errand: Errand) -> Replies:
    return _ask(errand, errand.talk.turn.text)


def leave(errand: Errand) -> Replies:
    now = form(errand.words, errand.member.address_form)
    return errand.finish(errand.words("You are still addressed as {form}.", form=now))


def _ask(errand: Errand, unread: str = "") -> Replies:
    words, member = errand.words, errand.member
    question = words(
        "How are you to be addressed in letters? Now they begin: {greeting}",
        greeting=greeting(words, member),
    )
    if unread:
        told = words("“{said}” is none of the forms of address.", said=unread[:40])
        question = words("{told} {question}", told=told, question=question)
    options = [Option(key, label) for key, label in _labels(words).items()]
    keep = Option("keep", words("Leave it as it is"), words("no|leave it"))
    return errand.ask(FORM, question, [*options, keep], {}, numbered=True)


def _keep(errand: Errand, kept: str) -> Replies:
    words = errand.words
    errand.people.address_as(errand.member.person_id, kept, errand.now)
    now = form(words, kept)
    return errand.finish(words("Recorded. Letters address you as {form} from now on.", form=now))


def _labels(words: Words) -> Mapping[str, Markup]:
    """Told apart in every language: letters in English have two that are "Mr"."""
    told = {
        "anh": words("Mr, to a peer"),
        "chi": words("Ms, to a peer"),
        "ong": words("Mr, to a senior"),
        "ba": words("Mrs, to a senior"),
    }
    return {key: told.get(key) or form(words, key) for key in FORMS}


def build_router() -> Router:
    router = Router(name="addressed")
    member = May(*ROLES)
    say(router, begin, member, Asked("xungho"))
    say(router, leave, member, At(FORM), Chose("keep"))
    say(router, leave, member, Open(FORM), Asked("huy"))
    say(router, choose, member, At(FORM), Chose(*FORMS))
    say(router, refuse, member, At(FORM))
    return router
