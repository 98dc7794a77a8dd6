"""People, where they are reached, and what they may do."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.members import ALL_ON, WHO, WHO_ON, Member, read_member
from storage.tables import Contact, Membership, Person

CHUNK = 1000
"""Ids in one statement: both databases have a limit."""
FORMS = ("anh-chi", "anh", "chi", "ong", "ba", "dong-chi")
"""How a person may be addressed."""


@dataclass(frozen=True, slots=True)
class Recipient:
    person_id: int
    agency_id: str
    channel: str
    address: str


class People:
    def __init__(self, session: Session) -> None:
        self.session = session

    def at(self, channel: str, address: str, on: date | None = None) -> Member | None:
        """The person behind an address.

        With `on`, as of that day: roles in agencies that exist then, and whom they stand in for.
        """
        # A connection does not know what the session still holds back.
        self.session.flush()
        asked = {"channel": channel, "address": address}
        query = self.session.connection().execute
        rows = (query(WHO_ON, {**asked, "on": on}) if on else query(WHO, asked)).all()
        return read_member(channel, rows) if rows else None

    def at_all(self, boxes: Collection[tuple[str, str]], on: date) -> dict[tuple[str, str], Member]:
        """(channel, address) → the person behind it, as `at` has them; one statement a channel."""
        self.session.flush()
        query = self.session.connection().execute
        rows: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
        for channel in {channel for channel, _ in boxes}:
            wanted = sorted(address for each, address in boxes if each == channel)
            for start in range(0, len(wanted), CHUNK):
                part = wanted[start : start + CHUNK]
                for row in query(ALL_ON, {"channel": channel, "addresses": part, "on": on}):
                    rows[channel, row.address].append(row)
        return {box: read_member(box[0], found) for box, found in rows.items()}

    def welcome(self, channel: str, address: str, full_name: str, now: datetime) -> int:
        """The person behind an address, made on first contact; returns the person's id."""
        contact = self.session.get(Contact, (channel, address))
        if contact is not None:
            return contact.person_id
        person = Person(full_name=full_name, created_at=now)
        self.session.add(person)
        self.session.flush()
        person_id = person.id or 0
        self.session.add(Contact(channel=channel, address=address, person_id=person_id))
        self.session.flush()
        return person_id

    def consent(self, person_id: int, version: str, now: datetime) -> None:
        """To what the notice of this version says."""
        person = self.session.get_one(Person, person_id)
        before = person.consent_version or ""
        person.consented_at, person.consent_version = now, version
        self._note("consented", person_id, now, before, version)

    def rename(self, person_id: int, full_name: str, now: datetime) -> None:
        person = self.session.get_one(Person, person_id)
        if person.full_name != full_name:
            person.full_name = full_name
            self._note("renamed", person_id, now)

    def name(self, person_id: int) -> str:
        return self.session.get_one(Person, person_id).full_name

    def speak(self, person_id: int, language: str, now: datetime) -> None:
        person = self.session.get_one(Person, person_id)
        before, person.language = person.language, language
        self._note("spoken", person_id, now, before, language)

    def address_as(self, person_id: int, form: str, now: datetime) -> None:
        """One of `FORMS`."""
        person = self.session.get_one(Person, person_id)
        before, person.address_form = person.address_form, form
        self._note("addressed", person_id, now, before, form)

    def mute_campaigns(self, person_id: int, now: datetime, *, muted: bool) -> bool:
        """False where it was so already."""
        person = self.session.get_one(Person, person_id)
        if (person.campaigns_muted_at is not None) == muted:
            return False
        person.campaigns_muted_at = now if muted else None
        self.session.flush()
        action = "campaigns.muted" if muted else "campaigns.wanted"
        Audit(self.session).note(action, f"person {person_id}", now=now)
        return True

    def member(self, person_id: int) -> Member | None:
        """Where they can be written to; None where they cannot."""
        query = select(Contact).where(
            Contact.person_id == person_id, col(Contact.unreachable_since_at).is_(None)
        )
        contact = self.session.exec(query.order_by(col(Contact.channel))).first()
        return self.at(contact.channel, contact.address) if contact else None

    def known(self, person_id: int) -> tuple[str, str] | None:
        """Full name and form of address."""
        person = self.session.get(Person, person_id)
        return (person.full_name, person.address_form) if person else None

    def forms_of(self, people: Collection[int]) -> dict[int, tuple[str, str]]:
        """Person → full name and form of address."""
        query = columns(col(Person.id), col(Person.full_name), col(Person.address_form))
        found: dict[int, tuple[str, str]] = {}
        wanted = sorted(people)
        for start in range(0, len(wanted), CHUNK):
            part = query.where(col(Person.id).in_(wanted[start : start + CHUNK]))
            rows = self.session.connection().execute(part)
            found.update({row.id: (row.full_name, row.address_form) for row in rows})
        return found

    def names_of(self, people: Collection[int]) -> dict[int, str]:
        return {number: name for number, (name, _) in self.forms_of(people).items()}

    def letterboxes(self) -> dict[int, tuple[str, str]]:
        """Person → (channel, address) where they can be written to."""
        query = (
            columns(col(Contact.person_id), col(Contact.channel), col(Contact.address))
            .where(col(Contact.unreachable_since_at).is_(None))
            .order_by(col(Contact.person_id), col(Contact.channel).desc())
        )
        rows = self.session.connection().execute(query)
        return {row.person_id: (row.channel, row.address) for row in rows}

    def names_at(self, channel: str, addresses: Collection[str]) -> list[str]:
        query = (
            select(Person.full_name)
            .join(Contact, col(Contact.person_id) == col(Person.id))
            .where(Contact.channel == channel, col(Contact.address).in_(addresses))
            .order_by(col(Person.full_name))
        )
        return list(self.session.exec(query))

    def join(self, person_id: int, agency_id: str, role: str, now: datetime) -> None:
        held = self.session.exec(
            select(Membership).where(
                Membership.person_id == person_id,
                Membership.agency_id == agency_id,
                Membership.role == role,
                col(Membership.until_at).is_(None),
            )
        ).first()
        if held is None:
            self.session.add(
                Membership(person_id=person_id, agency_id=agency_id, role=role, since_at=now)
            )
            self.session.flush()
            subject = f"person {person_id}"
            Audit(self.session).note("role.granted", subject, after=f"{agency_id} {role}", now=now)

    def end_roles(self, person_id: int, now: datetime) -> None:
        held = select(Membership).where(
            Membership.person_id == person_id, col(Membership.until_at).is_(None)
        )
        for membership in self.session.exec(held):
            membership.until_at = now
            Audit(self.session).note(
                "role.ended",
                f"person {person_id}",
                before=f"{membership.agency_id} {membership.role}",
                now=now,
            )
        self.session.flush()

    def end_role(self, person_id: int, agency_id: str, role: str, now: datetime) -> bool:
        """One role only; False where it was not held any more."""
        held = select(Membership).where(
            Membership.person_id == person_id,
            Membership.agency_id == agency_id,
            Membership.role == role,
            col(Membership.until_at).is_(None),
        )
        found = self.session.exec(held).all()
        for membership in found:
            membership.until_at = now
            subject, before = f"person {person_id}", f"{agency_id} {role}"
            Audit(self.session).note("role.ended", subject, before=before, now=now)
        self.session.flush()
        return bool(found)

    def reached_at(self, person_id: int) -> tuple[str, str] | None:
        """(channel, address), where the person can be written to."""
        query = (
            columns(col(Contact.channel), col(Contact.address))
            .where(col(Contact.person_id) == person_id, col(Contact.unreachable_since_at).is_(None))
            .order_by(col(Contact.channel))
        )
        row = self.session.connection().execute(query).first()
        return (row.channel, row.address) if row else None

    def colleagues(self, agency_id: str, but: int) -> list[tuple[int, str]]:
        """(person, full name) of everybody else with a role in the agency who can be reached."""
        found = self.holding("focal", "official", "admin", agencies=[agency_id])
        others = [each.person_id for each in found if each.person_id != but]
        query = columns(col(Person.id), col(Person.full_name)).where(col(Person.id).in_(others))
        rows = self.session.connection().execute(query.order_by(col(Person.full_name)))
        return [(row.id, row.full_name) for row in rows]

    def unreachable(self, channel: str, address: str, reason: str, now: datetime) -> None:
        contact = self.session.get(Contact, (channel, address))
        if contact is not None:
            contact.unreachable_since_at, contact.unreachable_reason = now, reason

    def reachable(self, channel: str, address: str) -> None:
        contact = self.session.get(Contact, (channel, address))
        if contact is not None:
            contact.unreachable_since_at = contact.unreachable_reason = None

    def holding(self, *roles: str, agencies: Collection[str] | None = None) -> list[Recipient]:
        """Consenting, reachable people in these roles, one entry per person and agency."""
        query = (
            columns(
                col(Contact.person_id),
                col(Membership.agency_id),
                col(Contact.channel),
                col(Contact.address),
            )
            .join(Membership, col(Membership.person_id) == col(Contact.person_id))
            .join(Person, col(Person.id) == col(Contact.person_id))
            .where(
                col(Membership.role).in_(roles),
                col(Membership.until_at).is_(None),
                col(Contact.unreachable_since_at).is_(None),
                col(Person.consented_at).is_not(None),
            )
            .order_by(col(Membership.agency_id), col(Contact.person_id))
        )
        # A connection does not know what the session still holds back.
        self.session.flush()
        rows = [Recipient(*row) for row in self.session.connection().execute(query)]
        found = {
            (each.person_id, each.agency_id): each
            for each in rows
            if agencies is None or each.agency_id in agencies
        }
        return list(found.values())

    def _note(
        self, what: str, person_id: int, now: datetime, before: str = "", after: str = ""
    ) -> None:
        subject = f"person {person_id}"
        Audit(self.session).note(f"person.{what}", subject, before=before, after=after, now=now)


__all__ = ["FORMS", "Member", "People", "Recipient"]
