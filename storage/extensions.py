"""Requests of agencies for more time: each is decided once, by the standing agency."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.easings import Easings
from storage.tables import Easing, ExtensionRequest

OPEN, GRANTED, REFUSED, WITHDRAWN = "open", "granted", "refused", "withdrawn"


class Extensions:
    def __init__(self, session: Session) -> None:
        self.session = session

    def ask(
        self,
        agency_id: str,
        year: int,
        until_on: date,
        *,
        reason: str,
        person_id: int,
        now: datetime,
    ) -> ExtensionRequest:
        """One at a time for each agency and year: the database refuses a second open one."""
        row = ExtensionRequest(
            agency_id=agency_id,
            year=year,
            until_on=until_on,
            reason=reason,
            person_id=person_id,
            at=now,
        )
        self.session.add(row)
        self.session.flush()
        after = f"{OPEN} {until_on.isoformat()}"
        Audit(self.session).note("extension.asked", _subject(row), after=after, now=now)
        return row

    def get(self, number: int) -> ExtensionRequest | None:
        return self.session.get(ExtensionRequest, number)

    def open_of(self, agency_id: str, year: int) -> ExtensionRequest | None:
        query = select(ExtensionRequest).where(
            ExtensionRequest.agency_id == agency_id,
            ExtensionRequest.year == year,
            ExtensionRequest.state == OPEN,
        )
        return self.session.exec(query).first()

    def waiting(self) -> Sequence[ExtensionRequest]:
        query = select(ExtensionRequest).where(ExtensionRequest.state == OPEN)
        return self.session.exec(query.order_by(col(ExtensionRequest.id))).all()

    def grant(
        self, request: ExtensionRequest, until_on: date, *, by: int, now: datetime
    ) -> Easing | None:
        """The extension itself; None where the request was decided or withdrawn meanwhile."""
        if not self._close(request, GRANTED, now, by=by, granted_until_on=until_on):
            return None
        return Easings(self.session).grant(
            request.agency_id,
            request.year,
            "extension",
            until_on,
            reason=request.reason,
            now=now,
            by=by,
        )

    def answered(
        self, request: ExtensionRequest, until_on: date, *, by: int, now: datetime
    ) -> bool:
        """By an extension that was granted without looking at the request."""
        return self._close(request, GRANTED, now, by=by, granted_until_on=until_on)

    def refuse(self, request: ExtensionRequest, answer: str, *, by: int, now: datetime) -> bool:
        return self._close(request, REFUSED, now, by=by, answer=answer)

    def withdraw(self, request: ExtensionRequest, *, by: int, now: datetime) -> bool:
        return self._close(request, WITHDRAWN, now, by=by)

    def _close(
        self,
        request: ExtensionRequest,
        state: str,
        now: datetime,
        *,
        by: int,
        answer: str = "",
        granted_until_on: date | None = None,
    ) -> bool:
        """False where somebody else was quicker; the row then tells who, and what."""
        still_open = update(ExtensionRequest).where(
            col(ExtensionRequest.id) == request.id, col(ExtensionRequest.state) == OPEN
        )
        closed = self.session.connection().execute(
            still_open.values(
                state=state,
                decided_at=now,
                decided_by=by,
                answer=answer,
                granted_until_on=granted_until_on,
            )
        )
        self.session.refresh(request)
        if closed.rowcount:
            after = f"{state} {granted_until_on or ''}".strip()
            note = Audit(self.session).note
            note("extension.decided", _subject(request), before=OPEN, after=after, now=now)
        return closed.rowcount == 1


def _subject(row: ExtensionRequest) -> str:
    return f"extension {row.id} {row.agency_id} {row.year}"
