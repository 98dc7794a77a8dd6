"""Who somebody is on a day: their roles, and whom they stand in for. One statement asks it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    exists,
    literal,
    union_all,
)
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.agencies import ON, valid
from storage.tables import Absence, Agency, Contact, Membership, Person


@dataclass(frozen=True, slots=True)
class Member:
    """A known person as a handler sees one: who, on which chat, with which roles."""

    person_id: int
    full_name: str
    language: str
    channel: str
    address: str
    consented: bool
    roles: frozenset[tuple[str, str]]  # (role, agency id)
    reachable: bool = True
    consent_version: str | None = None
    address_form: str = "anh-chi"
    mutes_campaigns: bool = False
    deputy_in: frozenset[str] = frozenset()
    """Where the person is a focal point for as long as another is away, and no longer."""

    @property
    def held(self) -> frozenset[tuple[str, str]]:
        """The roles of one's own."""
        return self.roles - {("focal", agency_id) for agency_id in self.deputy_in}

    def agency_as(self, *roles: str) -> str | None:
        """The agency in which the person holds the first of these roles that they hold."""
        return next(iter(self.agencies_as(*roles)), None)

    def agencies_as(self, *roles: str) -> list[str]:
        """Every agency in which the person holds one of these roles, in the roles' order."""
        held = [a for wanted in roles for role, a in sorted(self.roles) if role == wanted]
        return list(dict.fromkeys(held))

    def may(self, *roles: str) -> bool:
        return self.consented and any(role in roles for role, _ in self.roles)


WHO_THEY_ARE = (
    col(Contact.address),
    col(Person.id),
    col(Person.full_name),
    col(Person.language),
    col(Person.consented_at),
    col(Person.consent_version),
    col(Person.address_form),
    col(Person.campaigns_muted_at),
    col(Contact.unreachable_since_at),
)
ON_CHANNEL = col(Contact.channel) == bindparam("channel")
HERE = and_(ON_CHANNEL, col(Contact.address) == bindparam("address"))
AT_ANY = and_(ON_CHANNEL, col(Contact.address).in_(bindparam("addresses", expanding=True)))


def _who(here: ColumnElement[bool], *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """One row for each role that is held under the conditions, or one where there is none."""
    held = and_(
        col(Membership.person_id) == col(Person.id),
        col(Membership.until_at).is_(None),
        *conditions,
    )
    return (
        columns(
            *WHO_THEY_ARE,
            col(Membership.role),
            col(Membership.agency_id),
            literal(False).label("deputy"),
        )
        .join(Contact, col(Contact.person_id) == col(Person.id))
        .outerjoin(Membership, held)
        .where(here)
    )


def _standing_in(here: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """A row for each focal point who is away on that day and has this person as deputy."""
    own = aliased(Membership)
    keeps_a_role = exists().where(
        col(own.person_id) == col(Absence.deputy_id), col(own.until_at).is_(None)
    )
    return (
        columns(
            *WHO_THEY_ARE,
            col(Membership.role),
            col(Membership.agency_id),
            literal(True).label("deputy"),
        )
        .join(Contact, col(Contact.person_id) == col(Person.id))
        .join(Absence, col(Absence.deputy_id) == col(Person.id))
        .join(
            Membership,
            and_(
                col(Membership.person_id) == col(Absence.person_id),
                col(Membership.agency_id) == col(Absence.agency_id),
                col(Membership.role) == "focal",
                col(Membership.until_at).is_(None),
            ),
        )
        .join(Agency, STANDS)
        .where(
            here,
            col(Absence.ended_at).is_(None),
            col(Absence.from_on) <= ON,
            col(Absence.to_on) >= ON,
            keeps_a_role,
        )
    )


def _who_on(here: ColumnElement[bool]) -> CompoundSelect[*tuple[Any, ...]]:
    """The same as of a day: roles in agencies that exist then, and where one stands in."""
    # Not a join of roles and agencies: SQLite would build that of everybody, for one person.
    return union_all(_who(here, exists().where(STANDS)), _standing_in(here))


# Built once: every update asks who it is from, and every round of letters to whom they go.
STANDS = and_(col(Agency.id) == col(Membership.agency_id), valid(Agency, ON))
WHO, WHO_ON, ALL_ON = _who(HERE), _who_on(HERE), _who_on(AT_ANY)


def read_member(channel: str, rows: Sequence[Any]) -> Member:
    """From all rows of one address."""
    who, own = rows[0], {(row.role, row.agency_id) for row in rows if not row.deputy}
    return Member(
        person_id=who.id,
        full_name=who.full_name,
        language=who.language,
        channel=channel,
        address=who.address,
        consented=who.consented_at is not None,
        reachable=who.unreachable_since_at is None,
        roles=frozenset((row.role, row.agency_id) for row in rows if row.role),
        consent_version=who.consent_version,
        address_form=who.address_form,
        deputy_in=frozenset(
            row.agency_id for row in rows if ("focal", row.agency_id) not in own and row.deputy
        ),
        mutes_campaigns=who.campaigns_muted_at is not None,
    )
