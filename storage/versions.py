"""What a report held when it was sent, and what has become of it since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.figures import in_a_word
from storage.tables import Figure, Report, ReportVersion, TaskStatus


@dataclass(frozen=True, slots=True)
class Change:
    """One answer, as it was seen and as it stands: 12/15, 8000 > 9000, no_data, done, or none."""

    code: str
    before: str
    after: str


SAID = ("id", "indicator", "state", "numerator", "denominator", "count", "count_before")
FIGURES = columns(*(getattr(Figure, name) for name in SAID))


class Versions:
    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, report: Report, person_id: int, now: datetime) -> None:
        """As it is sent now."""
        self.session.flush()
        marks = [
            self.session.scalar(
                select(func.max(col(table.id))).where(col(table.report_id) == report.id)
            )
            for table in (Figure, TaskStatus)
        ]
        row = ReportVersion(
            report_id=report.id or 0,
            version=report.version,
            submitted_at=now,
            submitted_by=person_id,
            last_figure=marks[0] or 0,
            last_status=marks[1] or 0,
        )
        self.session.add(row)
        self.session.flush()

    def of(self, report_id: int) -> list[ReportVersion]:
        """The oldest first."""
        query = select(ReportVersion).where(ReportVersion.report_id == report_id)
        return list(self.session.exec(query.order_by(col(ReportVersion.version))))

    def codes(self, report_id: int) -> set[str]:
        """Everything that it answers now; what was skipped is no answer."""
        return {code for code, answer in self.answers(report_id).items() if answer != "skipped"}

    def since(self, report_id: int, version: int) -> tuple[Change, ...]:
        """What differs now from that version; nothing for a version that never was."""
        kept = self.session.get(ReportVersion, (report_id, version))
        if kept is None:
            return ()
        before, after = self.answers(report_id, kept), self.answers(report_id)
        codes = dict.fromkeys([*before, *after])
        pairs = ((code, before.get(code, ""), after.get(code, "")) for code in codes)
        return tuple(Change(code, then, now) for code, then, now in pairs if then != now)

    def answers(self, report_id: int, kept: ReportVersion | None = None) -> Mapping[str, str]:
        """Code → the answer in a word, as it stands or as it was sent."""
        self.session.flush()
        connection = self.session.connection()
        figures = FIGURES.where(col(Figure.report_id) == report_id).order_by(col(Figure.id))
        statuses = (
            columns(col(TaskStatus.code), col(TaskStatus.status))
            .where(col(TaskStatus.report_id) == report_id)
            .order_by(col(TaskStatus.id))
        )
        if kept is None:
            figures = figures.where(col(Figure.superseded_at).is_(None))
            statuses = statuses.where(col(TaskStatus.superseded_at).is_(None))
        else:
            figures = figures.where(col(Figure.id) <= kept.last_figure)
            statuses = statuses.where(col(TaskStatus.id) <= kept.last_status)
        found = {row.indicator: in_a_word(row) for row in connection.execute(figures)}
        return found | {row.code: row.status for row in connection.execute(statuses)}
