"""Extensions, exemptions and mutes of agencies, each with its reason."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Easing

# Built once: asked for every question of a report, and for each letter that says a deadline.
EXTENDED = (
    columns(col(Easing.until_on))
    .where(
        col(Easing.agency_id) == bindparam("agency_id"),
        col(Easing.year) == bindparam("year"),
        col(Easing.kind) == "extension",
        col(Easing.revoked_at).is_(None),
    )
    .order_by(col(Easing.id).desc())
    .limit(1)
)


class Easings:
    def __init__(self, session: Session) -> None:
        self.session = session

    def grant(
        self,
        agency_id: str,
        year: int,
        kind: str,
        until_on: date | None,
        *,
        reason: str,
        now: datetime,
        by: int | None = None,
    ) -> Easing:
        """`extension`, `exemption` or `mute`; the one granted last counts."""
        row = Easing(
            agency_id=agency_id,
            year=year,
            kind=kind,
            until_on=until_on,
            reason=reason,
            person_id=by,
            at=now,
        )
        self.session.add(row)
        self.session.flush()
        self._note("easing.granted", row, now, after=_until(row))
        return row

    def revoke(self, easing_id: int, now: datetime) -> bool:
        """False where it was revoked before, or never was."""
        row = self.session.get(Easing, easing_id, with_for_update=True)
        if row is None or row.revoked_at is not None:
            return False
        row.revoked_at = now
        self.session.flush()
        self._note("easing.revoked", row, now, before=_until(row))
        return True

    def restore(self, easing_id: int, now: datetime) -> bool:
        """What was revoked counts again; False where it does already."""
        row = self.session.get(Easing, easing_id, with_for_update=True)
        if row is None or row.revoked_at is None:
            return False
        row.revoked_at = None
        self.session.flush()
        self._note("easing.restored", row, now, after=_until(row))
        return True

    def get(self, easing_id: int) -> Easing | None:
        return self.session.get(Easing, easing_id)

    def granted(self, year: int, *kinds: str) -> Sequence[Easing]:
        """What counts for that year in any agency."""
        query = select(Easing).where(
            Easing.year == year, col(Easing.kind).in_(kinds), col(Easing.revoked_at).is_(None)
        )
        return self.session.exec(query.order_by(col(Easing.agency_id), col(Easing.id))).all()

    def muted(self, on: date) -> Sequence[Easing]:
        """The mutes that last on that day."""
        query = select(Easing).where(
            Easing.kind == "mute",
            col(Easing.revoked_at).is_(None),
            or_(col(Easing.until_on).is_(None), col(Easing.until_on) >= on),
        )
        return self.session.exec(query.order_by(col(Easing.agency_id), col(Easing.id))).all()

    def of(self, agency_id: str, year: int) -> Sequence[Easing]:
        """What still counts, the oldest first."""
        query = select(Easing).where(
            Easing.agency_id == agency_id,
            Easing.year == year,
            col(Easing.revoked_at).is_(None),
        )
        return self.session.exec(query.order_by(col(Easing.id))).all()

    def extended_until(self, agency_id: str, year: int) -> date | None:
        """By the extension granted last."""
        asked = {"agency_id": agency_id, "year": year}
        until: date | None = self.session.connection().execute(EXTENDED, asked).scalar()
        return until

    def _note(
        self, action: str, row: Easing, now: datetime, *, before: str = "", after: str = ""
    ) -> None:
        subject = f"{row.agency_id} {row.year} {row.kind}"
        Audit(self.session).note(action, subject, before=before, after=after, now=now)


def _until(row: Easing) -> str:
    return row.until_on.isoformat() if row.until_on else "open"
