"""Answers that are approved by themselves, while others of their report wait or are corrected."""

from collections.abc import Collection

from sqlalchemy import select as columns
from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.figures import STANDING
from storage.tables import Figure, Report, TaskStatus


class Picked:
    def __init__(self, session: Session) -> None:
        self.session = session

    def codes(self, report: Report) -> set[str]:
        """Of a report that is approved as a whole it says nothing."""
        self.session.flush()
        figures = columns(col(Figure.indicator)).where(
            col(Figure.report_id) == report.id, STANDING, col(Figure.approval_id).is_not(None)
        )
        found = set(self.session.connection().execute(figures).scalars())
        return found | {
            each.code for each in self._statuses(report) if each.approval_id is not None
        }

    def mark(self, report: Report, codes: Collection[str], decision_id: int | None) -> None:
        """With no decision, they are approved no more."""
        self.session.flush()
        figures = update(Figure).where(
            col(Figure.report_id) == report.id, STANDING, col(Figure.indicator).in_(codes)
        )
        self.session.connection().execute(figures.values(approval_id=decision_id))
        for each in self._statuses(report):
            if each.code in codes:
                each.approval_id = decision_id
        self.session.flush()

    def _statuses(self, report: Report) -> Collection[TaskStatus]:
        query = select(TaskStatus).where(
            TaskStatus.report_id == report.id, col(TaskStatus.superseded_at).is_(None)
        )
        return self.session.exec(query).all()
