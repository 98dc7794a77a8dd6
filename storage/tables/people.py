from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from storage.tables.partial import where


class Person(SQLModel, table=True):
    """Without a name they were erased: the number stays, because what they reported does."""

    id: int | None = Field(default=None, primary_key=True)
    full_name: str
    language: str = "vi"
    address_form: str = Field(
        default="anh-chi", max_length=10, sa_column_kwargs={"server_default": "anh-chi"}
    )
    """How the person is addressed: anh, chi, anh-chi, ong, ba, dong-chi."""
    created_at: datetime
    consented_at: datetime | None = None
    consent_version: str | None = None
    campaigns_muted_at: datetime | None = None
    """Since when notices of campaigns are not wanted."""


class DataRequest(SQLModel, table=True):
    """The register of requests about personal data: `view`, `correct`, `erase`; and what came on
    paper or in words: `restrict`, `object`, `other`.

    States: open → done | withdrawn. No name and no chat: it outlives the person. Without a person
    it came from a chat that the bot knew nothing else of.
    """

    __tablename__ = "data_request"
    __table_args__ = (where("data_request_open", "state = 'open'", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    channel: str = Field(max_length=20)
    kind: str = Field(max_length=20)
    asked_at: datetime
    due_at: datetime
    state: str = Field(default="open", max_length=20)
    closed_at: datetime | None = None


class Contact(SQLModel, table=True):
    """Where a person is reached. Telegram is the first channel, not the only one."""

    channel: str = Field(primary_key=True, max_length=20)
    address: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    unreachable_since_at: datetime | None = None
    unreachable_reason: str | None = None


class Membership(SQLModel, table=True):
    """A role of a person in an agency, for a period: `focal`, `official` or `admin`."""

    __table_args__ = (where("membership_held", "until_at IS NULL", "role", "agency_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    role: str
    since_at: datetime
    until_at: datetime | None = None


class Invite(SQLModel, table=True):
    """Only the SHA-256 of the token is kept: the link itself exists once, when it is made."""

    token_hash: str = Field(primary_key=True, max_length=64)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    role: str
    created_at: datetime
    expires_at: datetime
    created_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    used_at: datetime | None = None
    used_by: int | None = Field(default=None, foreign_key="person.id")
    purpose: str = Field(default="", max_length=10, sa_column_kwargs={"server_default": ""})
    """Made by a focal point for a successor (`handover`) or for a deputy (`deputy`)."""
    revoked_at: datetime | None = None


class Conversation(SQLModel, table=True):
    """The open question of one chat: enough to ask it again word for word after a restart.

    `token` is bound into the question's buttons, so a press on an older card is seen as old.
    """

    channel: str = Field(primary_key=True, max_length=20)
    address: str = Field(primary_key=True, max_length=64)
    step: str
    token: str
    prompt: str
    options: list[list[str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    updated_at: datetime
