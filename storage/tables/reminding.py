"""What an operator has settled about reminders, and what became of each of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.tables.partial import where


class Setting(SQLModel, table=True):
    """A choice of the operator's over the program's own default. `revision` counts them all."""

    key: str = Field(primary_key=True, max_length=60)
    value: Any = Field(sa_column=Column(JSON, nullable=False))
    changed_at: datetime
    changed_by: int | None = None


class CalendarDay(SQLModel, table=True):
    """A day off (`off`) or worked (`work`) by official decision; wins over every other source."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    kind: str = Field(max_length=4)
    name: str
    source: str = ""
    estimated: bool = False
    changed_at: datetime
    changed_by: int | None = None


class Easing(SQLModel, table=True):
    """An agency's extension or exemption for a year, or a mute of its reminders."""

    id: int | None = Field(default=None, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    year: int
    kind: str = Field(max_length=10)
    until_on: date | None = None
    reason: str
    person_id: int | None = None
    at: datetime
    revoked_at: datetime | None = None


class Reminder(SQLModel, table=True):
    """The ledger: one row for each step of an obligation and each person it concerns.

    `person_id` 0 is the agency as a whole: nobody was written to, and `reason` says why. States:
    planned, skipped, expired, unknown. What became of a planned one is its letter's fate.
    """

    __table_args__ = (
        UniqueConstraint("agency_id", "obligation", "aim_on", "step", "person_id"),
        where("reminder_expired", "state = 'expired'", "decided_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id")
    person_id: int = 0
    obligation: str = Field(max_length=80)
    aim_on: date
    step: str = Field(max_length=20)
    due_at: datetime = Field(index=True)
    send_by_at: datetime
    decided_at: datetime
    state: str = Field(max_length=10)
    reason: str = ""
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    answered_at: datetime | None = None


class TaskDate(SQLModel, table=True):
    """When a task or assignment is due. Kinds: date, month, event, none."""

    __tablename__ = "task_date"

    code: str = Field(primary_key=True, max_length=20)
    kind: str = Field(max_length=5)
    value: str
    lead_days: int
    changed_at: datetime
    changed_by: int | None = None


class AgencyPlan(SQLModel, table=True):
    """Whether an agency has issued its own plan of a year, or (`review`) its interim review."""

    __tablename__ = "agency_plan"

    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    year: int = Field(primary_key=True)
    kind: str = Field(default="plan", primary_key=True, max_length=6)
    issued: bool
    number: str = ""
    issued_on: date | None = None
    person_id: int
    at: datetime


class Absence(SQLModel, table=True):
    """A person away from one agency; what they would be reminded of goes to the deputy."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    from_on: date
    to_on: date
    deputy_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reason: str = ""
    at: datetime
    ended_at: datetime | None = None


class Snooze(SQLModel, table=True):
    """One person hears nothing of one obligation before `until_on`, and is reminded then."""

    id: int | None = Field(default=None, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    obligation: str = Field(max_length=80)
    until_on: date
    reason: str = ""
    at: datetime


class ExtensionRequest(SQLModel, table=True):
    """An agency asks for more time. States: open → granted | refused | withdrawn."""

    __tablename__ = "extension_request"
    __table_args__ = (
        Index(
            "ux_extension_request_open",
            "agency_id",
            "year",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    year: int
    until_on: date
    reason: str
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime
    state: str = Field(default="open", max_length=10)
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    granted_until_on: date | None = None
    answer: str = ""
    """Why it was refused."""


class Errand(SQLModel, table=True):
    """A file that takes a while: asked for in a chat, made by a job, sent once it is there.

    wanted → made | failed; `dropped` is to be forgotten with its bytes. `name` is that of the file
    in FILES_DIR: random, as those of evidence are.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    wanted: Any = Field(sa_column=Column(JSON, nullable=False))
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    address: str
    state: str = Field(default="wanted", max_length=10, index=True)
    name: str = ""
    attempts: int = 0
    not_before_at: datetime
    asked_at: datetime
