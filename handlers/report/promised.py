"""What a reminder that was asked for says, decided when it leaves: is it still wanted?"""

from datetime import datetime

from aiogram.methods import SendMessage

from handlers.commands import FOCAL
from handlers.due import deadline_told
from handlers.language import Markup, Words, join
from handlers.reminding.greeting import greeting, message
from handlers.report import cards
from handlers.report.drafts import asked_of, missing
from handlers.report.promises import Promise
from handlers.talk import COMMAND
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.reminding.rules import Rules
from storage.agencies import Agencies
from storage.easings import Easings
from storage.people import Member
from storage.reports import REPORTED, Reports
from storage.years import Year


def render(
    words: Words,
    member: Member,
    promise: Promise,
    *,
    agencies: Agencies,
    reports: Reports,
    catalogue: Catalogue,
    rules: Rules,
    now: datetime,
) -> SendMessage | str:
    """The message, or the reason why it is not sent any more."""
    if promise.agency not in member.agencies_as(FOCAL):
        return "stands for the agency no longer"
    report = reports.of(promise.agency, promise.year)
    if report is not None and report.state in REPORTED:
        return "already reported"
    today = local_date(now)
    open_codes = _open(promise, agencies, reports, Year(promise.year, today))
    if not open_codes and "" not in promise.codes:
        return "answered meanwhile"
    until = Easings(agencies.session).extended_until(promise.agency, promise.year)
    deadline = rules.deadline(promise.year, until)
    text = join(
        [
            greeting(words, member, agencies.named(promise.agency, today).short),
            _asked(words, catalogue, open_codes, promise.year),
            deadline_told(words, deadline, rules.calendar, now),
        ],
        "\n\n",
    )
    button = f"{COMMAND}:baocao {promise.agency} {promise.year}"
    return message(member, text, [(words("Go on with the report"), button)])


def _open(promise: Promise, agencies: Agencies, reports: Reports, year: Year) -> list[str]:
    """Of the questions those without a figure, "no data yet" among them."""
    report = reports.of(promise.agency, promise.year)
    asked = asked_of(promise.agency, agencies, year.on)
    figures = reports.figures(report) if report else {}
    statuses = reports.statuses(report) if report else {}
    lacking = set(missing(asked, figures, statuses))
    lacking |= {code for code, figure in figures.items() if figure.state == "no_data"}
    return [code for code in asked if code in promise.codes and code in lacking]


def _asked(words: Words, catalogue: Catalogue, codes: list[str], year: int) -> Markup:
    if not codes:
        return words("as you asked: the report of {year} has not been sent yet.", year=year)
    lines = [
        words("• {code} {short}", code=code, short=cards.short_of(catalogue, code))
        for code in codes
    ]
    told = words("as you asked: these questions of the {year} report are still open.", year=year)
    hint = words("Press the button, or type for example /sua {code}.", code=codes[0])
    return join([told, *lines, hint])
