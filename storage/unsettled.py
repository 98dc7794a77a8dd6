"""Letters whose fate a person has to decide: perhaps sent (`unknown`), or not sent (`failed`).

Every verb names the state it starts from and returns which letters it moved: of two people who
decide at once the second moves none, and can be told what the first has done. `error` keeps it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlmodel import Session, col

from storage.tables import Contact, OutboxRow, Person

LOOKED_BACK = timedelta(days=30)
CHUNK = 1000
"""Ids in one statement: both databases have a limit."""
UNDONE: BindParameter[Any] = bindparam(
    "undone_states", ("unknown", "failed", "expired"), expanding=True, literal_execute=True
)
PROVABLE = ("sending", "unknown")


@dataclass(frozen=True, slots=True)
class Unsettled:
    """`at` is when it was last due to leave. A reply has no payload here: it may quote people."""

    id: int
    kind: str
    payload: str
    state: str
    error: str
    address: str
    at: datetime
    send_by_at: datetime | None
    agency_id: str | None
    broadcast_id: int | None
    full_name: str


@dataclass(frozen=True, slots=True)
class Fate:
    state: str
    error: str


LETTERS = (
    select(
        col(OutboxRow.id),
        col(OutboxRow.kind),
        case((col(OutboxRow.kind) == "reply", ""), else_=col(OutboxRow.payload)),
        col(OutboxRow.state),
        func.coalesce(col(OutboxRow.error), ""),
        col(OutboxRow.address),
        col(OutboxRow.not_before_at),
        col(OutboxRow.send_by_at),
        col(OutboxRow.agency_id),
        col(OutboxRow.broadcast_id),
        func.coalesce(col(Person.full_name), ""),
    )
    .outerjoin(
        Contact,
        and_(
            col(Contact.channel) == col(OutboxRow.channel),
            col(Contact.address) == col(OutboxRow.address),
        ),
    )
    .outerjoin(Person, col(Person.id) == col(Contact.person_id))
    .order_by(col(OutboxRow.not_before_at).desc(), col(OutboxRow.id).desc())
)


class UnsettledLetters:
    def __init__(self, session: Session) -> None:
        self.session = session

    def unknown(self, ids: Collection[int] | None = None) -> list[Unsettled]:
        """Newest first; of these letters only, where they are named."""
        return self._read(ids, undone("unknown"))

    def failed(self, now: datetime, ids: Collection[int] | None = None) -> list[Unsettled]:
        """Of the last thirty days, but for those to people who cannot be reached anyway."""
        return self._read(ids, *failed_since(now - LOOKED_BACK))

    def fates(self, ids: Sequence[int]) -> list[Fate]:
        fate = select(col(OutboxRow.state), func.coalesce(col(OutboxRow.error), ""))
        connection = self.session.connection()
        parts = [
            connection.execute(fate.where(col(OutboxRow.id).in_(part))) for part in _chunks(ids)
        ]
        return [Fate(*row) for rows in parts for row in rows]

    def resend(self, ids: Sequence[int], person_id: int, at: datetime) -> list[int]:
        """Unknown → queued for `at`, unless it is too late then. It may arrive twice."""
        return self._move(
            ids, "unknown", at, state="queued", attempts=0, error=f"resent by person {person_id}"
        )

    def accept(self, ids: Sequence[int], person_id: int) -> list[int]:
        """Unknown → sent, because a person says so. When it arrived nobody knows."""
        return self._move(ids, "unknown", state="sent", error=f"accepted by person {person_id}")

    def retry(self, ids: Sequence[int], person_id: int, at: datetime) -> list[int]:
        """Failed → queued for `at`, unless it is too late then."""
        return self._move(
            ids, "failed", at, state="queued", attempts=0, error=f"retried by person {person_id}"
        )

    def drop(self, ids: Sequence[int], person_id: int) -> list[int]:
        """Failed → cancelled: looked at, and left unsent."""
        return self._move(ids, "failed", state="cancelled", error=f"dropped by person {person_id}")

    def prove(self, letter_id: int, channel: str, address: str, now: datetime) -> bool:
        """Its button was pressed in its own chat, so it did arrive."""
        proven = (
            update(OutboxRow)
            .where(
                col(OutboxRow.id) == letter_id,
                col(OutboxRow.channel) == channel,
                col(OutboxRow.address) == address,
                col(OutboxRow.state).in_(PROVABLE),
            )
            .values(state="sent", sent_at=now, error="pressed")
        )
        return self.session.connection().execute(proven).rowcount == 1

    def _read(
        self, ids: Collection[int] | None, *conditions: ColumnElement[bool]
    ) -> list[Unsettled]:
        # What was queued in this very transaction is seen too.
        self.session.flush()
        parts = [None] if ids is None else list(_chunks(sorted(ids)))
        found = []
        for part in parts:
            query = LETTERS.where(*conditions)
            if part is not None:
                query = query.where(col(OutboxRow.id).in_(part))
            found += [Unsettled(*row) for row in self.session.connection().execute(query)]
        return sorted(found, key=lambda letter: (letter.at, letter.id), reverse=True)

    def _move(
        self,
        ids: Sequence[int],
        before: str,
        at: datetime | None = None,
        **values: Any,  # noqa: ANN401 - column values
    ) -> list[int]:
        moved: list[int] = []
        for part in _chunks(ids):
            mine = update(OutboxRow).where(col(OutboxRow.state) == before)
            mine = mine.where(col(OutboxRow.id).in_(part))
            if at is not None:
                mine, values = mine.where(in_time(at)), {**values, "not_before_at": at}
            done = mine.values(**values).returning(col(OutboxRow.id))
            moved += self.session.connection().scalars(done)
        return sorted(moved)


def undone(state: str) -> ColumnElement[bool]:
    """`unknown`, `failed` or `expired`: few of all letters, and an index has them alone."""
    return and_(col(OutboxRow.state).in_(UNDONE), col(OutboxRow.state) == state)


def failed_since(since: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not sent, and not because the person cannot be reached: people are a list of their own."""
    unreachable = (
        select(col(Contact.address))
        .where(
            col(Contact.channel) == col(OutboxRow.channel),
            col(Contact.address) == col(OutboxRow.address),
            col(Contact.unreachable_since_at).is_not(None),
        )
        .correlate(OutboxRow)
    )
    return (
        undone("failed"),
        col(OutboxRow.not_before_at) >= since,
        ~unreachable.exists(),
    )


def in_time(at: datetime) -> ColumnElement[bool]:
    return or_(col(OutboxRow.send_by_at).is_(None), col(OutboxRow.send_by_at) >= at)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
