"""Roles that people hold, as an administrator sees to them: listed, ended, given back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Membership, Person

RESTORED_WITHIN = timedelta(days=7)
"""So long a role that was ended is given back without a new invitation."""


@dataclass(frozen=True, slots=True)
class Held:
    id: int
    person_id: int
    full_name: str
    agency_id: str
    role: str
    until_at: datetime | None


ROLES: Select[*tuple[Any, ...]] = (
    columns(
        col(Membership.id),
        col(Membership.person_id),
        col(Person.full_name),
        col(Membership.agency_id),
        col(Membership.role),
        col(Membership.until_at),
    )
    .join(Person, col(Person.id) == col(Membership.person_id))
    .order_by(col(Person.full_name), col(Membership.agency_id), col(Membership.role))
)


class Roles:
    def __init__(self, session: Session) -> None:
        self.session = session

    def held(self) -> list[Held]:
        """Everybody's, whether they can be reached or not."""
        return self._read(ROLES.where(col(Membership.until_at).is_(None)))

    def get(self, number: int) -> Held | None:
        return next(iter(self._read(ROLES.where(col(Membership.id) == number))), None)

    def lock(self, role: str) -> None:
        """Of two who end such a role at once, the second waits and sees what the first has done."""
        query = select(Membership.id).where(
            Membership.role == role, col(Membership.until_at).is_(None)
        )
        self.session.exec(query.with_for_update()).all()

    def end(self, number: int, now: datetime) -> bool:
        """False where it had ended before."""
        row = self.session.get(Membership, number, with_for_update=True)
        if row is None or row.until_at is not None:
            return False
        row.until_at = now
        self._note("role.ended", row, now, before=f"{row.agency_id} {row.role}")
        return True

    def restore(self, number: int, now: datetime) -> bool:
        """False where it is held, or ended too long ago, or its person has been erased."""
        row = self.session.get(Membership, number, with_for_update=True)
        if row is None or row.until_at is None or now - row.until_at > RESTORED_WITHIN:
            return False
        if not self.session.get_one(Person, row.person_id).full_name or self._again(row):
            return False
        row.until_at = None
        self._note("role.restored", row, now, after=f"{row.agency_id} {row.role}")
        return True

    def _again(self, row: Membership) -> bool:
        """Given anew meanwhile, by an invitation."""
        query = select(Membership.id).where(
            Membership.person_id == row.person_id,
            Membership.agency_id == row.agency_id,
            Membership.role == row.role,
            col(Membership.until_at).is_(None),
        )
        return self.session.exec(query).first() is not None

    def _note(
        self, action: str, row: Membership, now: datetime, *, before: str = "", after: str = ""
    ) -> None:
        self.session.flush()
        subject = f"person {row.person_id}"
        Audit(self.session).note(action, subject, before=before, after=after, now=now)

    def _read(self, query: Select[*tuple[Any, ...]]) -> list[Held]:
        self.session.flush()
        return [Held(*row) for row in self.session.connection().execute(query)]
