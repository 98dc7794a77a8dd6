"""More time for a report: what can be asked for, and what the letters and lists say of it."""

from datetime import date

from handlers.language import Markup, Words, join
from handlers.reminding import telling
from handlers.reminding.errand import Errand
from handlers.report.drafts import asked_of
from handlers.talk import Link
from plan.catalogue import Duty
from plan.deadlines import Deadline
from plan.reminding.deciding import HANDED_IN
from plan.reminding.rules import Rules
from plan.reminding.situations import Ease
from storage.agencies import NamedAgency
from storage.easings import Easings
from storage.extensions import GRANTED, REFUSED
from storage.tables import ExtensionRequest

REASON_LEAST, REASON_MOST = 10, 500
LATEST = (12, 31)
"""The standing agency reports for the whole year: after its last day nothing can wait."""
DAYS_MORE = 5


def difference(words: Words, before: date, after: date) -> Markup:
    return words(
        "Deadline: the end of {before} → the end of {after}",
        before=words.weekday(before),
        after=words.weekday(after),
    )


def unfit(words: Words, deadline: Deadline, until_on: date, today: date) -> Markup | None:
    """Why more time until that day is none."""
    latest = date(deadline.year, *LATEST)
    if until_on <= deadline.last_day:
        return words(
            "The end of {day} is not later than the deadline ({last}).",
            day=words.weekday(until_on),
            last=words.weekday(deadline.last_day),
        )
    if until_on < today:
        return words("{day} is past already.", day=words.weekday(until_on))
    if until_on > latest:
        return words(
            "{day} is too late: the report of {year} can be extended until {latest} at most.",
            day=words.weekday(until_on),
            year=deadline.year,
            latest=words.weekday(latest),
        )
    return None


def example(deadline: Deadline, rules: Rules, today: date) -> date:
    """Some working days after the deadline, or after today where that is later."""
    start = max(deadline.last_day, today)
    return min(rules.calendar.shift(start, DAYS_MORE), date(deadline.year, *LATEST))


def bad_reason(words: Words, reason: str) -> Markup | None:
    """A reason that tells nothing is none; a long one belongs into a letter."""
    length = len(reason)
    if length < REASON_LEAST:
        return words(
            "“{said}” is too short for a reason: please write at least {least} characters, for "
            "example: waiting for the figures of the wards.",
            said=reason,
            least=REASON_LEAST,
        )
    if length > REASON_MOST:
        return words(
            "The reason has {length} characters, {most} is the most. Please shorten it.",
            length=words.number(length),
            most=words.number(REASON_MOST),
        )
    return None


def nothing_to_extend(errand: Errand, agency: NamedAgency) -> Markup | None:
    """Why there is no deadline of this year to be moved for that agency."""
    words, year, name = errand.words, errand.today.year, agency.name
    report = errand.reports.of(agency.id, year)
    state = report.state if report else ""
    asked = asked_of(agency.id, errand.agencies, errand.today)
    if agency.duty == Duty.ON_REQUEST or not asked:
        return words("{agency} has no report with a deadline in {year}.", agency=name, year=year)
    if state in HANDED_IN:
        return words(
            "{agency} has sent its report of {year} already: there is nothing to extend.",
            agency=name,
            year=year,
        )
    if state == "returned":
        return words(
            "The report of {year} of {agency} was sent back to be corrected: the standing agency "
            "sets the day for that when it sends it back.",
            agency=name,
            year=year,
        )
    easings = Easings(errand.session).of(agency.id, year)
    if any(row.kind == Ease.EXEMPTION for row in easings):
        return words("{agency} is exempt from the report of {year}.", agency=name, year=year)
    return None


def letter(words: Words, request: ExtensionRequest, agency: str, name: str, last: date) -> Markup:
    return join(
        [
            words("<b>Request for more time, no. {n}</b>", n=request.id),
            words("{agency}, report of {year}", agency=agency, year=request.year),
            difference(words, last, request.until_on),
            words("Reason: {reason}", reason=request.reason),
            words("Asked by: {name}", name=telling.named(words, name)),
        ]
    )


def decisions(words: Words, request: ExtensionRequest) -> list[Link]:
    return [
        Link(words("Agree"), f"giahan dongy {request.id}"),
        Link(words("Refuse"), f"giahan tuchoi {request.id}"),
        Link(words("Agree to another day"), f"giahan ngaykhac {request.id}"),
    ]


def settled(errand: Errand, request: ExtensionRequest) -> Markup:
    """What has become of a request that waits no longer."""
    words = errand.words
    who = errand.people.name(request.decided_by) if request.decided_by else ""
    told: dict[str, object] = {
        "n": request.id,
        "name": telling.named(words, who),
        "time": words.moment(request.decided_at) if request.decided_at else "",
    }
    if request.state == GRANTED and request.granted_until_on:
        day = words.weekday(request.granted_until_on)
        return words(
            "Request no. {n} was agreed to by {name} at {time}: until the end of {day}.",
            day=day,
            **told,
        )
    if request.state == REFUSED:
        return words(
            "Request no. {n} was refused by {name} at {time}: {answer}",
            answer=request.answer,
            **told,
        )
    return words("Request no. {n} was withdrawn at {time}; nothing is to be decided.", **told)
