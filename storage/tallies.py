"""What has become of a notice so far: counted, and receiver by receiver."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from storage.tables import BroadcastRecipient, OutboxRow, Person


@dataclass(frozen=True, slots=True)
class Tally:
    """Letters by their state; `waiting`: recipients without a letter yet; and the others."""

    states: Mapping[str, int]
    waiting: int
    left_out: Mapping[str, int]
    acknowledged: int
    cancelled: Mapping[str, int]
    """By the reason for which they were not sent after all."""

    @property
    def sent(self) -> int:
        return self.states.get("sent", 0)

    @property
    def blocked(self) -> int:
        """Who has blocked the bot or cannot be written to any more."""
        return self.states.get("unreachable", 0) + self.left_out.get("unreachable", 0)

    @property
    def remaining(self) -> int:
        return self.waiting + sum(self.states.get(s, 0) for s in ("queued", "sending", "held"))


@dataclass(frozen=True, slots=True)
class Result:
    """One recipient, as the list of results has them. The state is empty without a letter."""

    person_id: int
    full_name: str
    agency_id: str
    state: str
    error: str
    left_out: str
    sent_at: datetime | None
    acknowledged_at: datetime | None


RESULTS = (
    columns(
        col(BroadcastRecipient.person_id),
        col(Person.full_name),
        col(BroadcastRecipient.agency_id),
        func.coalesce(col(OutboxRow.state), ""),
        func.coalesce(col(OutboxRow.error), ""),
        col(BroadcastRecipient.left_out),
        col(OutboxRow.sent_at),
        col(BroadcastRecipient.acknowledged_at),
    )
    .join(Person, col(Person.id) == col(BroadcastRecipient.person_id))
    .outerjoin(OutboxRow, col(OutboxRow.id) == col(BroadcastRecipient.outbox_id))
    .where(col(BroadcastRecipient.broadcast_id) == bindparam("number"))
    .order_by(col(BroadcastRecipient.agency_id), col(Person.full_name))
)
REFUSED = and_(
    col(OutboxRow.state) == "failed",
    or_(
        col(OutboxRow.error).startswith("Forbidden"),
        col(OutboxRow.error).contains("chat not found"),
    ),
)
FATE = case((REFUSED, "unreachable"), else_=col(OutboxRow.state))
WHY = case((col(OutboxRow.state) == "cancelled", col(OutboxRow.error)), else_="")
LETTERS = (
    columns(FATE.label("fate"), WHY.label("why"), func.count())
    .where(col(OutboxRow.broadcast_id) == bindparam("number"))
    .group_by("fate", "why")
)
WITHOUT = (
    columns(col(BroadcastRecipient.left_out), func.count())
    .where(
        col(BroadcastRecipient.broadcast_id) == bindparam("number"),
        col(BroadcastRecipient.outbox_id).is_(None),
    )
    .group_by(col(BroadcastRecipient.left_out))
)
CONFIRMED = columns(func.count()).where(
    col(BroadcastRecipient.broadcast_id) == bindparam("number"),
    col(BroadcastRecipient.acknowledged_at).is_not(None),
)


def tally(session: Session, number: int) -> Tally:
    session.flush()
    connection, asked = session.connection(), {"number": number}
    states: Counter[str] = Counter()
    cancelled: Counter[str] = Counter()
    for fate, reason, count in connection.execute(LETTERS, asked):
        states[fate] += count
        if fate == "cancelled":
            cancelled[reason or ""] += count
    left_out = {row[0]: row[1] for row in connection.execute(WITHOUT, asked)}
    waiting = left_out.pop("", 0)
    confirmed = connection.execute(CONFIRMED, asked).scalar_one()
    return Tally(states, waiting, left_out, confirmed, cancelled)


def results(session: Session, number: int) -> list[Result]:
    session.flush()
    return [Result(*row) for row in session.connection().execute(RESULTS, {"number": number})]
