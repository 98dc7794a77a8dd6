"""Notices of the standing agency: what they say, whom they are for, what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.partial import where


def _marks() -> Any:  # noqa: ANN401 - what sqlmodel calls a field
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))


class Broadcast(SQLModel, table=True):
    """draft → awaiting → scheduled | undoable → sending ⇄ stopped → finished, or cancelled before
    it left, or recalled after. `revision` counts its changes: who agrees, agrees to one of them.

    `way`: how it follows an earlier notice – `again`, `reply`, `edit`, `recall`.
    """

    __table_args__ = (
        Index("broadcast_campaign", "campaign", "year", unique=True),
        Index("broadcast_state", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    state: str = "draft"
    text: str = ""
    entities: list[dict[str, Any]] = _marks()
    media: str = Field(default="", max_length=10, sa_column_kwargs={"server_default": ""})
    media_id: str = Field(default="", sa_column_kwargs={"server_default": ""})
    media_title: str = Field(default="", sa_column_kwargs={"server_default": ""})
    link_label: str = Field(default="", sa_column_kwargs={"server_default": ""})
    link_url: str = Field(default="", sa_column_kwargs={"server_default": ""})
    kind: str = Field(
        default="operational", max_length=20, sa_column_kwargs={"server_default": "operational"}
    )
    """`operational`, or `campaign`, which a person may mute."""
    audience: str = ""
    way: str = Field(default="", max_length=10, sa_column_kwargs={"server_default": ""})
    follows: int | None = Field(default=None, foreign_key="broadcast.id", index=True)
    campaign: str | None = None
    year: int | None = None
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    recipients: int = 0
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who changed it last; nobody, where the calendar prepared it."""
    channel: str = ""
    address: str = ""
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime
    confirmed_at: datetime | None = None
    leaves_at: datetime | None = None
    finished_at: datetime | None = None
    shown: str = ""
    shown_at: datetime | None = None


class BroadcastRecipient(SQLModel, table=True):
    """Frozen when the notice is confirmed. `left_out`: why no letter was written after all."""

    __tablename__ = "broadcast_recipient"
    __table_args__ = (
        where("broadcast_recipient_waiting", "outbox_id IS NULL AND left_out = ''", "broadcast_id"),
    )

    broadcast_id: int = Field(primary_key=True, foreign_key="broadcast.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    agency_id: str = Field(foreign_key="agency.id")
    outbox_id: int | None = None
    left_out: str = Field(default="", max_length=20)
    acknowledged_at: datetime | None = None


class NoticeMessage(SQLModel, table=True):
    """A question about a notice, or an answer to it: one thread for each person and notice."""

    __tablename__ = "notice_message"

    id: int | None = Field(default=None, primary_key=True)
    broadcast_id: int = Field(foreign_key="broadcast.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    """Whose thread it is."""
    author_id: int = Field(foreign_key="person.id")
    text: str
    channel: str = Field(max_length=20)
    at: datetime


class SavedAudience(SQLModel, table=True):
    __tablename__ = "saved_audience"

    name: str = Field(primary_key=True, max_length=60)
    expression: str
    changed_at: datetime
    changed_by: int | None = Field(default=None, foreign_key="person.id")


class NoticeTemplate(SQLModel, table=True):
    """What a campaign day's notice is made from each year. `stopped`: none is prepared."""

    __tablename__ = "notice_template"

    day_id: str = Field(primary_key=True, max_length=60)
    text: str
    entities: list[dict[str, Any]] = _marks()
    media: str = Field(default="", max_length=10, sa_column_kwargs={"server_default": ""})
    media_id: str = Field(default="", sa_column_kwargs={"server_default": ""})
    media_title: str = Field(default="", sa_column_kwargs={"server_default": ""})
    link_label: str = ""
    link_url: str = ""
    audience: str
    lead_days: int
    stopped: bool = False
    changed_at: datetime
    changed_by: int | None = Field(default=None, foreign_key="person.id")
