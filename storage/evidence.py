"""Files that people sent as evidence: wanted, fetched, listed, removed."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Evidence, Report

NAME_BYTES = 16
LARGEST = 20 * 1024 * 1024
"""Bytes of one file: more than that, Telegram does not hand out to bots."""
JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
CSV = "text/csv"
REGISTER = "register"
"""Stands in the place of a code: no evidence, but a list of facilities to be read and removed."""
WANTED, KEPT, REFUSED, FAILED, REMOVED = "wanted", "kept", "refused", "failed", "removed"


class Exhibits:
    def __init__(self, session: Session) -> None:
        self.session = session

    def want(self, report: Report | None, code: str, **sent: Any) -> Evidence:  # noqa: ANN401 - the table's own columns
        """To be fetched. Its place on the disk is settled now: a crash leaves nothing unknown."""
        name = token_hex(NAME_BYTES)
        return self._add(report_id=report and report.id, code=code, name=name, **sent)

    def turn_away(self, reason: str, **sent: Any) -> Evidence:  # noqa: ANN401 - the table's own columns
        """Noted without being fetched, so that the rest of its album need not be answered."""
        return self._add(state=REFUSED, reason=reason, **sent)

    def get(self, evidence_id: int) -> Evidence | None:
        return self.session.get(Evidence, evidence_id)

    def report_of(self, evidence: Evidence) -> Report | None:
        return self.session.get(Report, evidence.report_id) if evidence.report_id else None

    def album(self, address: str, album: str) -> Sequence[Evidence]:
        """What has come of an album so far, in order of arrival; an album of "" is none."""
        if not album:
            return []
        query = select(Evidence).where(Evidence.address == address, Evidence.album == album)
        return self.session.exec(query.order_by(col(Evidence.id))).all()

    def kept(self, report: Report) -> Sequence[Evidence]:
        query = select(Evidence).where(Evidence.report_id == report.id, Evidence.state == KEPT)
        return self.session.exec(query.order_by(col(Evidence.id))).all()

    def due(self, now: datetime, limit: int) -> Sequence[Evidence]:
        """What is to be fetched now, and what is to be deleted from the disk."""
        wanted = (col(Evidence.state) == WANTED) & (col(Evidence.not_before_at) <= now)
        doomed = (col(Evidence.state) == REMOVED) & (col(Evidence.name) != "")
        query = select(Evidence).where(or_(wanted, doomed)).order_by(col(Evidence.id))
        return self.session.exec(query.limit(limit)).all()

    def settle(self, evidence_id: int, state: str, now: datetime, **found: Any) -> bool:  # noqa: ANN401 - the table's own columns
        """Wanted → kept, refused or failed, once; False where that was decided before."""
        values = {"state": state, "fetched_at": now, **({} if state == KEPT else {"name": ""})}
        settled = self._change(evidence_id, WANTED, **values, **found)
        if settled:
            self._note("file.fetched", evidence_id, now, WANTED, state)
        return settled

    def again(self, evidence_id: int, attempts: int, later: datetime) -> None:
        self._change(evidence_id, WANTED, attempts=attempts, not_before_at=later)

    def remove(self, evidence: Evidence, now: datetime) -> None:
        """Not shown any more from now on; the bytes go with the next round of fetching."""
        self._note("file.removed", evidence.id, now, evidence.state, REMOVED)
        evidence.state = REMOVED

    def shredded(self, evidence_id: int) -> None:
        self._change(evidence_id, REMOVED, name="")

    def _add(self, **values: Any) -> Evidence:  # noqa: ANN401 - the table's own columns
        row = Evidence(**values)
        self.session.add(row)
        self.session.flush()
        self._note("file.sent", row.id, row.received_at, "", f"{row.state} {row.code}".strip())
        return row

    def _change(self, evidence_id: int, was: str, **values: object) -> bool:
        row = update(Evidence).where(col(Evidence.id) == evidence_id, col(Evidence.state) == was)
        return self.session.connection().execute(row.values(**values)).rowcount == 1

    def _note(
        self, action: str, evidence_id: int | None, now: datetime, before: str, after: str
    ) -> None:
        subject = f"file {evidence_id}"
        Audit(self.session).note(action, subject, before=before, after=after, now=now)
