"""Where a figure comes from: who typed what, when, which answers it replaced, what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.evidence import KEPT
from storage.figures import COLUMNS, LOCKED, Figure
from storage.tables import Decision, Evidence, Person, Report
from storage.tables import Figure as FigureRow

SHOWN = 4
SENDER = aliased(Person)
TYPED = (
    select(*COLUMNS, col(Person.full_name))
    .join(Report, col(Report.id) == col(FigureRow.report_id))
    .join(Person, col(Person.id) == col(FigureRow.person_id))
    .where(
        col(Report.agency_id) == bindparam("agency_id"),
        col(Report.year) == bindparam("year"),
        col(FigureRow.indicator) == bindparam("code"),
    )
    .order_by(col(FigureRow.superseded_at).is_not(None), col(FigureRow.id).desc())
    .limit(SHOWN)
)
SENT = (
    select(col(Report.state), col(Report.version), col(Report.submitted_at), col(SENDER.full_name))
    .outerjoin(SENDER, col(SENDER.id) == col(Report.submitted_by))
    .where(col(Report.agency_id) == bindparam("agency_id"), col(Report.year) == bindparam("year"))
)
APPROVED = (
    select(col(Decision.at), col(Person.full_name))
    .join(Report, col(Report.id) == col(Decision.report_id))
    .join(Person, col(Person.id) == col(Decision.person_id))
    .where(
        col(Report.agency_id) == bindparam("agency_id"),
        col(Report.year) == bindparam("year"),
        col(Report.state).in_(LOCKED),
        col(Decision.kind) == "approved",
    )
    .order_by(col(Decision.id).desc())
    .limit(1)
)
BY_ITSELF = (
    select(col(Decision.at), col(Person.full_name))
    .join(Person, col(Person.id) == col(Decision.person_id))
    .where(col(Decision.id) == bindparam("approval_id"))
)
EXHIBITS = (
    select(func.count())
    .select_from(Evidence)
    .join(Report, col(Report.id) == col(Evidence.report_id))
    .where(
        col(Report.agency_id) == bindparam("agency_id"),
        col(Report.year) == bindparam("year"),
        col(Evidence.code) == bindparam("code"),
        col(Evidence.state) == KEPT,
    )
)


@dataclass(frozen=True, slots=True)
class Typed:
    """`by` is empty for somebody who was erased; so are the words then."""

    figure: Figure
    by: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Of one figure: its answers, the standing one first, and what became of its report."""

    answers: Sequence[Typed]
    state: str = ""
    version: int = 0
    sent_at: datetime | None = None
    sent_by: str = ""
    approved_at: datetime | None = None
    approved_by: str = ""
    files: int = 0


class Provenance:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, agency_id: str, year: int, code: str) -> Origin:
        # A connection does not know what the session still holds back.
        self.session.flush()
        execute = self.session.connection().execute
        asked = {"agency_id": agency_id, "year": year}
        report = execute(SENT, asked).first()
        if report is None:
            return Origin(())
        about = {**asked, "code": code}
        answers = [Typed(Figure(*row[:-1]), row[-1]) for row in execute(TYPED, about)]
        files = execute(EXHIBITS, about).scalar_one()
        state, version, sent_at, sent_by = report
        by_itself = answers[0].figure.approval_id if answers else None
        if by_itself is not None:
            approval = execute(BY_ITSELF, {"approval_id": by_itself}).first()
        else:
            approval = execute(APPROVED, asked).first()
        approved_at, approved_by = approval or (None, "")
        return Origin(
            answers, state, version, sent_at, sent_by or "", approved_at, approved_by, files
        )
