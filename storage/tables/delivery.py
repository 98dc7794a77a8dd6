"""What came in, what goes out, and what is due."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.tables.partial import where


class InboxRow(SQLModel, table=True):
    """A raw update, kept before it is confirmed to Telegram.

    Order is `seq`, ours, not `update_id`: Telegram restarts those after a quiet week.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        where("inbox_waiting", "done_at IS NULL", "user_key", "seq"),
        Index("inbox_received", "received_at"),
        # Without it SQLite gives a pruned `seq` out again, and with it the keys of old replies.
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(default=None, primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    user_key: str
    desk: int
    payload: str
    received_at: datetime
    not_before_at: datetime
    attempts: int = 0
    done_at: datetime | None = None
    dead: bool = False
    error: str | None = None


class OutboxRow(SQLModel, table=True):
    """A message to be sent once: queued → sending → sent | queued | failed | unknown,
    or cancelled / expired before it went out. `held` is queued, but for a notice that was stopped.

    `fence` is that of the sender who took it onto the wire: another's outcome changes nothing.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        where("outbox_queued", "state = 'queued'", "lane", "id"),
        # What still has its words, for forgetting them in time.
        where("outbox_worded", "payload <> ''", "created_at"),
        where(
            "outbox_undone", "state IN ('unknown', 'failed', 'expired')", "state", "not_before_at"
        ),
        where("outbox_open", "state IN ('queued', 'sending')", "address", "lane", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dedupe_key: str = Field(unique=True)
    lane: int
    channel: str
    address: str
    kind: str
    payload: str
    state: str = "queued"
    on_unknown: str = "hold"
    not_before_at: datetime
    send_by_at: datetime | None = None
    attempts: int = 0
    fence: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime
    sent_at: datetime | None = None
    error: str | None = None
    agency_id: str | None = Field(default=None, foreign_key="agency.id")
    broadcast_id: int | None = Field(default=None, foreign_key="broadcast.id", index=True)


class Hearing(SQLModel, table=True):
    """When a channel was last heard; after a silence, when it was heard again and what is due."""

    channel: str = Field(primary_key=True, max_length=20)
    heard_at: datetime
    resumed_at: datetime | None = None
    offer_at: datetime | None = None


class Lease(SQLModel, table=True):
    """Who does what only one may do at a time; `fence` grows with each change of hands."""

    name: str = Field(primary_key=True, max_length=40)
    owner: str
    fence: int
    until_at: datetime


class Pulse(SQLModel, table=True):
    """When a recurring piece of work last went well."""

    name: str = Field(primary_key=True, max_length=40)
    at: datetime
    detail: str = ""


class Schedule(SQLModel, table=True):
    """A recurring duty of the bot. Due is this column; the clock only says when to look."""

    key: str = Field(primary_key=True, max_length=80)
    next_step: str
    next_due_at: datetime = Field(index=True)


class Occurrence(SQLModel, table=True):
    """One step of a schedule, decided once: `sent` with its recipients, or `expired`."""

    schedule_key: str = Field(primary_key=True, foreign_key="schedule.key")
    due_at: datetime = Field(primary_key=True)
    step: str
    state: str
    recipients: int = 0
    decided_at: datetime
