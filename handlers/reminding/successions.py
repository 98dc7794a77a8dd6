"""One focal point takes the place of another: at once where known, else on joining."""

from datetime import date, datetime

from sqlmodel import Session

from handlers.commands import FOCAL
from handlers.language import Markup, Words, join
from handlers.reminding import standins, telling
from plan.calendars import WorkingCalendar, local_date
from storage.absences import Absences
from storage.agencies import Agencies, NamedAgency
from storage.conversations import Conversations
from storage.people import People
from storage.tables import Invite

DEPUTY, HANDOVER = "deputy", "handover"


def accepted(
    session: Session, invite: Invite, person_id: int, calendar: WorkingCalendar, now: datetime
) -> None:
    """Somebody has joined by a link that a focal point had made for it."""
    inviter = invite.created_by or 0
    if invite.purpose == DEPUTY:
        _stand_in(session, inviter, invite.agency_id, person_id, calendar, now)
    if invite.purpose == HANDOVER:
        hand_over(session, inviter, person_id, invite.agency_id, calendar, now)
        _tell_former(session, inviter, person_id, invite.agency_id, now)


def hand_over(
    session: Session,
    former: int,
    successor: int,
    agency_id: str,
    calendar: WorkingCalendar,
    now: datetime,
) -> bool:
    """In one transaction: nobody sees the agency without. False: the role had gone before.

    The draft is the agency's and stays; what was asked of the former focal point is closed.
    """
    people, today = People(session), local_date(now)
    if not people.end_role(former, agency_id, FOCAL, now):
        return False
    people.join(successor, agency_id, FOCAL, now)
    leave(session, former, agency_id, now)
    _pass_on(session, former, successor, agency_id, calendar, now)
    agency = Agencies(session).named(agency_id, today)
    key = f"handover:{former}:{successor}:{agency_id}:{now.timestamp():.0f}"
    for to, words in telling.person(people, successor):
        telling.tell(people, f"{key}:to", to, _welcome(words, people, former, agency), now)
    for to, words in telling.administrators(people):
        text = _for_admins(words, people, former, successor, agency)
        telling.tell(people, f"{key}:admins", to, text, now)
    return True


def leave(session: Session, former: int, agency_id: str, now: datetime) -> None:
    """What ends with the role of a focal point: their absences, and what they were asked."""
    _end_absences(session, former, agency_id, now)
    if box := People(session).reached_at(former):
        _close(session, *box, agency_id)


def _stand_in(
    session: Session,
    inviter: int,
    agency_id: str,
    deputy: int,
    calendar: WorkingCalendar,
    now: datetime,
) -> None:
    people, absences = People(session), Absences(session)
    for absence in absences.without_deputy(inviter, agency_id, local_date(now)):
        absences.appoint(absence, deputy, now)
        standins.announce(session, absence, calendar, now)
        for to, words in telling.person(people, inviter):
            text = _accepted(words, people.name(deputy), absence.from_on, absence.to_on)
            telling.tell(people, f"standin:{absence.id}:accepted", to, text, now)


def _end_absences(session: Session, person_id: int, agency_id: str, now: datetime) -> None:
    absences = Absences(session)
    for absence in absences.of(person_id, local_date(now)):
        if absence.agency_id == agency_id:
            absences.end(absence.id or 0, now)
            standins.tell(session, absence, standins.ENDED, now)


def _pass_on(
    session: Session,
    former: int,
    successor: int,
    agency_id: str,
    calendar: WorkingCalendar,
    now: datetime,
) -> None:
    """Where the former focal point was to stand in for another, the successor does."""
    absences = Absences(session)
    for absence in absences.covered_by(former, agency_id, local_date(now), date.max):
        if absence.person_id != successor:
            absences.appoint(absence, successor, now)
            standins.announce(session, absence, calendar, now)


def _close(session: Session, channel: str, address: str, agency_id: str) -> None:
    """What is asked of the agency is asked of somebody else now."""
    conversations = Conversations(session)
    question = conversations.open_at(channel, address)
    if question and question.data.get("agency") == agency_id:
        conversations.close(channel, address)


def _tell_former(
    session: Session, former: int, successor: int, agency_id: str, now: datetime
) -> None:
    people = People(session)
    agency = Agencies(session).named(agency_id, local_date(now))
    for to, words in telling.person(people, former):
        text = handed_over(words, people.name(successor), agency.name)
        key = f"handover:{former}:{successor}:{agency_id}:{now.timestamp():.0f}:from"
        telling.tell(people, key, to, text, now)


def handed_over(words: Words, name: str, agency: str) -> Markup:
    return words(
        "Handed over: {name} is the reporting focal point of {agency} now, and you are not any "
        "more. What you had confirmed stays with the agency; questions of it that were open are "
        "closed. Thank you for your work.",
        name=name,
        agency=agency,
    )


def _welcome(words: Words, people: People, former: int, agency: NamedAgency) -> Markup:
    return words(
        "{name} has handed over to you: you are the reporting focal point of {agency} now. "
        "Answers given so far are kept. /baocao goes on with the report, /han tells its deadline.",
        name=telling.named(words, people.name(former)),
        agency=agency.name,
    )


def _for_admins(
    words: Words, people: People, former: int, successor: int, agency: NamedAgency
) -> Markup:
    title = words("<b>Hand-over – {agency}</b>", agency=agency.name)
    told = words(
        "{former} has handed over the role of reporting focal point to {successor}.",
        former=telling.named(words, people.name(former)),
        successor=people.name(successor),
    )
    return join([title, told])


def _accepted(words: Words, name: str, first: date, last: date) -> Markup:
    return words(
        "{name} has accepted your invitation, and stands in for you from {first} to the end of "
        "{last}.",
        name=name,
        first=words.weekday(first),
        last=words.weekday(last),
    )
