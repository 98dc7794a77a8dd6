"""To whom a notice goes: frozen as rows, written to a part at a time, and what came of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, col

from storage.letters import queued
from storage.people import Recipient
from storage.tables import BroadcastRecipient, Contact, OutboxRow
from storage.tallies import Result, Tally, results, tally
from storage.upsert import insert_new

PART = 500
"""Letters queued in one transaction."""
AHEAD = 2_000
"""Letters of one notice that wait in the outbox: a stop is quick, and the queue stays short."""
FREEZE = insert(BroadcastRecipient)
WRITTEN = (
    update(BroadcastRecipient)
    .where(
        col(BroadcastRecipient.broadcast_id) == bindparam("number"),
        col(BroadcastRecipient.person_id) == bindparam("person"),
    )
    .values(outbox_id=bindparam("letter"), left_out=bindparam("why"))
)


class Recipients:
    def __init__(self, session: Session) -> None:
        self.session = session

    def freeze(self, number: int, people: Sequence[Recipient]) -> None:
        """Each person once, for the first agency they stand for here."""
        first = {each.person_id: each for each in reversed(people)}
        rows = [
            {
                "broadcast_id": number,
                "person_id": each.person_id,
                "agency_id": each.agency_id,
                "left_out": "",
            }
            for each in first.values()
        ]
        if rows:
            self.session.connection().execute(FREEZE, rows)

    def thaw(self, number: int) -> None:
        """Of a notice that was taken back in time."""
        rows = BroadcastRecipient.__table__.delete()  # type: ignore[attr-defined]
        self.session.connection().execute(
            rows.where(col(BroadcastRecipient.broadcast_id) == number)
        )

    def feed(self, number: int, now: datetime, wanted: Mapping[str, Any]) -> int:
        """Queues letters for the next of them; `wanted` is what all have in common.

        Whoever cannot be written to any more gets none, and is kept as such.
        """
        here = self._next(number, PART)
        boxes = self._boxes([person_id for person_id, _ in here])
        letters = [
            queued(
                f"bc:{number}:{person_id}",
                channel=boxes[person_id][0],
                address=boxes[person_id][1],
                agency_id=agency_id,
                broadcast_id=number,
                now=now,
                **wanted,
            )
            for person_id, agency_id in here
            if person_id in boxes
        ]
        insert_new(self.session, OutboxRow, letters)
        numbers = self._numbers([letter["dedupe_key"] for letter in letters])
        marks = [
            {
                "number": number,
                "person": person_id,
                "letter": numbers.get(f"bc:{number}:{person_id}"),
                "why": "" if person_id in boxes else "unreachable",
            }
            for person_id, _ in here
        ]
        if marks:
            self.session.connection().execute(WRITTEN, marks)
        return len(marks)

    def queued(self, number: int) -> int:
        open_ = col(OutboxRow.state).in_(("queued", "sending"))
        query = columns(func.count()).where(col(OutboxRow.broadcast_id) == number, open_)
        return self.session.connection().execute(query).scalar_one()

    def hold(self, number: int) -> int:
        """What waits in the outbox stays there until `resume`."""
        return self._turn(number, "queued", state="held")

    def resume(self, number: int, at: datetime) -> int:
        return self._turn(number, "held", state="queued", not_before_at=at)

    def give_up(self, number: int, why: str) -> int:
        """Whoever has not been written to will not be; returns how many that are."""
        held = [self._turn(number, state, state="cancelled", error=why) for state in QUEUED]
        left = (
            update(BroadcastRecipient)
            .where(*_waiting(number))
            .values(left_out=why)
            .execution_options(synchronize_session=False)
        )
        return sum(held) + self.session.connection().execute(left).rowcount

    def tally(self, number: int) -> Tally:
        return tally(self.session, number)

    def results(self, number: int) -> list[Result]:
        return results(self.session, number)

    def arrived(self, number: int) -> list[Recipient]:
        """Who has got it, or is getting it, or perhaps has."""
        query = (
            columns(
                col(BroadcastRecipient.person_id),
                col(BroadcastRecipient.agency_id),
                col(OutboxRow.channel),
                col(OutboxRow.address),
            )
            .join(OutboxRow, col(OutboxRow.id) == col(BroadcastRecipient.outbox_id))
            .where(col(BroadcastRecipient.broadcast_id) == number)
            .where(col(OutboxRow.state).in_((*ARRIVED, "sending")))
        )
        return [Recipient(*row) for row in self.session.connection().execute(query)]

    def acknowledge(self, number: int, person_id: int, now: datetime) -> bool | None:
        """None where the notice was not for this person; False where it was confirmed before."""
        row = self.session.get(BroadcastRecipient, (number, person_id))
        if row is None:
            return None
        if row.acknowledged_at is not None:
            return False
        row.acknowledged_at = now
        return True

    def agency_of(self, number: int, person_id: int) -> str | None:
        """For which agency this person got the notice; None where it was not for them."""
        row = self.session.get(BroadcastRecipient, (number, person_id))
        return row.agency_id if row else None

    def latest_of(self, person_id: int) -> int | None:
        """The newest notice that went to this person."""
        query = (
            columns(func.max(col(BroadcastRecipient.broadcast_id)))
            .join(OutboxRow, col(OutboxRow.id) == col(BroadcastRecipient.outbox_id))
            .where(col(BroadcastRecipient.person_id) == person_id)
            .where(col(OutboxRow.state).in_(ARRIVED))
        )
        return self.session.connection().execute(query).scalar()

    def behind(self, person_id: int, message_id: int) -> int | None:
        """The notice that a message in this person's chat is a letter of."""
        query = (
            columns(col(BroadcastRecipient.broadcast_id))
            .join(OutboxRow, col(OutboxRow.id) == col(BroadcastRecipient.outbox_id))
            .where(col(BroadcastRecipient.person_id) == person_id)
            .where(col(OutboxRow.message_id) == message_id)
        )
        return self.session.connection().execute(query).scalar()

    def delivered(self, number: int, person_id: int) -> tuple[int, datetime] | None:
        """(message, when) of the notice that this person got."""
        query = (
            columns(col(OutboxRow.message_id), col(OutboxRow.sent_at))
            .join(BroadcastRecipient, col(OutboxRow.id) == col(BroadcastRecipient.outbox_id))
            .where(col(BroadcastRecipient.person_id) == person_id)
            .where(col(BroadcastRecipient.broadcast_id) == number)
            .where(col(OutboxRow.message_id).is_not(None), col(OutboxRow.sent_at).is_not(None))
        )
        found = self.session.connection().execute(query).first()
        return (found.message_id, found.sent_at) if found else None

    def _next(self, number: int, most: int) -> Sequence[Any]:
        query = columns(col(BroadcastRecipient.person_id), col(BroadcastRecipient.agency_id)).where(
            *_waiting(number)
        )
        query = query.order_by(col(BroadcastRecipient.person_id)).limit(most)
        return self.session.connection().execute(query).all()

    def _boxes(self, people: Sequence[int]) -> dict[int, tuple[str, str]]:
        query = (
            columns(col(Contact.person_id), col(Contact.channel), col(Contact.address))
            .where(col(Contact.unreachable_since_at).is_(None))
            .where(col(Contact.person_id).in_(people))
            .order_by(col(Contact.channel).desc())
        )
        rows = self.session.connection().execute(query)
        return {row.person_id: (row.channel, row.address) for row in rows}

    def _numbers(self, keys: Sequence[str]) -> dict[str, int]:
        query = columns(col(OutboxRow.dedupe_key), col(OutboxRow.id))
        query = query.where(col(OutboxRow.dedupe_key).in_(keys))
        rows = self.session.connection().execute(query)
        return {row.dedupe_key: row.id for row in rows}

    def _turn(self, number: int, before: str, **values: Any) -> int:  # noqa: ANN401 - columns
        mine = update(OutboxRow).where(
            col(OutboxRow.broadcast_id) == number, col(OutboxRow.state) == before
        )
        return self.session.connection().execute(mine.values(**values)).rowcount


QUEUED = ("queued", "held")
ARRIVED = ("sent", "unknown")


def _waiting(number: int) -> tuple[Any, ...]:
    return (
        col(BroadcastRecipient.broadcast_id) == number,
        col(BroadcastRecipient.outbox_id).is_(None),
        col(BroadcastRecipient.left_out) == "",
    )
