"""A report is agency × year. What was answered is never overwritten: the newer row supersedes."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint


class Report(SQLModel, table=True):
    """States: draft → submitted → (returned → submitted) → approved → frozen."""

    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    year: int = Field(index=True)
    state: str = "draft"
    version: int = 0
    opened_at: datetime
    first_submitted_at: datetime | None = None
    """Whether it was late is judged by this one: a correction does not make it late."""
    submitted_at: datetime | None = None
    submitted_by: int | None = Field(default=None, foreign_key="person.id")


def _current(name: str, *columns: str) -> Index:
    """One current row per key: the database refuses a second, whatever the code does."""
    current = text("superseded_at IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=current, postgresql_where=current)


class Figure(SQLModel, table=True):
    """States: value, no_data, no_object, skipped. A percentage is computed, never stored."""

    __table_args__ = (_current("figure_current", "report_id", "indicator"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    indicator: str
    state: str
    numerator: int | None = Field(default=None, sa_type=BigInteger)
    denominator: int | None = Field(default=None, sa_type=BigInteger)
    count: int | None = Field(default=None, sa_type=BigInteger)
    words: str
    as_of_on: date
    person_id: int = Field(foreign_key="person.id")
    channel: str
    recorded_at: datetime
    superseded_at: datetime | None = None


class TaskStatus(SQLModel, table=True):
    """Status of a task or assignment: not_started, ongoing, done, blocked, skipped."""

    __tablename__ = "task_status"
    __table_args__ = (_current("task_status_current", "report_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    code: str
    status: str
    note: str = ""
    person_id: int = Field(foreign_key="person.id")
    channel: str
    recorded_at: datetime
    superseded_at: datetime | None = None
