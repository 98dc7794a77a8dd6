"""`/tiendo`: where an agency or the whole city stands against the 2025 and 2030 targets."""

from datetime import date, datetime

from aiogram import Router

from handlers import city, standing
from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command, split_year
from handlers.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.language import Markup, Words, paged
from handlers.lookup import Lookup, refuse_year
from handlers.routing import Asked, May, Replies, Reply, say
from handlers.talk import Link, Talk
from plan.calendars import WorkingCalendar
from plan.catalogue import Catalogue
from plan.deadlines import Deadline, yearly_deadline
from storage.agencies import Agencies, NamedAgency
from storage.people import Member
from storage.reports import Reports
from storage.years import Year


def show_progress(
    command: Command,
    talk: Talk,
    words: Words,
    member: Member,
    lookup: Lookup,
    agencies: Agencies,
    reports: Reports,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    now: datetime,
    today: date,
) -> Replies:
    """A year after the command shows that year: `/tiendo quan 1 2025`, `/tiendo 2025`."""
    said, number = split_year(command.argument, today.year)
    if number != today.year and not PLAN_STARTS <= number <= PLAN_ENDS:
        return refuse_year(talk, words, command, today)
    year = Year(number, today)
    deadline = yearly_deadline(number, calendar, catalogue.reporting)
    due = _due(words, deadline, calendar, now, today)
    if not said and member.may(OFFICIAL, ADMIN):
        title = words("<b>Ho Chi Minh City – {year}</b>", year=number)
        sheet = city.of_city(words, catalogue, agencies, reports, year)
        hint = words("Type /tiendo and the name of an agency to see it alone.")
        return [*pages(talk, [title, due, *sheet.parts, hint], []), *talk.ask_again()]
    agency = lookup.asked(command, said, on=year.on)
    if not isinstance(agency, NamedAgency):
        return agency
    title = words("<b>{agency} – report of {year}</b>", agency=agency.name, year=number)
    sheet = standing.of_agency(words, catalogue, agencies, reports, agency, year)
    own = agency.id in member.agencies_as(FOCAL)
    report = Link(words("Yearly report"), f"baocao {agency.id} {number}")
    links = [report] if own and sheet.open else []
    return [*pages(talk, [title, due, *sheet.parts], links), *talk.ask_again()]


def _due(
    words: Words, deadline: Deadline, calendar: WorkingCalendar, now: datetime, today: date
) -> Markup:
    """The deadline, always with its weekday and what is left of it."""
    if deadline.passed(now):
        return words(
            "Deadline: before {before} – it passed at the end of {last}.",
            before=words.day(deadline.before),
            last=words.weekday(deadline.last_day),
        )
    if deadline.working_days_left(today, calendar) == 0:
        return words(
            "Deadline: before {before}. Today is the last working day.",
            before=words.day(deadline.before),
        )
    return words.plural(
        "Deadline: before {before}, until the end of {last} ({count} working day left).",
        "Deadline: before {before}, until the end of {last} ({count} working days left).",
        deadline.working_days_left(today, calendar),
        before=words.day(deadline.before),
        last=words.weekday(deadline.last_day),
    )


def pages(talk: Talk, parts: list[Markup], links: list[Link]) -> list[Reply]:
    texts = paged(parts, "\n\n")
    return [*(talk.say(text) for text in texts[:-1]), talk.say(texts[-1], links)]


def build_router() -> Router:
    router = Router(name="progress")
    say(router, show_progress, May(FOCAL, OFFICIAL, ADMIN), Asked("tiendo"))
    return router
