"""The register of requests about personal data that come on paper, from the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.forgetting import opened, split
from bot.rulebook import Rulebook
from bot.settings import Settings
from plan.calendars import MORNING, WorkingCalendar, local_date, moment
from plan.loading import load
from plan.retention import BY_HAND, EXTENDED_MOST, SOON, answered_by, done_by
from storage.audit import Audit
from storage.people import People
from storage.requests import Requests
from storage.tables import DataRequest

PAPER = "paper"


class RequestError(Exception):
    """The register does not take it; the message says why."""


def file(settings: Settings, kind: str, who: str, on: date | None, now: datetime) -> str:
    """Came `on` that day, or today; `who` may be empty for somebody the bot does not know."""
    if kind not in BY_HAND:
        known = ", ".join(BY_HAND)
        raise RequestError(f"{kind!r} is no kind of request: choose one of {known}.")
    asked_at = moment(on, MORNING) if on else now
    if asked_at > now:
        raise RequestError(f"{on} has not come yet.")
    with _at_work(settings) as (session, calendar):
        due_at = done_by(kind, asked_at, calendar)
        row = Requests(session).file(kind, _known(session, who), PAPER, asked_at, due_at)
        return f"Filed: {_line(row, calendar, now)}"


def close(settings: Settings, number: int, now: datetime, *, withdrawn: bool) -> str:
    with _at_work(settings) as (session, _):
        row, requests = _by_hand(session, number), Requests(session)
        (requests.withdraw if withdrawn else requests.done)(row, now)
        return f"Request {number}: {row.state}."


def extend(settings: Settings, number: int, days: int, document: str, now: datetime) -> str:
    with _at_work(settings) as (session, calendar):
        row = _by_hand(session, number)
        last = local_date(row.due_at + min(timedelta(days=days), EXTENDED_MOST))
        until_at = calendar.closing(calendar.on_or_before(last))
        if not document.strip() or until_at <= row.due_at:
            raise RequestError("Name the letter, and days enough to reach another working day.")
        if not Requests(session).extend(row, until_at, document.strip(), now):
            raise RequestError(f"Request {number} has been extended before: once is all there is.")
        return f"Extended: {_line(row, calendar, now)}"


def listed(settings: Settings, now: datetime) -> str:
    with _at_work(settings) as (session, calendar):
        rows = Requests(session).open()
        lines = [_line(row, calendar, now) for row in rows]
    return "\n".join(lines) or "No request is open."


def _line(row: DataRequest, calendar: WorkingCalendar, now: datetime) -> str:
    who = f"person {row.person_id}" if row.person_id else "nobody the bot knows"
    answer = local_date(answered_by(row.asked_at, calendar))
    state = "OVERDUE" if row.due_at < now else "due soon" if row.due_at < now + SOON else "open"
    came = f"came {local_date(row.asked_at)}, answer by {answer}, done by {local_date(row.due_at)}"
    return f"{row.id} {row.kind} of {who}: {came} ({state})"


def _known(session: Session, who: str) -> int | None:
    if not who:
        return None
    member = People(session).at(*split(who))
    if member is None:
        raise RequestError(f"Nobody has joined from {who}: leave --who out.")
    return member.person_id


def _by_hand(session: Session, number: int) -> DataRequest:
    row = session.get(DataRequest, number)
    if row is None or row.kind not in BY_HAND:
        raise RequestError(f"There is no request {number} that is done by hand.")
    if row.state != "open":
        raise RequestError(f"Request {number} is closed already: {row.state}.")
    return row


@contextmanager
def _at_work(settings: Settings) -> Iterator[tuple[Session, WorkingCalendar]]:
    with opened(settings) as session:
        Audit(session).act_as("cli", None)
        rulebook = Rulebook(load(settings.plan_file), settings.office_hours)
        rulebook.refresh(session)
        yield session, rulebook().calendar
