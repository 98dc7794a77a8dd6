"""What was sent in, version by version, and what officials decided on each."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class ReportVersion(SQLModel, table=True):
    """A report as it was sent: its figures and statuses are the newest up to these ids.

    Ids and not instants: what is recorded and sent in one transaction shares its instant.
    """

    __tablename__ = "report_version"

    report_id: int = Field(primary_key=True, foreign_key="report.id")
    version: int = Field(primary_key=True)
    submitted_at: datetime
    submitted_by: int | None = Field(default=None, foreign_key="person.id")
    last_figure: int = 0
    last_status: int = 0


class Decision(SQLModel, table=True):
    """On one version of a report; added, never changed. Kinds: endorsed, partly (some
    answers were approved), approved, returned, reopened.
    """

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    version: int
    kind: str = Field(max_length=10)
    reason: str = ""
    until_on: date | None = None
    """By when what was returned is to come again."""
    person_id: int = Field(foreign_key="person.id")
    channel: str = Field(max_length=20)
    at: datetime


class DecisionItem(SQLModel, table=True):
    """What was picked, to be corrected or approved: an indicator, a task or an assignment."""

    __tablename__ = "decision_item"

    decision_id: int = Field(primary_key=True, foreign_key="decision.id")
    code: str = Field(primary_key=True, max_length=20)


class FrozenYear(SQLModel, table=True):
    """A year that was closed: added, never changed. A later correction is another edition."""

    __tablename__ = "frozen_year"
    __table_args__ = (UniqueConstraint("year", "edition"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int
    edition: int
    contents: str = Field(sa_type=Text)
    """As `plan.freezing` packs them."""
    sha256: str = Field(max_length=64)
    reason: str = ""
    """Why there is another edition."""
    person_id: int = Field(foreign_key="person.id")
    channel: str = Field(max_length=20)
    at: datetime


class Inquiry(SQLModel, table=True):
    """An official asks an agency to explain a figure, or an agency asks the office back what is
    meant by sending it back: open → answered | withdrawn.
    """

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    code: str = Field(max_length=20)
    question: str
    until_on: date
    person_id: int = Field(foreign_key="person.id")
    channel: str = Field(max_length=20)
    at: datetime
    state: str = Field(default="open", max_length=10, index=True)
    asked_of: str = Field(default="agency", max_length=10)
    """Who is to answer: the agency, or the office."""
    answer: str = ""
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
