"""What was sent in, version by version, and what officials decided on each."""

from datetime import date, datetime

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
    """On one version of a report; added, never changed. Kinds: endorsed, approved, returned,
    reopened.
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
    """What was picked to be corrected, by the code of an indicator, a task or an assignment."""

    __tablename__ = "decision_item"

    decision_id: int = Field(primary_key=True, foreign_key="decision.id")
    code: str = Field(primary_key=True, max_length=20)
