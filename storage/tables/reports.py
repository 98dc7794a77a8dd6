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
    returned_at: datetime | None = None
    return_until_on: date | None = None
    """By when a report that was sent back is to come again."""


def _current(name: str, *columns: str) -> Index:
    """One current row per key: the database refuses a second, whatever the code does."""
    current = text("superseded_at IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=current, postgresql_where=current)


class Figure(SQLModel, table=True):
    """States: value, no_data, no_object, not_applicable, skipped.

    A percentage is computed, never stored.
    """

    __table_args__ = (_current("figure_current", "report_id", "indicator"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    indicator: str
    state: str
    numerator: int | None = Field(default=None, sa_type=BigInteger)
    denominator: int | None = Field(default=None, sa_type=BigInteger)
    count: int | None = Field(default=None, sa_type=BigInteger)
    count_before: int | None = Field(default=None, sa_type=BigInteger)
    """For growth: the year before, counted on the same territory."""
    basis: str = ""
    """For growth: the territory both years are counted on, `old` or `new` (domain A11)."""
    estimate: bool = False
    words: str
    reason: str = ""
    """Why it differs as much as it does, where the person was asked."""
    document: str = ""
    """The number of the paper report that an official entered it from, for the agency."""
    as_of_on: date
    person_id: int = Field(foreign_key="person.id")
    channel: str
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    """The person's message that held the words: editing it corrects the draft."""
    recorded_at: datetime
    superseded_at: datetime | None = None
    approval_id: int | None = Field(default=None, foreign_key="decision.id")
    """The decision that approved it by itself, while others of its report still waited."""


class FigurePart(SQLModel, table=True):
    """A sub-count of a compound figure, by the catalogue's code of the part."""

    __tablename__ = "figure_part"

    figure_id: int = Field(primary_key=True, foreign_key="figure.id")
    part: str = Field(primary_key=True, max_length=40)
    numerator: int | None = Field(default=None, sa_type=BigInteger)
    denominator: int | None = Field(default=None, sa_type=BigInteger)


class Narrative(SQLModel, table=True):
    """What the report says in words. Topics: results, difficulties, proposals."""

    __table_args__ = (_current("narrative_current", "report_id", "topic"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    topic: str
    text: str
    person_id: int = Field(foreign_key="person.id")
    channel: str
    recorded_at: datetime
    superseded_at: datetime | None = None


class Evidence(SQLModel, table=True):
    """A file a person sent: wanted → kept | refused | failed. Its bytes lie outside the database.

    `remote_id` is the channel's own id of the file, `name` ours: random, never the sender's.
    """

    id: int | None = Field(default=None, primary_key=True)
    report_id: int | None = Field(default=None, foreign_key="report.id", index=True)
    code: str = ""
    person_id: int = Field(foreign_key="person.id")
    channel: str
    address: str
    remote_id: str
    title: str = ""
    caption: str = ""
    album: str = ""
    state: str = Field(default="wanted", index=True)
    reason: str = ""
    media_type: str = ""
    size: int | None = Field(default=None, sa_type=BigInteger)
    sha256: str = ""
    name: str = ""
    attempts: int = 0
    not_before_at: datetime
    received_at: datetime
    fetched_at: datetime | None = None


class TaskStatus(SQLModel, table=True):
    """Status of a task or assignment: not_started, ongoing, done, blocked, skipped."""

    __tablename__ = "task_status"
    __table_args__ = (_current("task_status_current", "report_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    code: str
    status: str
    note: str = ""
    document: str = ""
    """As of a figure."""
    person_id: int = Field(foreign_key="person.id")
    channel: str
    recorded_at: datetime
    superseded_at: datetime | None = None
    approval_id: int | None = Field(default=None, foreign_key="decision.id")
    """As of a figure."""
