"""Whom an audience comes to today: the agencies meant, and the people of theirs who are reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from plan.catalogue import Duty, Role
from plan.notices.audiences import ALL, DUTY, PEOPLE, ROLE, Audience, sort_of, value_of, values
from storage.agencies import Agencies, NamedAgency, valid
from storage.audit import Audit
from storage.people import People, Recipient
from storage.recipients import ARRIVED
from storage.reports import Reports
from storage.tables import (
    BroadcastRecipient,
    OutboxRow,
    Person,
    Report,
    Responsibility,
    SavedAudience,
)

FOCAL, EVERYBODY = "focal", ("focal", "official", "admin")
HOLDING = (Role.REPORT, Role.LEAD)
NAME_MOST = 60


@dataclass(frozen=True, slots=True)
class Reach:
    """`without`: agencies that are meant, and of which nobody is reached. `muted`: people who
    would be reached, and do not want notices of this class.
    """

    wanted: list[NamedAgency]
    people: list[Recipient]
    """One for each person and agency."""
    muted: int = 0

    @property
    def count(self) -> int:
        return len({each.person_id for each in self.people})

    @property
    def without(self) -> list[NamedAgency]:
        reached = {each.agency_id for each in self.people}
        return [agency for agency in self.wanted if agency.id not in reached]

    @property
    def first(self) -> list[Recipient]:
        """One for each person."""
        return list({each.person_id: each for each in reversed(self.people)}.values())[::-1]


class Audiences:
    def __init__(self, session: Session, today: date) -> None:
        self.session, self.today = session, today

    def reach(self, audience: Audience, kind: str = "operational") -> Reach:
        known = Agencies(self.session).on(self.today)
        wanted = self._narrowed(known, audience.terms)
        gone = {a.id for term in audience.but for a in self._one(known, term)}
        wanted = [agency for agency in wanted if agency.id not in gone]
        people = People(self.session).holding(
            *_roles(audience.terms), agencies={agency.id for agency in wanted}
        )
        for number, sort in _numbered(audience.terms):
            chosen = self._of_notice(sort, number)
            people = [each for each in people if each.person_id in chosen]
        people = self._without(people, audience)
        if any(True for _ in _numbered(audience.terms)):
            theirs = {each.agency_id for each in people}
            wanted = [agency for agency in wanted if agency.id in theirs]
        muted = self._muted() if kind == "campaign" else set()
        quiet = {each.person_id for each in people} & muted
        return Reach(wanted, [p for p in people if p.person_id not in quiet], len(quiet))

    def saved(self) -> Sequence[SavedAudience]:
        return self.session.exec(select(SavedAudience).order_by(col(SavedAudience.name))).all()

    def save(self, name: str, audience: Audience, by: int, now: datetime) -> None:
        """Over one of the same name."""
        before = self.session.get(SavedAudience, name)
        was = before.expression if before else ""
        kept = SavedAudience(name=name, expression=str(audience), changed_at=now, changed_by=by)
        self.session.merge(kept)
        self.session.flush()
        Audit(self.session).note("audience.saved", before=was, after=str(audience), now=now)

    def forget(self, name: str, now: datetime) -> bool:
        found = self.session.get(SavedAudience, name)
        if found is None:
            return False
        Audit(self.session).note("audience.dropped", before=found.expression, now=now)
        self.session.delete(found)
        self.session.flush()
        return True

    def _narrowed(self, known: list[NamedAgency], terms: Sequence[str]) -> list[NamedAgency]:
        """Of the same sort any, of different sorts all."""
        found = known
        for sorts in (("kind", "agency"), (DUTY,), ("not_reported", "returned")):
            mine = [term for term in terms if sort_of(term) in sorts]
            if mine:
                ids = {agency.id for term in mine for agency in self._one(known, term)}
                found = [agency for agency in found if agency.id in ids]
        return found

    def _one(self, known: list[NamedAgency], term: str) -> list[NamedAgency]:
        sort, value = sort_of(term), value_of(term)
        if sort == "kind":
            return [agency for agency in known if agency.kind == value]
        if sort == "agency":
            return [agency for agency in known if agency.id == value]
        if sort == DUTY:
            ids = self._holders(value)
        elif sort == "returned":
            ids = self._returned()
        elif sort == "not_reported":
            reported = Reports(self.session).reported(self.today.year)
            due = [agency for agency in known if agency.duty == Duty.REQUIRED]
            ids = {agency.id for agency in due} - reported
        else:
            ids = set()
        return [agency for agency in known if agency.id in ids]

    def _without(self, people: list[Recipient], audience: Audience) -> list[Recipient]:
        gone: set[int] = set()
        for number, sort in _numbered(audience.but):
            gone |= self._of_notice(sort, number)
        if roles := values(audience.but, ROLE):
            gone |= {each.person_id for each in People(self.session).holding(*roles)}
        return [each for each in people if each.person_id not in gone]

    def _holders(self, code: str) -> set[str]:
        query = select(Responsibility.agency_id).where(
            Responsibility.code == code,
            col(Responsibility.role).in_(HOLDING),
            valid(Responsibility, self.today),
        )
        return set(self.session.exec(query))

    def _returned(self) -> set[str]:
        query = select(Report.agency_id).where(Report.state == "returned")
        return set(self.session.exec(query))

    def _of_notice(self, sort: str, number: int) -> set[int]:
        """`missed`, `got` or `unacked`, of the notice with this number."""
        query = (
            columns(
                col(BroadcastRecipient.person_id),
                col(OutboxRow.state),
                col(BroadcastRecipient.acknowledged_at),
            )
            .outerjoin(OutboxRow, col(OutboxRow.id) == col(BroadcastRecipient.outbox_id))
            .where(col(BroadcastRecipient.broadcast_id) == number)
        )
        rows = self.session.connection().execute(query).all()
        if sort == "missed":
            return {row[0] for row in rows if row[1] in {None, "failed", "unknown"}}
        arrived = [row for row in rows if row[1] in ARRIVED]
        return {row[0] for row in arrived if sort == "got" or row[2] is None}

    def _muted(self) -> set[int]:
        query = select(Person.id).where(col(Person.campaigns_muted_at).is_not(None))
        return {number or 0 for number in self.session.exec(query)}


def _roles(terms: Sequence[str]) -> tuple[str, ...]:
    """Focal points, where no other role is named: notices are for those who do the work."""
    if named := values(terms, ROLE):
        return tuple(named)
    everybody = ALL in terms or any(True for _ in _numbered(terms))
    return EVERYBODY if everybody else (FOCAL,)


def _numbered(terms: Iterable[str]) -> Iterable[tuple[int, str]]:
    for term in terms:
        if sort_of(term) in PEOPLE:
            yield int(value_of(term)), sort_of(term)
