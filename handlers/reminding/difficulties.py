"""`/vuongmac`: the difficulties that agencies have recorded in a year (clause V of the plan)."""

from collections.abc import Sequence
from datetime import date

from aiogram import Router

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command, split_year
from handlers.errands import asking
from handlers.errands.asking import DIFFICULTIES
from handlers.language import Markup, Words, join, plain
from handlers.lookup import Lookup, refuse_year, step_of
from handlers.reminding.diary import Wish, read_wish
from handlers.report import cards
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.report.topics import excerpt
from handlers.routing import Asked, At, May, Replies, say
from handlers.talk import Link, Talk
from plan.catalogue import Catalogue
from storage.agencies import Agencies, NamedAgency
from storage.difficulties import Difficulties, Difficulty
from storage.people import Member
from storage.years import Year

PER_PAGE = 8
SHOWN = 300
"""Characters of one; the file has them all."""


def show(
    command: Command | None,
    talk: Talk,
    words: Words,
    member: Member,
    lookup: Lookup,
    agencies: Agencies,
    catalogue: Catalogue,
    today: date,
) -> Replies:
    """Of all agencies, or of one: `/vuongmac quan 1 2026`; a focal point sees their own."""
    command = lookup.meant(command)
    wish = read_wish(command.argument)
    said, year = split_year(wish.rest, today.year)
    if not PLAN_STARTS <= year <= PLAN_ENDS:
        return refuse_year(talk, words, command, today)
    agency = None
    if said or not member.may(OFFICIAL, ADMIN):
        found = lookup.asked(command, said, on=Year(year, today).on)
        if not isinstance(found, NamedAgency):
            return found
        agency = found
    if wish.form:
        wanted = {"agency": agency.id if agency else None, "year": year, "form": wish.form}
        asked = asking.ask(talk, words, agencies.session, member, DIFFICULTIES, wanted)
        return [asked, *talk.ask_again()]
    kept = Difficulties(agencies.session)
    parts, links = _page(words, catalogue, kept, agency, Year(year, today), wish)
    return [*talk.pages(parts, links), *talk.ask_again()]


def _page(
    words: Words,
    catalogue: Catalogue,
    kept: Difficulties,
    agency: NamedAgency | None,
    year: Year,
    wish: Wish,
) -> tuple[list[Markup], list[Link]]:
    whose = year.number, year.on, agency.id if agency else None
    name = plain(agency.name) if agency else words("All agencies")
    title = words("<b>{agency} – difficulties of {year}</b>", agency=name, year=year.number)
    length = kept.length(*whose)
    if not length:
        return [join([title, words("No difficulty has been recorded.")])], []
    pages = -(-length // PER_PAGE)
    page = min(max(wish.page, 1), pages)
    found = kept.page(*whose, (page - 1) * PER_PAGE, PER_PAGE)
    place = words("Page {page} of {pages}.", page=page, pages=pages) if pages > 1 else Markup()
    about = f"{agency.id} {year.number}" if agency else f"{year.number}"
    links = [
        Link(words("Next page"), f"vuongmac {about} trang {page + 1}"),
        Link(words("Download Excel"), f"vuongmac {about} excel"),
        Link(words("Download CSV"), f"vuongmac {about} csv"),
    ]
    parts = [title, *_by_agency(words, catalogue, found), place]
    return [part for part in parts if part], links if page < pages else links[1:]


def _by_agency(words: Words, catalogue: Catalogue, found: Sequence[Difficulty]) -> list[Markup]:
    """A paragraph for each agency."""
    groups: dict[str, list[Markup]] = {}
    for each in found:
        head = [words("<b>{agency}</b>", agency=each.agency)]
        groups.setdefault(each.agency_id, head).append(_line(words, catalogue, each))
    return [join(lines) for lines in groups.values()]


def _line(words: Words, catalogue: Catalogue, each: Difficulty) -> Markup:
    values = {
        "about": about_told(words, catalogue, each),
        "words": excerpt(each.words, SHOWN) or words("nothing was written about it"),
        "moment": words.moment(each.at),
    }
    if not each.person:
        return words("• {about}: {words} ({moment})", **values)
    return words("• {about}: {words} ({name}, {moment})", name=each.person, **values)


def about_told(words: Words, catalogue: Catalogue, each: Difficulty) -> Markup:
    if not each.code:
        return words("in general")
    short = cards.short_of(catalogue, each.code)
    return words("{code} ({short})", code=each.code, short=short)


def build_router() -> Router:
    router = Router(name="difficulties")
    reader = May(FOCAL, OFFICIAL, ADMIN)
    say(router, show, reader, Asked("vuongmac"))
    say(router, show, reader, At(step_of("vuongmac")))
    return router
