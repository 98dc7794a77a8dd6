"""The letters of a morning, queued together: one to each person."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from storage.outbox import Lane
from storage.tables import OutboxRow
from storage.upsert import insert_all_new

KIND = "digest"
CHUNK = 1000
"""Keys in one statement: both databases have a limit."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A letter to one person. `agency_id` where all of it is about one agency."""

    person_id: int
    channel: str
    address: str
    agency_id: str | None
    send_by_at: datetime


class Digests:
    def __init__(self, session: Session) -> None:
        self.session = session

    def queue(
        self,
        day: date,
        part: str,
        letters: Sequence[Digest],
        now: datetime,
        not_before_at: datetime,
    ) -> dict[int, int]:
        """Once for each person, day and `part` of it: person → number of the letter."""
        keys = {f"digest:{day}:{part}:{letter.person_id}": letter for letter in letters}
        rows = [
            {
                "dedupe_key": key,
                "lane": int(Lane.REMINDER),
                "channel": letter.channel,
                "address": letter.address,
                "kind": KIND,
                "payload": json.dumps({"day": day.isoformat()}),
                "state": "queued",
                "on_unknown": "hold",
                "not_before_at": not_before_at,
                "send_by_at": letter.send_by_at,
                "attempts": 0,
                "created_at": now,
                "agency_id": letter.agency_id,
            }
            for key, letter in keys.items()
        ]
        insert_all_new(self.session, OutboxRow, rows)
        return {keys[key].person_id: number for key, number in self._numbers(list(keys))}

    def _numbers(self, keys: Sequence[str]) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for start in range(0, len(keys), CHUNK):
            query = select(col(OutboxRow.dedupe_key), col(OutboxRow.id)).where(
                col(OutboxRow.dedupe_key).in_(keys[start : start + CHUNK])
            )
            rows = self.session.connection().execute(query)
            found += [(key, number or 0) for key, number in rows]
        return found
