"""Files that take a while to make: asked for in a chat, made by a job, kept for a day."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import and_, or_, update
from sqlmodel import Session, col, select

from plan import retention
from storage.audit import Audit
from storage.evidence import NAME_BYTES
from storage.tables import Errand

WANTED, MADE, FAILED, DROPPED = "wanted", "made", "failed", "dropped"


class Errands:
    def __init__(self, session: Session) -> None:
        self.session = session

    def ask(
        self,
        kind: str,
        wanted: Mapping[str, Any],
        *,
        person_id: int,
        channel: str,
        address: str,
        now: datetime,
    ) -> bool:
        """False where the same is being made for this person already."""
        waiting = select(Errand).where(
            Errand.kind == kind, Errand.person_id == person_id, Errand.state == WANTED
        )
        if any(row.wanted == wanted for row in self.session.exec(waiting)):
            return False
        row = Errand(
            kind=kind,
            wanted=dict(wanted),
            person_id=person_id,
            channel=channel,
            address=address,
            name=token_hex(NAME_BYTES),
            not_before_at=now,
            asked_at=now,
        )
        self.session.add(row)
        self.session.flush()
        subject = " ".join([kind, *(str(value) for value in wanted.values() if value)])
        Audit(self.session).note("file.asked", subject, now=now)
        return True

    def get(self, errand_id: int) -> Errand | None:
        return self.session.get(Errand, errand_id)

    def next(self, now: datetime) -> Errand | None:
        """What is to be made, the oldest first; or to be forgotten."""
        wanted = and_(col(Errand.state) == WANTED, col(Errand.not_before_at) <= now)
        cutoff = retention.ERRANDS.cutoff(now)
        over = and_(col(Errand.state) != WANTED, col(Errand.asked_at) < cutoff)
        query = select(Errand).where(or_(wanted, over, col(Errand.state) == DROPPED))
        return self.session.exec(query.order_by(col(Errand.id)).limit(1)).first()

    def settle(self, errand_id: int, state: str) -> bool:
        """False where nobody waits for it any more: its person was erased meanwhile."""
        settled = update(Errand).where(col(Errand.id) == errand_id, col(Errand.state) == WANTED)
        return self.session.connection().execute(settled.values(state=state)).rowcount == 1

    def again(self, errand_id: int, attempts: int, not_before_at: datetime) -> None:
        row = self.session.get_one(Errand, errand_id)
        row.attempts, row.not_before_at = attempts, not_before_at

    def forget(self, errand_id: int) -> None:
        """Once its bytes are gone."""
        self.session.delete(self.session.get_one(Errand, errand_id))
