"""What a deputy is told: that they are named, on the first morning, and when it is over."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from aiogram.methods import SendMessage
from sqlmodel import Session

from handlers.commands import FOCAL
from handlers.language import Markup, Words, join
from handlers.reminding import telling
from handlers.reminding.greeting import greeting, message
from handlers.talk import COMMAND
from plan.calendars import MORNING, WorkingCalendar, local_date, moment
from storage.absences import Absences
from storage.agencies import Agencies
from storage.outbox import Lane, Outbox, queued
from storage.people import Member, People
from storage.tables import Absence

KIND = "standin"
NAMED, BEGINS, ENDS, ENDED = "named", "begins", "ends", "ended"
DAY = timedelta(days=1)
NEWS_FOR = timedelta(days=7)
"""That it is over is no news later than that."""


def announce(session: Session, absence: Absence, calendar: WorkingCalendar, now: datetime) -> None:
    """The letters of the first morning and of the one after the last; at once, if still to come."""
    if absence.from_on > local_date(now):
        tell(session, absence, NAMED, now)
    first = max(now, moment(absence.from_on, MORNING))
    over = moment(absence.to_on + DAY, MORNING)
    tell(session, absence, BEGINS, now, calendar.next_office_moment(first))
    tell(session, absence, ENDS, now, calendar.next_office_moment(over))


def tell(
    session: Session, absence: Absence, what: str, now: datetime, at: datetime | None = None
) -> None:
    """Worded as it leaves: whoever comes back early has no deputy by then."""
    box = People(session).reached_at(absence.deputy_id or 0)
    if box is None:
        return
    begins, ends = moment(absence.from_on, MORNING), moment(absence.to_on + DAY, MORNING)
    send_by = ends if what in {NAMED, BEGINS} else max(begins, at or now) + NEWS_FOR
    letter = queued(
        f"{KIND}:{absence.id}:{absence.deputy_id}:{what}",
        lane=Lane.REMINDER,
        channel=box[0],
        address=box[1],
        kind=KIND,
        payload=json.dumps({"absence": absence.id, "what": what}),
        now=now,
        not_before_at=at,
        send_by_at=send_by,
        agency_id=absence.agency_id,
    )
    Outbox(session).add_all([letter])


def render(
    words: Words, member: Member, payload: Mapping[str, Any], session: Session, now: datetime
) -> SendMessage | str:
    """The message, or why it is not sent any more."""
    absence, what, today = (
        Absences(session).get(payload["absence"]),
        payload["what"],
        local_date(now),
    )
    if absence is None or absence.deputy_id != member.person_id:
        return "the deputy is another"
    if (absence.ended_at is not None) != (what == ENDED):
        return "it has ended early"
    if what == BEGINS and FOCAL not in {
        role for role, at in member.roles if at == absence.agency_id
    }:
        return "not in force"
    agency = Agencies(session).find(absence.agency_id, today)
    if agency is None:
        return "the agency exists no more"
    who = telling.named(words, People(session).name(absence.person_id))
    text = _text(words, what, absence, who, agency.name)
    report = (words("Yearly report"), f"{COMMAND}:baocao {agency.id}")
    buttons = [report] if what == BEGINS else []
    return message(member, join([greeting(words, member), text], "\n\n"), buttons)


def _text(words: Words, what: str, absence: Absence, who: Markup, agency: str) -> Markup:
    told = {
        "name": who,
        "agency": agency,
        "first": words.weekday(absence.from_on),
        "last": words.weekday(absence.to_on),
    }
    if what == NAMED:
        return words(
            "{name} asks you to stand in as reporting focal point of {agency} from {first} to the "
            "end of {last}. You will be told when it begins; there is nothing to do now.",
            **told,
        )
    if what == BEGINS:
        return words(
            "You stand in for {name} as reporting focal point of {agency} from {first} to the end "
            "of {last}: the reminders come to you, and you can fill in the report.",
            **told,
        )
    if what == ENDED:
        return words("{name} is back at {agency}: you do not stand in any more. Thank you.", **told)
    return words(
        "You no longer stand in for {name} at {agency}: it was until the end of {last}. Thank you.",
        **told,
    )
