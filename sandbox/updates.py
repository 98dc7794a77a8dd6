"""The queue of updates the bot has not confirmed yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sandbox.waking import Signal

Json = dict[str, Any]

MESSAGE_LIFE = timedelta(hours=24)
PRESS_LIFE = timedelta(seconds=150)
BATCH_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Update:
    update_id: int
    kind: str
    body: Json
    expires_at: datetime
    lane: tuple[str, int]  # a webhook gets one update of a lane at a time

    def as_json(self) -> Json:
        return {"update_id": self.update_id, self.kind: self.body}


class Updates:
    def __init__(self, now: Callable[[], datetime], first_id: int) -> None:
        self._now = now
        self.next_id = first_id
        self._queue: dict[int, Update] = {}
        self.allowed: frozenset[str] = frozenset()  # empty: every kind
        self.made: list[Json] = []
        self.forgotten = 0
        self.expired = 0
        self.arrived = Signal()

    def __len__(self) -> int:
        return len(self._queue)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """None keeps what was allowed before; it never touches updates already made."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def add(self, kind: str, body: Json, life: timedelta, lane: tuple[str, int]) -> None:
        if self.allowed and kind not in self.allowed:
            return
        update = Update(self.next_id, kind, body, self._now() + life, lane)
        self.next_id += 1
        self._queue[update.update_id] = update
        self.made.append(update.as_json())
        self.arrived.fire()

    def confirm(self, offset: int) -> None:
        """Forgets everything below the offset; a negative one keeps that many of the newest."""
        if offset < 0:
            offset = next(iter(list(self._queue)[offset:]), self.next_id)
        for update_id in [known for known in self._queue if known < offset]:
            self.forget(update_id)

    def forget(self, update_id: int) -> None:
        if self._queue.pop(update_id, None):
            self.forgotten += 1

    def pending(self, limit: int = BATCH_LIMIT) -> list[Update]:
        self._drop_expired()
        return list(islice(self._queue.values(), limit))

    def _drop_expired(self) -> None:
        now = self._now()
        stale = [update.update_id for update in self._queue.values() if update.expires_at <= now]
        for update_id in stale:
            del self._queue[update_id]
            self.expired += 1
