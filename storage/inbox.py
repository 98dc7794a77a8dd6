"""Updates, kept before they are confirmed and handled once, in each person's order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import Session, col

from storage.tables import InboxRow
from storage.unkept import without_whereabouts
from storage.upsert import insert_new
from storage.withheld import MARK, album_of, without_classified

TRIES = 3
KEPT = timedelta(days=3)
DESKS = 64


DONE = (
    update(InboxRow).where(col(InboxRow.seq) == bindparam("number")).values(done_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Waiting:
    seq: int
    user_key: str
    payload: str
    attempts: int


class Inbox:
    def __init__(self, session: Session) -> None:
        self.session = session

    def take_in(self, bot_id: int, updates: Sequence[Mapping[str, Any]], now: datetime) -> int:
        """Keeps the updates that are new; returns how many were. A repeat changes nothing.

        What bears a marking of state secrets never gets here: of it only who wrote is kept.
        """
        fit = without_classified(updates, self._withheld_albums(updates, now))
        rows = [_row(bot_id, without_whereabouts(raw), now) for raw in fit]
        return insert_new(self.session, InboxRow, rows)

    def waiting(
        self, now: datetime, *, limit: int, desk: int = 0, desks: int = 1
    ) -> Sequence[Waiting]:
        """The oldest unfinished update of each person, in order of arrival.

        A person whose oldest update waits for its next try holds back only themselves.
        """
        open_rows = col(InboxRow.done_at).is_(None)
        oldest = (
            select(func.min(col(InboxRow.seq)))
            .where(open_rows, col(InboxRow.desk) % desks == desk)
            .group_by(col(InboxRow.user_key))
        )
        query = (
            select(
                col(InboxRow.seq),
                col(InboxRow.user_key),
                col(InboxRow.payload),
                col(InboxRow.attempts),
            )
            .where(col(InboxRow.seq).in_(oldest), col(InboxRow.not_before_at) <= now)
            .order_by(col(InboxRow.seq))
            .limit(limit)
        )
        return [Waiting(row[0] or 0, *row[1:]) for row in self.session.connection().execute(query)]

    def done(self, seq: int, now: datetime) -> None:
        self.session.connection().execute(DONE, {"number": seq, "at": now})

    def failed(self, row: Waiting, error: str, now: datetime) -> bool:
        """Counts a failed try; the third makes it a dead letter, and returns True."""
        tries = row.attempts + 1
        if tries >= TRIES:
            self._set(row.seq, attempts=tries, error=error, dead=True, done_at=now)
            return True
        again = now + timedelta(seconds=2**tries)
        self._set(row.seq, attempts=tries, error=error, not_before_at=again)
        return False

    def dead(self) -> int:
        query = select(func.count()).select_from(InboxRow).where(col(InboxRow.dead))
        return self.session.connection().execute(query).scalar_one()

    def unfinished(self) -> int:
        query = select(func.count()).select_from(InboxRow).where(col(InboxRow.done_at).is_(None))
        return self.session.connection().execute(query).scalar_one()

    def prune(self, now: datetime) -> int:
        """Forgets handled updates after three days: their ids may come again after a week."""
        old = delete(InboxRow).where(
            col(InboxRow.received_at) < now - KEPT,
            col(InboxRow.done_at).is_not(None),
            col(InboxRow.dead).is_(False),
        )
        return self.session.connection().execute(old).rowcount

    def _withheld_albums(self, updates: Sequence[Mapping[str, Any]], now: datetime) -> set[str]:
        """Albums of these updates whose first parts came before and were withheld."""
        albums = {album_of(raw) for raw in updates} - {""}
        if not albums:
            return set()
        query = select(col(InboxRow.payload)).where(
            col(InboxRow.received_at) > now - timedelta(hours=1),
            col(InboxRow.payload).contains(f'"{MARK}":true', autoescape=True),
        )
        rows = self.session.connection().execute(query)
        return albums & {album_of(json.loads(row[0])) for row in rows}

    def _set(self, seq: int, **values: object) -> None:
        self.session.connection().execute(
            update(InboxRow).where(col(InboxRow.seq) == seq).values(**values)
        )


def user_key(raw: Mapping[str, Any]) -> str:
    """Whose update it is, read from JSON of any shape, so that no update can be unreadable."""
    for event in raw.values():
        if isinstance(event, Mapping):
            for holder in ("from", "chat"):
                who = event.get(holder)
                if isinstance(who, Mapping) and "id" in who:
                    return str(who["id"])
    return "nobody"


def _row(bot_id: int, raw: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    key = user_key(raw)
    return {
        "bot_id": bot_id,
        "update_id": raw["update_id"],
        "user_key": key,
        "desk": crc32(key.encode()) % DESKS,
        "payload": json.dumps(raw, ensure_ascii=False, separators=(",", ":")),
        "received_at": now,
        "not_before_at": now,
        "attempts": 0,
        "dead": False,
    }
