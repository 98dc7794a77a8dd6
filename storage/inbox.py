"""Updates, kept before they are confirmed and handled once, in each person's order."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from sqlalchemy import Integer, Select, bindparam, delete, func, or_, select, update
from sqlmodel import Session, col

from plan.retention import UPDATES
from storage.tables import InboxRow
from storage.unkept import without_whereabouts
from storage.upsert import insert_new
from storage.withheld import MARK, album_of, without_classified

TRIES = 3
AGAIN_MOST = timedelta(seconds=2**TRIES)
"""Longer than any pause between two tries."""
KEPT = UPDATES.length
PRUNED_MOST = 500
DESKS = 64
LAST_NUMBER = 2**63 - 1
KEY_LONGEST = 40
HALF = re.compile("[\ud800-\udfff]")
NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""As JSON spells it: `\\\\u0000` is a backslash and some letters."""


DONE = (
    update(InboxRow)
    .where(col(InboxRow.seq).in_(bindparam("numbers", expanding=True)))
    .values(done_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Waiting:
    seq: int
    user_key: str
    payload: str
    attempts: int
    received_at: datetime


def _waiting() -> Select[Any]:
    open_rows = col(InboxRow.done_at).is_(None)
    oldest = (
        select(func.min(col(InboxRow.seq)))
        .where(open_rows, col(InboxRow.desk) % bindparam("of") == bindparam("own"))
        .group_by(col(InboxRow.user_key))
    )
    return (
        select(*(getattr(InboxRow, name) for name in Waiting.__slots__))
        .where(
            col(InboxRow.seq).in_(oldest),
            # Said again: the row is looked at anew when its lock has been got.
            open_rows,
            or_(
                col(InboxRow.attempts) == 0,
                col(InboxRow.not_before_at) <= bindparam("now"),
                # The clock was set back since.
                col(InboxRow.not_before_at) > bindparam("now_and_a_while"),
            ),
        )
        .order_by(col(InboxRow.seq))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=InboxRow)
    )


# Built once: every batch begins with it.
WAITING = _waiting()


class Inbox:
    def __init__(self, session: Session) -> None:
        self.session = session

    def take_in(self, bot_id: int, updates: Sequence[Mapping[str, Any]], now: datetime) -> int:
        """Keeps the updates that are new; returns how many were. A repeat changes nothing.

        What bears a marking of state secrets never gets here: of it only who wrote is kept. What
        has no number of its own is no update, and left out.
        """
        updates = [raw for raw in updates if number_of(raw) is not None]
        fit = without_classified(updates, self._withheld_albums(updates, now))
        rows = [_row(bot_id, without_whereabouts(raw), now) for raw in fit]
        return insert_new(self.session, InboxRow, rows)

    def waiting(
        self, now: datetime, *, limit: int, desk: int = 0, desks: int = 1
    ) -> Sequence[Waiting]:
        """The oldest unfinished update of each person, in order of arrival.

        A person whose oldest update waits for its next try holds back only themselves. On
        PostgreSQL each is this transaction's alone: what another replica has at hand is left out,
        and with it everything later of the same person.
        """
        asked = {"now": now, "now_and_a_while": now + AGAIN_MOST, "most": limit}
        asked |= {"own": desk, "of": desks}
        rows = self.session.connection().execute(WAITING, asked)
        return [Waiting(row[0] or 0, *row[1:]) for row in rows]

    def done(self, seqs: Sequence[int], now: datetime) -> None:
        self.session.connection().execute(DONE, {"numbers": list(seqs), "at": now})

    def failed(self, row: Waiting, error: str, now: datetime) -> bool:
        """Counts a failed try; the third makes it a dead letter, and returns True."""
        tries = row.attempts + 1
        if tries >= TRIES:
            return self._set(row, attempts=tries, error=error, dead=True, done_at=now)
        again = now + timedelta(seconds=2**tries)
        self._set(row, attempts=tries, error=error, not_before_at=again)
        return False

    def dead(self) -> int:
        query = select(func.count()).select_from(InboxRow).where(col(InboxRow.dead))
        return self.session.connection().execute(query).scalar_one()

    def unfinished(self) -> int:
        query = select(func.count()).select_from(InboxRow).where(col(InboxRow.done_at).is_(None))
        return self.session.connection().execute(query).scalar_one()

    def prune(self, now: datetime) -> int:
        """Forgets handled updates after three days: their ids may come again after a week.

        So many at a time, so that nobody waits.
        """
        old = (
            select(col(InboxRow.seq))
            .where(
                col(InboxRow.received_at) < UPDATES.cutoff(now),
                col(InboxRow.done_at).is_not(None),
                col(InboxRow.dead).is_(False),
            )
            .limit(PRUNED_MOST)
        )
        forgotten = delete(InboxRow).where(col(InboxRow.seq).in_(old))
        return self.session.connection().execute(forgotten).rowcount

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

    def _set(self, row: Waiting, **values: object) -> bool:
        """False where another replica has tried it meanwhile."""
        as_seen = update(InboxRow).where(
            col(InboxRow.seq) == row.seq,
            col(InboxRow.attempts) == row.attempts,
            col(InboxRow.done_at).is_(None),
        )
        return self.session.connection().execute(as_seen.values(**values)).rowcount == 1


def number_of(raw: object) -> int | None:
    """Telegram's number of an update; None for JSON that is none."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    fit = isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= LAST_NUMBER
    return number if fit else None


def user_key(raw: Mapping[str, Any]) -> str:
    """Whose update it is, read from JSON of any shape, so that no update can be unreadable."""
    for event in raw.values():
        if isinstance(event, Mapping):
            for holder in ("from", "chat"):
                who = event.get(holder)
                if isinstance(who, Mapping) and (key := _key(who.get("id"))):
                    return key
    return "nobody"


def _key(number: object) -> str:
    """Fit for an index and for any database; empty for what is nobody's number."""
    if isinstance(number, int):
        return str(number) if abs(number) <= LAST_NUMBER else ""
    fit = isinstance(number, str) and len(number) <= KEY_LONGEST and number.isprintable()
    return str(number) if fit else ""


def _as_json(raw: Mapping[str, Any]) -> str:
    """Without half characters, which no database takes, and NUL, which PostgreSQL does not."""
    try:
        text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    except (RecursionError, ValueError):
        return json.dumps({"update_id": raw["update_id"], "message": "nested too deeply"})
    return NUL.sub("\\1\ufffd", HALF.sub("\ufffd", text))


def _row(bot_id: int, raw: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    key = user_key(raw)
    return {
        "bot_id": bot_id,
        "update_id": raw["update_id"],
        "user_key": key,
        "desk": crc32(key.encode()) % DESKS,
        "payload": _as_json(raw),
        "received_at": now,
        "not_before_at": now,
        "attempts": 0,
        "dead": False,
    }
