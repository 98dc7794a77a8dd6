"""What was changed, by whom; and who was at the door in the last hour."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

UNSEALED = text("link IS NULL")


class AuditRow(SQLModel, table=True):
    """Appended, sealed once, and never changed again: the database's own triggers refuse it.

    `person_id` is no foreign key: the entry outlives the person.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("audit_unsealed", "id", sqlite_where=UNSEALED, postgresql_where=UNSEALED),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    channel: str = Field(max_length=20)
    """Empty where nobody acted in a chat: `cli`, or the bot itself."""
    person_id: int | None = None
    action: str = Field(max_length=40)
    subject: str
    before: str
    after: str
    link: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    previous: str | None = Field(default=None, max_length=64)
    hash: str | None = Field(default=None, max_length=64)


class Knock(SQLModel, table=True):
    """A stranger who was turned away, or a link that opened nothing. Kept for an hour."""

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    address: str = Field(max_length=64)
    kind: str = Field(max_length=20)
    at: datetime = Field(index=True)
