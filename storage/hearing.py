"""When Telegram was last heard: kept, so that a restart knows how long it could not be."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.tables import Conversation, Hearing, InboxRow

PRESS_LIFE = timedelta(seconds=150)
"""After so long without us Telegram has dropped presses: nobody knows that they were made."""
ACTIVE = timedelta(hours=24)


class Hearings:
    def __init__(self, session: Session, channel: str) -> None:
        self.session, self.channel = session, channel

    def heard(self, at: datetime) -> None:
        row = self.session.get(Hearing, self.channel)
        if row is None:
            self.session.add(Hearing(channel=self.channel, heard_at=at))
        else:
            row.heard_at = at

    def heard_again(self, at: datetime, offer_at: Callable[[datetime], datetime]) -> None:
        """After a restart or a failure: was it long enough for presses to be lost?"""
        row = self.session.get(Hearing, self.channel)
        if row is not None and at - row.heard_at > PRESS_LIFE:
            row.resumed_at, row.offer_at = at, offer_at(at)
        self.heard(at)

    def due(self, now: datetime) -> datetime | None:
        """When Telegram was heard again, once what had come meanwhile is handled; then never."""
        row = self.session.get(Hearing, self.channel)
        if row is None or row.offer_at is None or row.offer_at > now or self._unfinished():
            return None
        row.offer_at = None
        return row.resumed_at

    def left_waiting(self, resumed_at: datetime) -> Sequence[Conversation]:
        """Open questions of those who were active the day before and have not written since."""
        wrote = select(InboxRow.user_key).where(InboxRow.received_at >= resumed_at)
        query = (
            select(Conversation)
            .where(
                Conversation.channel == self.channel,
                Conversation.updated_at > resumed_at - ACTIVE,
                Conversation.updated_at < resumed_at,
                col(Conversation.address).not_in(wrote),
            )
            .order_by(col(Conversation.updated_at))
            # Another desk may be answering one of them now: then it is not waiting any more.
            .with_for_update()
        )
        return self.session.exec(query).all()

    def _unfinished(self) -> bool:
        query = select(InboxRow.seq).where(col(InboxRow.done_at).is_(None)).limit(1)
        return self.session.exec(query).first() is not None
