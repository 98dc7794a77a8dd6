"""What a report says in words. Newer words supersede; nothing is overwritten."""

from datetime import datetime

from sqlalchemy import and_, func, or_, update
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Narrative, Report

TOPICS = ("results", "difficulties", "proposals")


class Narratives:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, report: Report) -> dict[str, Narrative]:
        """The current words of each topic that has any."""
        query = select(Narrative).where(
            col(Narrative.report_id) == report.id, col(Narrative.superseded_at).is_(None)
        )
        return {found.topic: found for found in self.session.exec(query)}

    def changed(self, report_id: int, since: datetime) -> set[str]:
        """Topics that were written, or emptied, after that moment."""
        after = or_(col(Narrative.recorded_at) > since, col(Narrative.superseded_at) > since)
        query = select(Narrative.topic).where(Narrative.report_id == report_id, after)
        return set(self.session.exec(query))

    def write(
        self,
        report: Report,
        topic: str,
        text: str,
        *,
        person_id: int,
        channel: str,
        now: datetime,
    ) -> Narrative:
        before = self._supersede(report, topic, now)
        row = Narrative(
            report_id=report.id or 0,
            topic=topic,
            text=text,
            person_id=person_id,
            channel=channel,
            recorded_at=now,
        )
        self.session.add(row)
        self.session.flush()
        self._note("narrative.written", report, topic, now, before, len(text))
        return row

    def clear(self, report: Report, topic: str, now: datetime) -> None:
        """The report says nothing about the topic any more; what it said stays on record."""
        before = self._supersede(report, topic, now)
        if before is not None:
            self._note("narrative.cleared", report, topic, now, before, None)

    def _supersede(self, report: Report, topic: str, now: datetime) -> int | None:
        """The length of what was said before; None where nothing was."""
        key = and_(col(Narrative.report_id) == report.id, col(Narrative.topic) == topic)
        current = update(Narrative).where(key, col(Narrative.superseded_at).is_(None))
        told = current.values(superseded_at=now).returning(func.length(col(Narrative.text)))
        return self.session.connection().execute(told).scalar()

    def _note(
        self,
        action: str,
        report: Report,
        topic: str,
        now: datetime,
        before: int | None,
        after: int | None,
    ) -> None:
        """Lengths in characters: the words themselves are in the table."""
        subject = f"{report.agency_id} {report.year} {topic}"
        lengths = ["" if length is None else f"{length} characters" for length in (before, after)]
        Audit(self.session).note(action, subject, before=lengths[0], after=lengths[1], now=now)
