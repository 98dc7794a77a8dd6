"""Messages to be sent: written in the transaction that makes them true, sent afterwards."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Unpack

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.letters import Lane, Letter, Wanted, queued
from storage.tables import OutboxRow
from storage.upsert import insert_new

# Written out in the statement: a partial index is used only where its condition is seen.
OPEN: BindParameter[Any] = bindparam(
    "open_states", ("queued", "sending"), expanding=True, literal_execute=True
)
BACKOFF_MOST = timedelta(minutes=5)
TRIES = 10
COME = col(OutboxRow.not_before_at) <= bindparam("now")
ASTRAY = or_(
    col(OutboxRow.error).is_(None), col(OutboxRow.not_before_at) > bindparam("now_and_a_while")
)
"""Of a reply: it waits for nothing but a clock that has been set back since it was queued. A pause
that Telegram asks for is longer than this at times, and is kept by the pace."""


def _due_on(lane: ColumnElement[bool], come: ColumnElement[bool] = COME) -> Select[Any]:
    """Queued letters whose time has come and whose chat has no earlier letter open.

    A reminder for a later day, not tried yet, holds up nothing that is due before it.
    """
    earlier = aliased(OutboxRow)
    in_its_way = or_(
        col(earlier.lane) == int(Lane.REPLY),
        col(earlier.attempts) > 0,
        col(earlier.not_before_at) <= bindparam("now"),
    )
    blocked = exists().where(
        col(earlier.state).in_(OPEN),
        col(earlier.address) == col(OutboxRow.address),
        col(earlier.channel) == col(OutboxRow.channel),
        or_(
            col(earlier.state) == "sending",
            and_(
                col(earlier.state) == "queued",
                col(earlier.lane) == col(OutboxRow.lane),
                col(earlier.id) < col(OutboxRow.id),
                in_its_way,
            ),
        ),
    )
    return (
        select(*(getattr(OutboxRow, name) for name in Letter.__slots__))
        .where(
            col(OutboxRow.state) == "queued",
            come,
            lane,
            ~blocked,
        )
        .order_by(col(OutboxRow.lane), col(OutboxRow.id))
        .limit(bindparam("most", type_=Integer))
    )


# Built once: the sender asks many times a second.
DUE_REPLIES = _due_on(col(OutboxRow.lane) == int(Lane.REPLY), or_(COME, ASTRAY))
DUE_BULK = _due_on(col(OutboxRow.lane) > int(Lane.REPLY))
DUE_SILENT = _due_on(col(OutboxRow.lane) == int(Lane.SILENT))
SENDING = (
    update(OutboxRow)
    .where(
        col(OutboxRow.state) == "queued",
        col(OutboxRow.id).in_(bindparam("numbers", expanding=True)),
    )
    .values(state="sending", fence=bindparam("sender"), not_before_at=bindparam("now"))
    .returning(col(OutboxRow.id))
)
SENT = (
    update(OutboxRow)
    .where(
        col(OutboxRow.id) == bindparam("number"),
        col(OutboxRow.fence) == bindparam("sender"),
        # Spelled out: a list of values cannot be executed for many rows at once.
        or_(*(col(OutboxRow.state) == state for state in ("sending", "queued", "unknown"))),
    )
    .values(state="sent", message_id=bindparam("message"), sent_at=bindparam("now"), error=None)
)
PASSED_OVER = 50
"""Letters of busy chats that are looked past in one go."""


class Outbox:
    def __init__(self, session: Session, fence: int = 0) -> None:
        """`fence` is the sender's: what another has on the wire is not for it to settle."""
        self.session, self.fence = session, fence

    def add(self, dedupe_key: str, **values: Unpack[Wanted]) -> bool:
        """Queues a message once per key; False where the key is there already.

        Replies are sent again when their fate is unknown: their buttons count once whatever
        happens. Reminders and broadcasts are held for a person to decide.
        """
        return self.add_all([queued(dedupe_key, **values)]) == 1

    def add_all(self, letters: Sequence[dict[str, Any]]) -> int:
        """The same for what `queued` made, in one statement; how many were new."""
        return insert_new(self.session, OutboxRow, letters)

    def due(
        self,
        now: datetime,
        *,
        replies: int,
        bulk: int,
        busy: Collection[str] = (),
        silent: bool = False,
    ) -> Sequence[Letter]:
        """The next messages to leave, one per chat, replies first.

        `busy` chats get no reminder or broadcast now; a reply never waits for its chat. With
        `silent`, nothing but replies makes a phone ring.
        """
        answers = self._due(DUE_REPLIES, now, replies)
        taken = {*busy, *(letter.address for letter in answers)}
        # Some of the first may be of busy chats; the rest of those come a second later.
        which = DUE_SILENT if silent else DUE_BULK
        others = self._due(which, now, bulk + min(len(taken), PASSED_OVER) if bulk else 0)
        free = [letter for letter in others if letter.address not in taken]
        # A chat may have a reminder and a broadcast waiting: the later one comes next time.
        first = {letter.address: letter for letter in reversed(free)}
        return [*answers, *[letter for letter in free if first[letter.address] is letter][:bulk]]

    def sending(self, letters: Sequence[Letter], now: datetime) -> set[int]:
        """Written before the wire is touched: from here on a crash leaves "unknown", as of now.

        The numbers of those that may leave: another may have held or dropped one since it was
        found, and what is held now would be sent again when it is let go.
        """
        if not letters:
            return set()
        values = {"numbers": [letter.id for letter in letters], "now": now}
        moved = self.session.connection().execute(SENDING, {**values, "sender": self.fence})
        return {number for number in moved.scalars() if number}

    def sent(self, arrived: Sequence[tuple[int, int | None]], now: datetime) -> None:
        """(id, message id) of what Telegram has taken.

        Also of what a successor has put back or given up meanwhile, and not taken up itself.
        """
        rows = [
            {"number": letter_id, "message": message_id, "sender": self.fence, "now": now}
            for letter_id, message_id in arrived
        ]
        if rows:
            self.session.connection().execute(SENT, rows)

    def again(self, letter: Letter, at: datetime, error: str, *, counted: bool = True) -> None:
        """Back into the queue until `at`; the last counted try gives up."""
        attempts = letter.attempts + counted
        if attempts >= TRIES:
            self.failed(letter.id, error)
            return
        values = {"not_before_at": at, "attempts": attempts, "error": error}
        self._move([letter.id], "sending", self._mine, state="queued", **values)

    def failed(self, letter_id: int, error: str) -> None:
        self._move([letter_id], "sending", self._mine, state="failed", error=error)

    def unknown(self, letter: Letter, error: str, now: datetime) -> None:
        """It may or may not have arrived: a reply is sent again, anything else is held."""
        if letter.on_unknown == "resend":
            self.again(letter, now + backoff(letter.attempts), error)
        else:
            self._move([letter.id], "sending", self._mine, state="unknown", error=error)

    def drop(self, letter_id: int, state: str, reason: str) -> None:
        """Queued → cancelled or expired: it was never on the wire."""
        self._move([letter_id], "queued", state=state, error=reason)

    def redirect(self, old: str, new: str, channel: str) -> None:
        """A group became a supergroup: what waits for the old id goes to the new one."""
        waiting = col(OutboxRow.state).in_(("queued", "sending"))
        self.session.connection().execute(
            update(OutboxRow)
            .where(col(OutboxRow.channel) == channel, col(OutboxRow.address) == old, waiting)
            .values(address=new)
        )

    def recover(self) -> tuple[int, int]:
        """What senders before this one left on the wire is resent or unknown: both counts."""
        left = and_(col(OutboxRow.state).in_(OPEN), col(OutboxRow.fence) < self.fence)
        resend = self._move(
            None, "sending", left, col(OutboxRow.on_unknown) == "resend", state="queued"
        )
        held = self._move(None, "sending", left, state="unknown", error="stopped while sending")
        return resend, held

    def waiting(self, kind: str, channel: str, address: str) -> list[tuple[int, str]]:
        """(id, payload) of the letters of a kind that are queued for a chat, next one first."""
        query = (
            select(col(OutboxRow.id), col(OutboxRow.payload), col(OutboxRow.state))
            .where(
                col(OutboxRow.state).in_(OPEN),
                col(OutboxRow.address) == address,
                col(OutboxRow.channel) == channel,
                col(OutboxRow.kind) == kind,
            )
            .order_by(col(OutboxRow.not_before_at), col(OutboxRow.id))
        )
        rows = self.session.connection().execute(query)
        return [(row.id, row.payload) for row in rows if row.state == "queued"]

    def call_back(self, aboard: Collection[int]) -> int:
        """What is marked as leaving and is not on the wire waits again."""
        ashore = col(OutboxRow.id).not_in(aboard)
        return self._move(None, "sending", self._mine, ashore, state="queued")

    def counts(self, *, broadcast_id: int | None = None) -> dict[str, int]:
        query = select(col(OutboxRow.state), func.count()).group_by(col(OutboxRow.state))
        if broadcast_id is not None:
            query = query.where(col(OutboxRow.broadcast_id) == broadcast_id)
        return {row[0]: row[1] for row in self.session.connection().execute(query)}

    def undelivered(self, broadcast_id: int) -> list[str]:
        """Addresses that a notice did not reach, or may not have reached."""
        query = select(col(OutboxRow.address)).where(
            col(OutboxRow.broadcast_id) == broadcast_id,
            col(OutboxRow.state).in_(("failed", "unknown")),
        )
        return [row[0] for row in self.session.connection().execute(query)]

    def message_id(self, dedupe_key: str) -> int | None:
        query = select(col(OutboxRow.message_id)).where(col(OutboxRow.dedupe_key) == dedupe_key)
        return self.session.connection().execute(query).scalar_one_or_none()

    @property
    def _mine(self) -> ColumnElement[bool]:
        return col(OutboxRow.fence) == self.fence

    def _due(self, query: Select[Any], now: datetime, most: int) -> Sequence[Letter]:
        if most <= 0:
            return []
        asked = {"now": now, "now_and_a_while": now + BACKOFF_MOST, "most": most}
        found = self.session.connection().execute(query, asked)
        return [Letter(*row) for row in found]

    def _move(
        self,
        ids: Sequence[int] | None,
        state_before: str,
        *conditions: ColumnElement[bool],
        **values: Any,  # noqa: ANN401 - column values
    ) -> int:
        """Every change of state names the state it starts from: a late one changes nothing."""
        statement = update(OutboxRow).where(col(OutboxRow.state) == state_before, *conditions)
        if ids is not None:
            statement = statement.where(col(OutboxRow.id).in_(ids))
        return self.session.connection().execute(statement.values(**values)).rowcount


def backoff(attempts: int) -> timedelta:
    return min(timedelta(seconds=2 ** (attempts + 1)), BACKOFF_MOST)


__all__ = ["Lane", "Letter", "Outbox", "backoff", "queued"]
