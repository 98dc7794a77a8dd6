"""`/nhiemvu`: what the plan assigns to an agency, leading or taking part, with its clause."""

from collections.abc import Sequence
from datetime import date

from aiogram import Router

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command
from handlers.language import Markup, Words, join
from handlers.lookup import Lookup, step_of
from handlers.report import cards
from handlers.routing import Asked, At, May, Replies, say
from handlers.talk import Link, Talk
from plan.catalogue import Catalogue, Role
from storage.agencies import Agencies, NamedAgency
from storage.tables import Responsibility


def show_tasks(
    command: Command | None,
    talk: Talk,
    words: Words,
    lookup: Lookup,
    agencies: Agencies,
    catalogue: Catalogue,
    today: date,
) -> Replies:
    """A code after the command gives its wording in full: `/nhiemvu IV.2.đ`."""
    command = lookup.meant(command)
    if code := _code(catalogue, command.argument):
        return [talk.say(cards.full_text(words, catalogue, code)), *talk.ask_again()]
    found = lookup.asked(command, command.argument, on=today)
    if not isinstance(found, NamedAgency):
        return found
    rows = agencies.responsibilities(found.id, today)
    lead = [row for row in rows if row.role == Role.LEAD]
    share = [row for row in rows if row.role == Role.COORDINATE]
    parts = [
        words("<b>{agency}</b>", agency=found.name),
        _section(words, catalogue, words("In the lead"), lead),
        _section(words, catalogue, words("Taking part"), share),
        words(
            "Type /nhiemvu and a code for its wording in full, for example /nhiemvu {code}.",
            code=(lead or share)[0].code,
        )
        if lead or share
        else words("Nothing is assigned yet."),
    ]
    links = [
        Link(words("Full wording {code}", code=row.code), f"nhiemvu {row.code}") for row in lead[:6]
    ]
    return [*talk.pages(parts, links), *talk.ask_again()]


def _section(
    words: Words, catalogue: Catalogue, title: str, rows: Sequence[Responsibility]
) -> Markup:
    if not rows:
        return Markup()
    lines = [
        words(
            "• {code} – {short}{proposed}",
            code=row.code,
            short=cards.short_of(catalogue, row.code),
            proposed=words(" (proposed)") if row.proposed else "",
        )
        for row in rows
    ]
    return join([Markup(f"<b>{title}</b>"), *lines])


def _code(catalogue: Catalogue, said: str) -> str | None:
    """The code meant by `iv.2.đ` or `IV.2.Đ`; d and đ are different letters here."""
    wanted = said.strip().casefold()
    return next((code for code in catalogue.codes() if code.casefold() == wanted), None)


def build_router() -> Router:
    router = Router(name="tasks")
    reader = May(FOCAL, OFFICIAL, ADMIN)
    say(router, show_tasks, reader, Asked("nhiemvu"))
    say(router, show_tasks, reader, At(step_of("nhiemvu")))
    return router
