"""Who is away, and who stands in."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Absence


class Absences:
    def __init__(self, session: Session) -> None:
        self.session = session

    def leave(
        self,
        person_id: int,
        agency_id: str,
        from_on: date,
        to_on: date,
        *,
        deputy_id: int | None,
        reason: str,
        now: datetime,
    ) -> Absence:
        """Both days included. What is meant for the person goes to the deputy meanwhile."""
        row = Absence(
            person_id=person_id,
            agency_id=agency_id,
            from_on=from_on,
            to_on=to_on,
            deputy_id=deputy_id,
            reason=reason,
            at=now,
        )
        self.session.add(row)
        self.session.flush()
        after = f"{from_on}..{to_on} deputy {deputy_id or '-'}"
        self._note("absence.began", row, now, after=after)
        return row

    def end(self, absence_id: int, now: datetime) -> bool:
        """Back earlier than planned; False where it had ended."""
        row = self.session.get(Absence, absence_id, with_for_update=True)
        if row is None or row.ended_at is not None:
            return False
        row.ended_at = now
        self.session.flush()
        self._note("absence.ended", row, now)
        return True

    def of(self, person_id: int, on: date) -> Sequence[Absence]:
        """Those that last on that day or are still to come."""
        query = select(Absence).where(
            Absence.person_id == person_id,
            col(Absence.ended_at).is_(None),
            Absence.to_on >= on,
        )
        return self.session.exec(query.order_by(col(Absence.from_on))).all()

    def current(self, agency_id: str, person_id: int, from_on: date, to_on: date) -> Absence | None:
        """One of this person's that shares a day with these."""
        query = select(Absence).where(
            Absence.person_id == person_id,
            Absence.agency_id == agency_id,
            col(Absence.ended_at).is_(None),
            Absence.from_on <= to_on,
            Absence.to_on >= from_on,
        )
        return self.session.exec(query.order_by(col(Absence.from_on))).first()

    def covered_by(
        self, deputy_id: int, agency_id: str, from_on: date, to_on: date
    ) -> Sequence[Absence]:
        """Those of others in which this one stands in, that share a day with these."""
        query = select(Absence).where(
            Absence.deputy_id == deputy_id,
            Absence.agency_id == agency_id,
            col(Absence.ended_at).is_(None),
            Absence.from_on <= to_on,
            Absence.to_on >= from_on,
        )
        return self.session.exec(query.order_by(col(Absence.from_on))).all()

    def get(self, absence_id: int) -> Absence | None:
        return self.session.get(Absence, absence_id)

    def appoint(self, absence: Absence, deputy_id: int, now: datetime) -> None:
        """Whoever was invited to stand in is here."""
        absence.deputy_id = deputy_id
        self.session.flush()
        self._note("absence.deputy", absence, now, after=f"deputy {deputy_id}")

    def without_deputy(self, person_id: int, agency_id: str, on: date) -> Sequence[Absence]:
        """Those that wait for somebody who was invited."""
        found = self.of(person_id, on)
        return [each for each in found if each.agency_id == agency_id and each.deputy_id is None]

    def _note(self, action: str, row: Absence, now: datetime, after: str = "") -> None:
        subject = f"person {row.person_id} {row.agency_id}"
        Audit(self.session).note(action, subject, after=after, now=now)
