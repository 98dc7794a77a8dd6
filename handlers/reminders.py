"""What a reminder says, decided when it leaves: is it still due, is it still not reported?"""

from datetime import date, datetime

from aiogram.methods import SendMessage

from handlers.due import deadline_told, late_told
from handlers.language import Markup, Words, join
from handlers.report.drafts import asked_of, missing
from handlers.talk import COMMAND, keyboard
from plan.calendars import WorkingCalendar, local_date
from plan.catalogue import CampaignDay, Catalogue, Duty
from plan.deadlines import Deadline, yearly_deadline
from plan.reminders import wanted
from storage.agencies import Agencies, NamedAgency
from storage.people import Member
from storage.reports import Reports


def render(
    words: Words,
    member: Member,
    agency: NamedAgency,
    step: str,
    due_on: date,
    *,
    agencies: Agencies,
    reports: Reports,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    now: datetime,
) -> SendMessage | str:
    """The message, or the reason why it is not sent any more."""
    kind, _, which = step.partition(":")
    if kind == "campaign":
        days = [day for day in catalogue.campaign_days if day.id == which]
        told = [campaign(words, member, agency, day, due_on) for day in days]
        return message(member, told[0], []) if told else "this day is not in the plan any more"
    year = due_on.year
    report = reports.of(agency.id, year)
    if not wanted(step, Duty(agency.duty), reported=agency.id in reports.reported(year)):
        return "already reported"
    codes = asked_of(agency.id, agencies, local_date(now))
    if not codes:
        return "nothing is asked of this agency"
    figures = reports.figures(report) if report else {}
    statuses = reports.statuses(report) if report else {}
    begun = bool(figures or statuses)
    text = join(
        [
            greeting(words, member, agency),
            _duty(words, agency, missing(codes, figures, statuses), year, begun=begun),
            _due(words, yearly_deadline(year, calendar, catalogue.reporting), calendar, now),
            words("Press the button or type /baocao; it takes a few minutes."),
        ],
        "\n\n",
    )
    button = f"{COMMAND}:baocao {agency.id} {year}"
    return message(member, text, [(words("Start the report"), button)])


def greeting(words: Words, member: Member, agency: NamedAgency) -> Markup:
    """Vietnamese people are addressed by the given name, the last word of the name."""
    given = member.full_name.split()[-1] if member.full_name else ""
    return words("Dear {name} ({agency}),", name=given, agency=agency.short)


def _duty(
    words: Words, agency: NamedAgency, lacking: list[str], year: int, *, begun: bool
) -> Markup:
    """Who is only requested to report is asked, not told (clauses IV.1 and V)."""
    if agency.duty == Duty.REQUESTED:
        return words(
            "your agency is kindly requested to send the {year} results of the plan for "
            "lifelong learning.",
            year=year,
        )
    if not begun:
        return words(
            "the {year} report on the plan for lifelong learning has not been started yet.",
            year=year,
        )
    if not lacking:
        return words(
            "the {year} report on the plan for lifelong learning has not been sent yet.", year=year
        )
    return words.plural(
        "the {year} report on the plan for lifelong learning still lacks {count} answer: {codes}.",
        "the {year} report on the plan for lifelong learning still lacks {count} answers: {codes}.",
        len(lacking),
        year=year,
        codes=", ".join(lacking),
    )


def _due(words: Words, deadline: Deadline, calendar: WorkingCalendar, now: datetime) -> Markup:
    told = deadline_told(words, deadline, calendar, now)
    return join([told, late_told(words)], " ") if deadline.passed(now) else told


def campaign(
    words: Words, member: Member, agency: NamedAgency, day: CampaignDay, due_on: date
) -> Markup:
    """Announced for the next time the day comes round after the step was due."""
    year = due_on.year if day.first_on(due_on.year) >= due_on else due_on.year + 1
    first, last = day.first_on(year), day.last_on(year)
    when = (
        words.weekday(first)
        if first == last
        else words("{first} to {last}", first=words.day(first), last=words.weekday(last))
    )
    lines = [
        greeting(words, member, agency),
        words(
            "<b>{name}</b> is coming: {when} (clause {clause} of the plan). Please prepare the "
            "activities that your agency has planned.",
            name=day.name,
            when=when,
            clause=day.clause,
        ),
        words("The dates of this year are still to be confirmed by official dispatch.")
        if day.awaiting_dispatch
        else "",
    ]
    return join(lines, "\n\n")


def message(member: Member, text: str, buttons: list[tuple[str, str]]) -> SendMessage:
    return SendMessage(
        chat_id=member.address,
        text=text,
        parse_mode="HTML",
        reply_markup=keyboard(buttons) if buttons else None,
    )
