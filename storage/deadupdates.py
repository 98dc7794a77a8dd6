"""Updates that could not be handled after three tries. What they say is nobody's to read here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables import Contact, Conversation, InboxRow, Person


@dataclass(frozen=True, slots=True)
class DeadUpdate:
    seq: int
    received_at: datetime
    error: str
    full_name: str
    """Empty for a stranger."""
    overtaken: bool
    """The person has gone on since: handled now, it would answer another question."""


LATER = aliased(InboxRow)
HANDLED_LATER = exists().where(
    col(LATER.user_key) == col(InboxRow.user_key),
    col(LATER.seq) > col(InboxRow.seq),
    col(LATER.done_at).is_not(None),
    col(LATER.dead).is_(False),
)


class DeadUpdates:
    def __init__(self, session: Session, channel: str) -> None:
        self.session, self.channel = session, channel
        # Handled updates are forgotten after three days; an open question remembers its last.
        self.overtaken = HANDLED_LATER | exists().where(
            col(Conversation.channel) == channel,
            col(Conversation.address) == col(InboxRow.user_key),
            col(Conversation.updated_at) > col(InboxRow.received_at),
        )

    def all(self, seqs: Collection[int] | None = None) -> list[DeadUpdate]:
        """Newest first."""
        self.session.flush()
        query = (
            select(
                col(InboxRow.seq),
                col(InboxRow.received_at),
                col(InboxRow.error),
                col(Person.full_name),
                self.overtaken.label("overtaken"),
            )
            .outerjoin(
                Contact,
                and_(
                    col(Contact.channel) == self.channel,
                    col(Contact.address) == col(InboxRow.user_key),
                ),
            )
            .outerjoin(Person, col(Person.id) == col(Contact.person_id))
            .where(col(InboxRow.dead))
            .order_by(col(InboxRow.seq).desc())
        )
        if seqs is not None:
            query = query.where(col(InboxRow.seq).in_(seqs))
        rows = self.session.connection().execute(query)
        return [DeadUpdate(row[0] or 0, row[1], row[2] or "", row[3] or "", row[4]) for row in rows]

    def retry(self, seqs: Sequence[int], now: datetime) -> list[int]:
        """Handled once more, unless its person has gone on: then order would be broken."""
        return self._bury(
            seqs, ~self.overtaken, dead=False, done_at=None, attempts=0, not_before_at=now
        )

    def drop(self, seqs: Sequence[int]) -> list[int]:
        """Forgotten with the other handled ones, in three days. The error is kept until then."""
        return self._bury(seqs, dead=False)

    def _bury(
        self,
        seqs: Sequence[int],
        *conditions: Any,  # noqa: ANN401 - SQLAlchemy's own expressions
        **values: Any,  # noqa: ANN401 - column values
    ) -> list[int]:
        # A connection does not know what the session still holds back.
        self.session.flush()
        mine = update(InboxRow).where(col(InboxRow.dead), col(InboxRow.seq).in_(seqs), *conditions)
        done = mine.values(**values).returning(col(InboxRow.seq))
        return sorted(seq or 0 for seq in self.session.connection().scalars(done))
