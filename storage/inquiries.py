"""Questions about single figures: of officials, with a day to answer by; of agencies, to them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Inquiry, Report

OPEN, ANSWERED, WITHDRAWN = "open", "answered", "withdrawn"
AGENCY, OFFICE = "agency", "office"


class Inquiries:
    def __init__(self, session: Session) -> None:
        self.session = session

    def ask(
        self,
        report: Report,
        code: str,
        question: str,
        until_on: date,
        *,
        person_id: int,
        channel: str,
        now: datetime,
        asked_of: str = AGENCY,
    ) -> Inquiry:
        row = Inquiry(
            report_id=report.id or 0,
            code=code,
            question=question,
            until_on=until_on,
            asked_of=asked_of,
            person_id=person_id,
            channel=channel,
            at=now,
        )
        self.session.add(row)
        self.session.flush()
        self._note("inquiry.asked", row, report, now, "", OPEN)
        return row

    def answer(self, inquiry: Inquiry, text: str, *, by: int, now: datetime) -> bool:
        """False where somebody was quicker, or it was withdrawn."""
        if not self._settle(inquiry, ANSWERED, by, now):
            return False
        inquiry.answer = text
        self.session.flush()
        return True

    def withdraw(self, inquiry: Inquiry, *, by: int, now: datetime) -> bool:
        """False where it does not wait any more."""
        return self._settle(inquiry, WITHDRAWN, by, now)

    def get(self, number: int) -> Inquiry | None:
        return self.session.get(Inquiry, number)

    def report_of(self, inquiry: Inquiry) -> Report:
        return self.session.get_one(Report, inquiry.report_id)

    def of(self, report_id: int) -> Sequence[Inquiry]:
        """What was not withdrawn, the oldest first."""
        query = select(Inquiry).where(
            Inquiry.report_id == report_id, col(Inquiry.state) != WITHDRAWN
        )
        return self.session.exec(query.order_by(col(Inquiry.id))).all()

    def waiting(
        self, agencies: Sequence[str] | None = None, asked_of: str = AGENCY
    ) -> list[tuple[Inquiry, Report]]:
        """Whatever is to be answered first; with `agencies`, on their reports alone."""
        query = (
            select(Inquiry, Report)
            .join(Report, col(Report.id) == col(Inquiry.report_id))
            .where(Inquiry.state == OPEN, Inquiry.asked_of == asked_of)
            .order_by(col(Inquiry.until_on), col(Inquiry.id))
        )
        if agencies is not None:
            query = query.where(col(Report.agency_id).in_(agencies))
        return list(self.session.exec(query))

    def _settle(self, inquiry: Inquiry, state: str, by: int, now: datetime) -> bool:
        row = self.session.get(Inquiry, inquiry.id, with_for_update=True, populate_existing=True)
        if row is None or row.state != OPEN:
            return False
        row.state, row.answered_by, row.answered_at = state, by, now
        self.session.flush()
        self._note(f"inquiry.{state}", row, self.report_of(row), now, OPEN, state)
        return True

    def _note(
        self, action: str, row: Inquiry, report: Report, now: datetime, before: str, after: str
    ) -> None:
        subject = f"{report.agency_id} {report.year} {row.code} no. {row.id}"
        Audit(self.session).note(action, subject, before=before, after=after, now=now)
