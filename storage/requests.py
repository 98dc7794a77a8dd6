"""The register of requests about personal data: asked, due, done or withdrawn."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import literal, update
from sqlmodel import Session, col, select

from plan.calendars import local_date
from storage.audit import Audit
from storage.tables import AuditRow, DataRequest

VIEW, CORRECT, ERASE = "view", "correct", "erase"
EXTENDED = "data.extended"
DAY = timedelta(days=1)
OPEN = literal("open", literal_execute=True)
"""Written out in the statement, for its partial index."""


class Requests:
    def __init__(self, session: Session) -> None:
        self.session = session

    def file(
        self, kind: str, person_id: int | None, channel: str, now: datetime, due_at: datetime
    ) -> DataRequest:
        """To be done when it is due; the ticker looks."""
        return self._keep(
            DataRequest(
                kind=kind, person_id=person_id, channel=channel, asked_at=now, due_at=due_at
            )
        )

    def answered(self, kind: str, person_id: int | None, channel: str, now: datetime) -> None:
        """Done on the spot. Looking at one's data again on the same day is the same request."""
        if kind == VIEW and person_id is not None and self._seen_since(person_id, now - DAY):
            return
        self._keep(
            DataRequest(
                kind=kind,
                person_id=person_id,
                channel=channel,
                asked_at=now,
                due_at=now,
                state="done",
                closed_at=now,
            )
        )

    def open_erasure(self, person_id: int) -> DataRequest | None:
        query = select(DataRequest).where(
            DataRequest.person_id == person_id,
            DataRequest.kind == ERASE,
            DataRequest.state == "open",
        )
        return self.session.exec(query).first()

    def due(self, now: datetime) -> Sequence[DataRequest]:
        """Erasures, which the program carries out by itself; the other kinds a person does."""
        query = select(DataRequest).where(
            col(DataRequest.state) == OPEN,
            col(DataRequest.due_at) <= now,
            DataRequest.kind == ERASE,
        )
        return self.session.exec(query.order_by(col(DataRequest.due_at), col(DataRequest.id))).all()

    def every(self) -> Sequence[DataRequest]:
        return self.session.exec(select(DataRequest).order_by(col(DataRequest.id))).all()

    def put_off(self, request: DataRequest, due_at: datetime, now: datetime) -> bool:
        """False where it is not to be carried out before then anyway."""
        if request.state != "open" or request.due_at >= due_at:
            return False
        request.due_at = due_at
        self.session.flush()
        after = f"open until {due_at.isoformat()}"
        note = Audit(self.session).note
        note(f"data.{request.kind}", _subject(request), before="open", after=after, now=now)
        return True

    def open(self) -> Sequence[DataRequest]:
        """All that is still to be done, by a person or by the program; the next due first."""
        query = select(DataRequest).where(col(DataRequest.state) == OPEN)
        return self.session.exec(query.order_by(col(DataRequest.due_at), col(DataRequest.id))).all()

    def extend(
        self, request: DataRequest, until_at: datetime, document: str, now: datetime
    ) -> bool:
        """Once; `document` is the number of the letter that tells the person why."""
        subject = _subject(request)
        before = select(AuditRow.id).where(AuditRow.action == EXTENDED, AuditRow.subject == subject)
        if self.session.exec(before).first() is not None:
            return False
        was, request.due_at = request.due_at, until_at
        self.session.flush()
        told = f"{_day(until_at)} by {document}"
        Audit(self.session).note(EXTENDED, subject, before=_day(was), after=told, now=now)
        return True

    def withdraw(self, request: DataRequest, now: datetime) -> bool:
        return self._close(request, "withdrawn", now)

    def done(self, request: DataRequest, now: datetime) -> bool:
        """False where it was done, or withdrawn, at the same moment."""
        return self._close(request, "done", now)

    def of(self, person_id: int) -> Sequence[DataRequest]:
        query = select(DataRequest).where(DataRequest.person_id == person_id)
        return self.session.exec(query.order_by(col(DataRequest.id))).all()

    def enter(self, request: DataRequest) -> None:
        """One that another database had, word for word."""
        self._keep(request)

    def _close(self, request: DataRequest, state: str, now: datetime) -> bool:
        still_open = update(DataRequest).where(
            col(DataRequest.id) == request.id, col(DataRequest.state) == "open"
        )
        closed = self.session.connection().execute(still_open.values(state=state, closed_at=now))
        if closed.rowcount:
            self.session.refresh(request)
            subject, action = _subject(request), f"data.{request.kind}"
            Audit(self.session).note(action, subject, before="open", after=state, now=now)
        return closed.rowcount == 1

    def _keep(self, row: DataRequest) -> DataRequest:
        self.session.add(row)
        self.session.flush()
        Audit(self.session).note(
            f"data.{row.kind}", _subject(row), after=row.state, now=row.asked_at
        )
        return row

    def _seen_since(self, person_id: int, since: datetime) -> bool:
        query = select(DataRequest.id).where(
            DataRequest.kind == VIEW,
            DataRequest.person_id == person_id,
            col(DataRequest.asked_at) > since,
        )
        return self.session.exec(query).first() is not None


def _day(at: datetime) -> str:
    return local_date(at).isoformat()


def _subject(request: DataRequest) -> str:
    return f"request {request.id}"
