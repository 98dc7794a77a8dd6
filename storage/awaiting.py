"""Reports that wait for a decision, with all that the order of work depends on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, func
from sqlalchemy import select as columns
from sqlmodel import col

from storage.tables import Decision, Easing, Figure, Report, TaskStatus

# The extension that was granted last counts, as long as it has not been revoked.
EXTENSION = (
    columns(col(Easing.until_on))
    .where(
        col(Easing.agency_id) == col(Report.agency_id),
        col(Easing.year) == col(Report.year),
        col(Easing.kind) == "extension",
        col(Easing.revoked_at).is_(None),
    )
    .order_by(col(Easing.id).desc())
    .limit(1)
    .correlate(Report)
    .scalar_subquery()
)
ENDORSED = exists().where(
    col(Decision.report_id) == col(Report.id),
    col(Decision.version) == col(Report.version),
    col(Decision.kind) == "endorsed",
)
# Of figures and of statuses: how many are approved by themselves.
PICKED = [
    columns(func.count())
    .where(
        col(table.report_id) == col(Report.id),
        col(table.superseded_at).is_(None),
        col(table.approval_id).is_not(None),
    )
    .correlate(Report)
    .scalar_subquery()
    for table in (Figure, TaskStatus)
]
FIELDS: tuple[Any, ...] = (
    col(Report.id),
    col(Report.agency_id),
    col(Report.year),
    col(Report.version),
    col(Report.first_submitted_at),
    col(Report.submitted_at),
    EXTENSION,
    ENDORSED,
    PICKED[0] + PICKED[1],
)
OF_ALL_YEARS = (
    columns(*FIELDS)
    .where(col(Report.state) == "submitted")
    .order_by(col(Report.submitted_at), col(Report.id))
)
WAITING = OF_ALL_YEARS.where(col(Report.year) == bindparam("year"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report to be decided on. Whether it was late is for `plan.approval.filing` to say."""

    report_id: int
    agency_id: str
    year: int
    version: int
    first_submitted_at: datetime
    submitted_at: datetime
    extended_until: date | None
    endorsed: bool
    """The agency's own leader has agreed to this version."""
    approved: int = 0
    """How many of its answers are approved by themselves."""
