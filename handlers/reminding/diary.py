"""`/nhatky`: which reminders an agency was owed in a year, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aiogram import Router

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command, split_year
from handlers.errands import asking
from handlers.errands.asking import CSV, DIARY, XLSX
from handlers.language import Markup, Words, join
from handlers.lookup import Lookup, refuse_year, step_of
from handlers.reminding import fates
from handlers.reminding.rehearsed import Telling
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.routing import Asked, At, May, Replies, Reply, say
from handlers.talk import Link, Talk
from plan.answers import fold
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.reminding.rules import Rules
from storage.agencies import Agencies, NamedAgency
from storage.ledger import Ledger, Line
from storage.people import Member
from storage.years import Year

PER_PAGE = 10
PAGE_DIGITS = 4
FORMS = {"excel": XLSX, "xlsx": XLSX, "csv": CSV}
ALL = "tatca"


@dataclass(frozen=True, slots=True)
class Wish:
    """`quan 1 2026 trang 2` or `quan 1 2026 excel`, as far as it is about the showing."""

    rest: str
    page: int = 1
    form: str = ""


def show_ledger(
    command: Command | None,
    talk: Talk,
    words: Words,
    member: Member,
    lookup: Lookup,
    agencies: Agencies,
    rules: Rules,
    catalogue: Catalogue,
    today: date,
) -> Replies:
    """Newest first; `/nhatky quan 1 2026 trang 2` for the page after, `excel` for a file."""
    command = lookup.meant(command)
    wish = read_wish(command.argument)
    said, year = split_year(wish.rest, today.year)
    if not PLAN_STARTS <= year <= PLAN_ENDS:
        return refuse_year(talk, words, command, today)
    session = agencies.session
    if fold(said).replace(" ", "") == ALL and member.may(ADMIN):
        if wish.form:
            wanted = {"year": year, "form": wish.form}
            return [asking.ask(talk, words, session, member, DIARY, wanted), *talk.ask_again()]
        return [*_all(talk, words, Ledger(session), year), *talk.ask_again()]
    agency = lookup.asked(command, said, on=Year(year, today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    if wish.form:
        wanted = {"agency": agency.id, "year": year, "form": wish.form}
        return [asking.ask(talk, words, session, member, DIARY, wanted), *talk.ask_again()]
    told = Telling(words, rules, catalogue)
    return [*_page(talk, told, Ledger(session), agency, year, wish.page), *talk.ask_again()]


def _page(
    talk: Talk, told: Telling, ledger: Ledger, agency: NamedAgency, year: int, page: int
) -> Sequence[Reply]:
    words = told.words
    title = words("<b>{agency} – reminders of {year}</b>", agency=agency.name, year=year)
    length = ledger.length(agency.id, year)
    if not length:
        nothing = words("No reminder of that year has fallen due yet.")
        return [talk.say(join([title, nothing]))]
    pages = -(-length // PER_PAGE)
    page = min(max(page, 1), pages)
    lines = ledger.page(agency.id, year, (page - 1) * PER_PAGE, PER_PAGE)
    body = [_line(told, line) for line in lines]
    place = words("Page {page} of {pages}.", page=page, pages=pages) if pages > 1 else Markup()
    older = Link(words("Older reminders"), f"nhatky {agency.id} {year} trang {page + 1}")
    links = [older] if page < pages else []
    return talk.pages([title, *body, place], [*links, *_files(words, f"{agency.id} {year}")])


def _all(talk: Talk, words: Words, ledger: Ledger, year: int) -> Sequence[Reply]:
    """Of all agencies only how many, and the whole as a file."""
    title = words("<b>All agencies – reminders of {year}</b>", year=year)
    found = ledger.fates(year)
    if not found:
        nothing = words("No reminder of that year has fallen due yet.")
        return [talk.say(join([title, nothing]))]
    lines = [
        words("• {state}: {count}", state=fates.state(words, each), count=words.number(count))
        for each, count in sorted(found.items(), key=lambda pair: -pair[1])
    ]
    return [talk.say(join([title, *lines]), _files(words, f"{ALL} {year}"))]


def _files(words: Words, about: str) -> list[Link]:
    return [
        Link(words("Download Excel"), f"nhatky {about} excel"),
        Link(words("Download CSV"), f"nhatky {about} csv"),
    ]


def read_wish(argument: str) -> Wish:
    words = argument.split()
    if words and words[-1].casefold() in FORMS:
        return Wish(" ".join(words[:-1]), form=FORMS[words[-1].casefold()])
    named = len(words) > 1 and words[-2].casefold() == "trang"
    if named and words[-1].isdecimal() and len(words[-1]) <= PAGE_DIGITS:
        return Wish(" ".join(words[:-2]), int(words[-1]))
    return Wish(argument)


def _line(told: Telling, line: Line) -> Markup:
    words = told.words
    values = {
        "day": words.weekday(local_date(line.due_at)),
        "about": told.about(line.obligation, line.step),
        "fate": fates.fate(words, line),
    }
    if not line.receiver:
        return words("• {day}: {about} – {fate}", **values)
    return words("• {day}: {about}, to {name} – {fate}", name=line.receiver, **values)


def build_router() -> Router:
    router = Router(name="diary")
    reader = May(FOCAL, OFFICIAL, ADMIN)
    say(router, show_ledger, reader, Asked("nhatky"))
    say(router, show_ledger, reader, At(step_of("nhatky")))
    return router
