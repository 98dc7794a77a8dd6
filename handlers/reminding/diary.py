"""`/nhatky`: which reminders an agency was owed in a year, and what became of each."""

from datetime import date

from aiogram import Router

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command, split_year
from handlers.language import Markup, Words, join, plain
from handlers.lookup import Lookup, refuse_year, step_of
from handlers.reminding import wording
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.routing import Asked, At, May, Replies, say
from handlers.talk import Link, Talk
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.reminding.deciding import Why
from plan.reminding.rules import Rules
from storage.agencies import Agencies, NamedAgency
from storage.ledger import Ledger, Line
from storage.years import Year

PER_PAGE = 10
PAGE_DIGITS = 3


def show_ledger(
    command: Command | None,
    talk: Talk,
    words: Words,
    lookup: Lookup,
    agencies: Agencies,
    rules: Rules,
    catalogue: Catalogue,
    today: date,
) -> Replies:
    """Newest first; `/nhatky quan 1 2026 trang 2` for the page after."""
    command = lookup.meant(command)
    asked, page = split_page(command.argument)
    said, year = split_year(asked, today.year)
    if not PLAN_STARTS <= year <= PLAN_ENDS:
        return refuse_year(talk, words, command, today)
    agency = lookup.asked(command, said, on=Year(year, today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    lines = list(reversed(Ledger(agencies.session).of_agency(agency.id, year)))
    title = words("<b>{agency} – reminders of {year}</b>", agency=agency.name, year=year)
    if not lines:
        told = words("No reminder of that year has fallen due yet.")
        return [talk.say(join([title, told])), *talk.ask_again()]
    pages = -(-len(lines) // PER_PAGE)
    page = min(max(page, 1), pages)
    shown = lines[(page - 1) * PER_PAGE : page * PER_PAGE]
    body = [_line(words, rules, catalogue, line) for line in shown]
    place = words("Page {page} of {pages}.", page=page, pages=pages) if pages > 1 else Markup()
    older = Link(words("Older reminders"), f"nhatky {agency.id} {year} trang {page + 1}")
    links = [older] if page < pages else []
    return [*talk.pages([title, *body, place], links), *talk.ask_again()]


def split_page(argument: str) -> tuple[str, int]:
    """`quan 1 2026 trang 2` → ("quan 1 2026", 2)."""
    words = argument.split()
    named = len(words) > 1 and words[-2].casefold() == "trang"
    if named and words[-1].isdecimal() and len(words[-1]) <= PAGE_DIGITS:
        return " ".join(words[:-2]), int(words[-1])
    return argument, 1


def _line(words: Words, rules: Rules, catalogue: Catalogue, line: Line) -> Markup:
    step = wording.step(words, line.step)
    what = wording.what(words, rules, catalogue, line.obligation)
    about = join([what, words("({step})", step=step) if step else Markup()], " ")
    return words(
        "• {day}: {about} – {fate}",
        day=words.weekday(local_date(line.due_at)),
        about=about,
        fate=_fate(words, line),
    )


def _fate(words: Words, line: Line) -> Markup:
    if line.fate == "answered" and line.answered_at:
        return words("answered at {moment}", moment=words.moment(line.answered_at))
    if line.fate == "sent" and line.sent_at:
        return words("sent at {moment}", moment=words.moment(line.sent_at))
    if line.fate == "skipped":
        return words("not sent: {reason}", reason=reason(words, line.reason))
    if line.fate == "failed":
        return words("could not be sent: {error}", error=line.error)
    told = {
        "planned": words("waiting to be sent"),
        "sending": words("being sent"),
        "expired": words("not sent: its time had passed"),
        "unknown": words("not known whether it arrived"),
        "cancelled": words("cancelled before it was sent"),
    }
    return told.get(line.fate, plain(line.fate))


def reason(words: Words, kept: str) -> Markup:
    told = {
        Why.REPORTED: words("the report had been sent"),
        Why.RETURNED: words("the report had been sent back to be corrected"),
        Why.EXEMPT: words("the agency is exempt"),
        Why.EXTENDED: words("the deadline was extended"),
        Why.MUTED: words("reminders of the agency were paused"),
        Why.DISSOLVED: words("the agency exists no more"),
        Why.NOT_OWED: words("nothing is asked of the agency"),
        Why.DONE: words("it was done"),
        Why.MISSED: words("a later reminder was due as well"),
        Why.PAST: words("its time had passed"),
        Why.MOVED: words("its date was changed"),
        Why.NO_ROLE: words("the person stands for the agency no longer"),
        Why.UNREACHABLE: words("nobody could be reached"),
        Why.AWAY: words("the person was away"),
        Why.SNOOZED: words("the person had put it off"),
    }
    return told.get(Why(kept), plain(kept)) if kept in set(Why) else plain(kept)


def build_router() -> Router:
    router = Router(name="diary")
    reader = May(FOCAL, OFFICIAL, ADMIN)
    say(router, show_ledger, reader, Asked("nhatky"))
    say(router, show_ledger, reader, At(step_of("nhatky")))
    return router
