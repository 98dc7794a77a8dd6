"""`/tiendo`: where an agency or the whole city stands against the 2025 and 2030 targets."""

from datetime import date, datetime

from aiogram import Router

from handlers import city, standing
from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command, split_year
from handlers.due import deadline_told
from handlers.language import Words
from handlers.lookup import Lookup, refuse_year, step_of
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.routing import Asked, At, May, Replies, say
from handlers.talk import Link, Talk
from plan.catalogue import Catalogue
from plan.reminding.rules import Rules
from storage.agencies import Agencies, NamedAgency
from storage.easings import Easings
from storage.people import Member
from storage.reports import Reports
from storage.years import Year


def show_progress(
    command: Command | None,
    talk: Talk,
    words: Words,
    member: Member,
    lookup: Lookup,
    agencies: Agencies,
    reports: Reports,
    catalogue: Catalogue,
    rules: Rules,
    now: datetime,
    today: date,
) -> Replies:
    """A year after the command shows that year: `/tiendo quan 1 2025`, `/tiendo 2025`."""
    command = lookup.meant(command)
    said, number = split_year(command.argument, today.year)
    if number != today.year and not PLAN_STARTS <= number <= min(today.year, PLAN_ENDS):
        return refuse_year(talk, words, command, today)
    year = Year(number, today)
    if not said and member.may(OFFICIAL, ADMIN):
        title = words("<b>Ho Chi Minh City – {year}</b>", year=number)
        due = deadline_told(words, rules.deadline(number), rules.calendar, now)
        sheet = city.of_city(words, catalogue, agencies, reports, year)
        hint = words("Type /tiendo and the name of an agency to see it alone.")
        return [*talk.pages([title, due, *sheet.parts, hint]), *talk.ask_again()]
    agency = lookup.asked(command, said, on=year.on)
    if not isinstance(agency, NamedAgency):
        return agency
    title = words("<b>{agency} – report of {year}</b>", agency=agency.name, year=number)
    sheet = standing.of_agency(words, catalogue, agencies, reports, agency, year)
    own_until = Easings(agencies.session).extended_until(agency.id, number)
    due = deadline_told(words, rules.deadline(number, own_until), rules.calendar, now)
    own = agency.id in member.agencies_as(FOCAL)
    report = Link(words("Yearly report"), f"baocao {agency.id} {number}")
    links = [report] if own and sheet.open else []
    return [*talk.pages([title, due, *sheet.parts], links), *talk.ask_again()]


def build_router() -> Router:
    router = Router(name="progress")
    reader = May(FOCAL, OFFICIAL, ADMIN)
    say(router, show_progress, reader, Asked("tiendo"))
    say(router, show_progress, reader, At(step_of("tiendo")))
    return router
