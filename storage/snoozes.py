"""Reminders that a person has put off for themselves."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Snooze


class Snoozes:
    def __init__(self, session: Session) -> None:
        self.session = session

    def put_off(
        self,
        person_id: int,
        agency_id: str,
        obligation: str,
        until_on: date,
        *,
        reason: str,
        now: datetime,
    ) -> Snooze:
        """In place of an earlier one of the same obligation: one day of waking, not two."""
        for earlier in self._of(person_id, agency_id, obligation):
            self.session.delete(earlier)
        row = Snooze(
            person_id=person_id,
            agency_id=agency_id,
            obligation=obligation,
            until_on=until_on,
            reason=reason,
            at=now,
        )
        self.session.add(row)
        self.session.flush()
        self._note("reminder.snoozed", row, now, after=until_on.isoformat())
        return row

    def of(self, person_id: int, on: date) -> Sequence[Snooze]:
        """Those that still keep something quiet on that day."""
        query = select(Snooze).where(Snooze.person_id == person_id, Snooze.until_on > on)
        return self.session.exec(query.order_by(col(Snooze.until_on), col(Snooze.id))).all()

    def drop(self, person_id: int, snooze_id: int, now: datetime) -> Snooze | None:
        """What was put off; None where there is no such row of this person any more."""
        row = self.session.get(Snooze, snooze_id)
        if row is None or row.person_id != person_id:
            return None
        self.session.delete(row)
        self.session.flush()
        self._note("reminder.unsnoozed", row, now, before=row.until_on.isoformat())
        return row

    def _of(self, person_id: int, agency_id: str, obligation: str) -> Sequence[Snooze]:
        query = select(Snooze).where(
            Snooze.person_id == person_id,
            Snooze.agency_id == agency_id,
            Snooze.obligation == obligation,
        )
        return self.session.exec(query).all()

    def _note(
        self, action: str, row: Snooze, now: datetime, *, before: str = "", after: str = ""
    ) -> None:
        subject = f"person {row.person_id} {row.agency_id} {row.obligation}"
        Audit(self.session).note(action, subject, before=before, after=after, now=now)
