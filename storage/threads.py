"""Questions about a notice and the answers to them: a thread for each person and notice."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.people import Member
from storage.tables import NoticeMessage

TEXT_MOST = 1500


class Threads:
    def __init__(self, session: Session) -> None:
        self.session = session

    def say(
        self, number: int, person_id: int, by: Member, text: str, now: datetime
    ) -> NoticeMessage:
        """`person_id`: whose thread it is."""
        said = NoticeMessage(
            broadcast_id=number,
            person_id=person_id,
            author_id=by.person_id,
            text=text,
            channel=by.channel,
            at=now,
        )
        self.session.add(said)
        self.session.flush()
        action = "notice.asked" if by.person_id == person_id else "notice.answered"
        subject = f"notice {number}, person {person_id}"
        Audit(self.session).note(action, subject, after=f"message {said.id}", now=now)
        return said

    def get(self, message_id: int) -> NoticeMessage | None:
        return self.session.get(NoticeMessage, message_id)

    def of(self, number: int, person_id: int) -> Sequence[NoticeMessage]:
        query = select(NoticeMessage).where(
            NoticeMessage.broadcast_id == number, NoticeMessage.person_id == person_id
        )
        return self.session.exec(query.order_by(col(NoticeMessage.id))).all()

    def heads(self, number: int) -> list[NoticeMessage]:
        """The newest message of each thread about a notice, oldest first."""
        query = select(NoticeMessage).where(NoticeMessage.broadcast_id == number)
        newest = {
            each.person_id: each
            for each in self.session.exec(query.order_by(col(NoticeMessage.id)))
        }
        return sorted(newest.values(), key=lambda each: each.id or 0)
