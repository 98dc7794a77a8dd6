"""Campaign notices and how far they have come."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.people import Member
from storage.tables import Broadcast


class Broadcasts:
    def __init__(self, session: Session) -> None:
        self.session = session

    def confirm(
        self, text: str, audience: str, recipients: int, by: Member, now: datetime
    ) -> Broadcast:
        broadcast = Broadcast(
            text=text,
            audience=audience,
            recipients=recipients,
            person_id=by.person_id,
            channel=by.channel,
            address=by.address,
            confirmed_at=now,
        )
        self.session.add(broadcast)
        self.session.flush()
        frozen = f"{audience}, {recipients} recipients"
        Audit(self.session).note(
            "notice.confirmed", f"notice {broadcast.id}", after=frozen, now=now
        )
        return broadcast

    def get(self, broadcast_id: int) -> Broadcast:
        return self.session.get_one(Broadcast, broadcast_id)

    def running(self) -> Sequence[Broadcast]:
        query = select(Broadcast).where(Broadcast.state == "sending").order_by(col(Broadcast.id))
        return self.session.exec(query).all()

    def finish(self, broadcast: Broadcast, now: datetime) -> None:
        broadcast.state, broadcast.finished_at = "finished", now
