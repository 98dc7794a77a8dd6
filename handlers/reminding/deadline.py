"""`/han`: by when the report of a year is due, for the own agency or one that is named."""

from collections.abc import Sequence
from datetime import date, datetime

from aiogram import Router

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command, split_year
from handlers.due import deadline_told
from handlers.language import Markup, Words, join
from handlers.lookup import Lookup, refuse_year, step_of
from handlers.reminding import wording
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.routing import Asked, At, May, Replies, say
from handlers.talk import Link, Talk
from plan.deadlines import Deadline
from plan.reminding.rules import Rules
from plan.reminding.situations import Ease
from storage.agencies import Agencies, NamedAgency
from storage.easings import Easings
from storage.people import Member
from storage.tables import Easing
from storage.years import Year


def show_deadline(
    command: Command | None,
    talk: Talk,
    words: Words,
    member: Member,
    lookup: Lookup,
    agencies: Agencies,
    rules: Rules,
    now: datetime,
    today: date,
) -> Replies:
    """Of years to come, too. Without an agency, officials see the city's own."""
    command = lookup.meant(command)
    said, year = split_year(command.argument, today.year)
    if not PLAN_STARTS <= year <= PLAN_ENDS:
        return refuse_year(talk, words, command, today)
    if not said and not member.may(FOCAL):
        title = words("<b>Ho Chi Minh City – deadline of the {year} report</b>", year=year)
        text = _told(words, rules, title, rules.deadline(year), (), now)
        return [talk.say(text), *talk.ask_again()]
    agency = lookup.asked(command, said, on=Year(year, today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    easings = Easings(agencies.session)
    granted = [row for row in easings.of(agency.id, year) if wording.still(row, today)]
    deadline = rules.deadline(year, easings.extended_until(agency.id, year))
    title = words("<b>{agency} – deadline of the {year} report</b>", agency=agency.name, year=year)
    text = _told(words, rules, title, deadline, granted, now)
    own = agency.id in member.agencies_as(FOCAL) and year == today.year
    links = [Link(words("Yearly report"), f"baocao {agency.id} {year}")] if own else []
    return [talk.say(text, links), *talk.ask_again()]


def _told(
    words: Words,
    rules: Rules,
    title: Markup,
    deadline: Deadline,
    granted: Sequence[Easing],
    now: datetime,
) -> Markup:
    """An exempt agency is told no dates that it need not keep."""
    eased = [wording.easing(words, row) for row in granted]
    if any(row.kind == Ease.EXEMPTION for row in granted):
        return join([title, *eased])
    return join([title, *eased, *_dates(words, rules, deadline, now)])


def _dates(words: Words, rules: Rules, deadline: Deadline, now: datetime) -> list[Markup]:
    last = deadline.last_day
    lines = [
        words("The plan asks for it {wording}.", wording=deadline.wording),
        deadline_told(words, deadline, rules.calendar, now),
        words("Last moment on time: 23:59, {day}.", day=words.weekday(last)),
        words("Last working day: {day}.", day=words.weekday(deadline.last_working_day)),
        words("Figures count up to: {day}.", day=words.weekday(deadline.cut_off)),
    ]
    if deadline.internal:
        day = words.weekday(deadline.internal)
        lines.append(words("The standing agency asks for it by {day}.", day=day))
    return lines


def build_router() -> Router:
    router = Router(name="deadline")
    reader = May(FOCAL, OFFICIAL, ADMIN)
    say(router, show_deadline, reader, Asked("han"))
    say(router, show_deadline, reader, At(step_of("han")))
    return router
