"""Recording what a file changes, as one, and taking it back."""

from aiogram import Router

from handlers.commands import ADMIN
from handlers.language import Markup, Words
from handlers.register import proposal
from handlers.register.registry import COMMAND, CONFIRM, Registry
from handlers.routing import At, Chose, May, Replies, say
from handlers.talk import Link
from plan.facilities import Difference


def record(registry: Registry) -> Replies:
    """What was shown, and nothing else: where the register has changed, it is shown anew."""
    words, data = registry.words, registry.talk.data
    found = proposal.unpacked(data)
    if data["seen"] != proposal.seen(registry):
        told = words(
            "The register has changed since this was shown. Nothing was recorded; this is what "
            "would change now:"
        )
        return proposal.show(registry, found, note=told)
    difference = found.difference(registry)
    number = registry.facilities.apply(difference, registry.now, registry.member.person_id)
    told = words(
        "Recorded as change no. {number} of the register: {what}.",
        number=number,
        what=counted(words, difference),
    )
    undo = Link(words("Undo"), f"{COMMAND} hoantac {number}")
    return registry.finish(told, undo, _shown(words))


def turn_page(registry: Registry, chosen: str) -> Replies:
    data = registry.talk.data
    page = data["page"] + (1 if chosen == "next" else -1)
    return proposal.show(registry, proposal.unpacked(data), page)


def drop(registry: Registry) -> Replies:
    return registry.finish(registry.words("The register stays as it is."))


def undo(registry: Registry, number: str) -> Replies:
    """The last change; a button names the one it stood under."""
    words, newest = registry.words, registry.facilities.newest()
    if number not in {"", str(newest)}:
        told = words("That can be undone no more: the register has been changed again since.")
        return registry.say(told, _shown(words))
    back = registry.facilities.undo(newest, registry.now, registry.member.person_id)
    if back is None:
        return registry.say(words("The register has not been changed yet."))
    told = words(
        "Change no. {number} of the register is undone: {what}.",
        number=newest,
        what=counted(words, back),
    )
    redo = Link(words("Undo"), f"{COMMAND} hoantac {registry.facilities.newest()}")
    return registry.say(told, redo, _shown(words))


def counted(words: Words, difference: Difference) -> Markup:
    return words(
        "{added} new, {changed} changed, {ended} ended",
        added=words.number(len(difference.added)),
        changed=words.number(len(difference.changed)),
        ended=words.number(len(difference.ended)),
    )


def _shown(words: Words) -> Link:
    return Link(words("Show the register"), COMMAND)


def build_router() -> Router:
    router = Router(name="register confirming")
    admin, here = May(ADMIN), At(CONFIRM)
    say(router, record, admin, here, Chose("take"))
    say(router, drop, admin, here, Chose("drop"))
    say(router, turn_page, admin, here, Chose("next", "before"))
    return router
