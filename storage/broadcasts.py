"""Campaign notices and how far they have come."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.people import Member
from storage.tables import Broadcast

# Built once: asked for each letter of a notice.
TEXT = columns(col(Broadcast.text)).where(col(Broadcast.id) == bindparam("number"))


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

    def text(self, broadcast_id: int) -> str:
        found = self.session.connection().execute(TEXT, {"number": broadcast_id})
        text: str = found.scalar_one()
        return text

    def running(self) -> Sequence[Broadcast]:
        query = select(Broadcast).where(Broadcast.state == "sending").order_by(col(Broadcast.id))
        return self.session.exec(query).all()

    def finish(self, broadcast: Broadcast, now: datetime) -> None:
        broadcast.state, broadcast.finished_at = "finished", now
