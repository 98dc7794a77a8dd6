"""What a reminder says, decided when it leaves: is it still due, is it still not reported?"""

from datetime import date, datetime

from aiogram.methods import SendMessage

from handlers.language import Markup, Words, join
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
        day = next(day for day in catalogue.campaign_days if day.id == which)
        return _message(member, campaign(words, member, agency, day, due_on), [])
    year = due_on.year
    report = reports.of(agency.id, year)
    reported = agency.id in reports.reported(year)
    if not wanted(step, Duty(agency.duty), reported=reported):
        return "already reported"
    figures = reports.figures(report) if report else {}
    codes = agencies.duties(agency.id, local_date(now)).reports
    missing = [c for c in codes if c not in figures or figures[c].state == "skipped"]
    deadline = yearly_deadline(year, calendar, catalogue.reporting)
    text = join(
        [
            _greeting(words, member, agency),
            _duty(words, agency, missing, year, begun=bool(figures)),
            _due(words, deadline, calendar, now),
            words("Press the button or type /baocao; it takes a few minutes."),
        ],
        "\n\n",
    )
    button = (words("Start the report"), f"{COMMAND}:baocao {agency.id} {year}")
    return _message(member, text, [button])


def _greeting(words: Words, member: Member, agency: NamedAgency) -> Markup:
    """Vietnamese people are addressed by the given name, the last word of the name."""
    given = member.full_name.split()[-1] if member.full_name else ""
    return words("Dear {name} ({agency}),", name=given, agency=agency.short)


def _duty(
    words: Words, agency: NamedAgency, missing: list[str], year: int, *, begun: bool
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
    if not missing:
        return words(
            "the {year} report on the plan for lifelong learning has not been sent yet.", year=year
        )
    return words.plural(
        "the {year} report on the plan for lifelong learning still lacks {count} indicator: "
        "{codes}.",
        "the {year} report on the plan for lifelong learning still lacks {count} indicators: "
        "{codes}.",
        len(missing),
        year=year,
        codes=", ".join(missing),
    )


def _due(words: Words, deadline: Deadline, calendar: WorkingCalendar, now: datetime) -> Markup:
    if deadline.passed(now):
        return words(
            "The deadline was before {before}. The report is still accepted and will be marked "
            "as late.",
            before=words.day(deadline.before),
        )
    left = deadline.working_days_left(local_date(now), calendar)
    if left == 0:
        return words(
            "Today is the last working day: the report is due before {before}.",
            before=words.day(deadline.before),
        )
    return words.plural(
        "Deadline: before {before} (until the end of {last}, {count} working day left).",
        "Deadline: before {before} (until the end of {last}, {count} working days left).",
        left,
        before=words.day(deadline.before),
        last=words.weekday(deadline.last_day),
    )


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
        _greeting(words, member, agency),
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


def _message(member: Member, text: str, buttons: list[tuple[str, str]]) -> SendMessage:
    return SendMessage(
        chat_id=member.address,
        text=text,
        parse_mode="HTML",
        reply_markup=keyboard(buttons) if buttons else None,
    )
