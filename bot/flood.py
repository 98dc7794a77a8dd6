"""The pace of each person, kept before anything reaches the database.

Thirty at once, and not ten, are what an honest person comes to: an album is ten updates at one
moment, a list of figures pasted line by line as many, and forwarded files bear the moment of
forwarding. The buckets are those of a process: where several take what a webhook is pushed, the
pace of all of them together is that many times as high.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from storage.inbox import number_of, user_key

Raw = Mapping[str, Any]
K = TypeVar("K")
V = TypeVar("V")

PER_SECOND, BURST = 3.0, 30.0
PEOPLE_MOST, UPDATES_MOST = 20_000, 100_000
TELL_SECONDS = 60.0
LATEST = datetime.max.replace(tzinfo=UTC).timestamp()


@dataclass(slots=True)
class Bucket:
    left: float
    at: float


@dataclass(slots=True)
class Lost:
    """What of one person was not recorded since they were last told."""

    count: int
    first_at: datetime
    last_at: datetime


class Recent(OrderedDict[K, V], Generic[K, V]):
    """A dictionary that forgets what was put in first once it is full."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def remember(self, key: K, value: V) -> None:
        self[key] = value
        self.move_to_end(key)
        if len(self) > self.most:
            self.popitem(last=False)


class Flood:
    """A token bucket per person. What does not fit in is confirmed, counted and not stored.

    Messages count by the time at which they were written: what waited at Telegram during an
    outage arrives at once, and all of it was honest. Presses bear no time: by arrival.
    """

    def __init__(self, per_second: float = PER_SECOND, burst: float = BURST) -> None:
        self.per_second, self.burst = per_second, burst
        self.dropped = 0
        self._buckets: Recent[tuple[str, str], Bucket] = Recent(2 * PEOPLE_MOST)
        self._verdicts: Recent[int, bool] = Recent(UPDATES_MOST)
        self._lost: Recent[str, Lost] = Recent(PEOPLE_MOST)
        self._told: Recent[str, datetime] = Recent(PEOPLE_MOST)

    def admit(self, updates: Sequence[Raw], now: datetime) -> tuple[list[Raw], dict[str, int]]:
        """Those to be kept, in their order; and of whom how many are not.

        An update that comes again, because it could not be stored, is judged as before and costs
        nothing.
        """
        kept: list[Raw] = []
        dropped: dict[str, int] = {}
        for raw in updates:
            number, who = number_of(raw), user_key(raw)
            known = self._verdicts.get(number) if number is not None else None
            fits = self._fits(who, raw, now) if known is None else known
            if number is not None and known is None:
                self._verdicts.remember(number, fits)
            if fits:
                kept.append(raw)
            elif known is None:
                dropped[who] = dropped.get(who, 0) + 1
                self._lose(who, now)
        return kept, dropped

    def to_tell(self, now: datetime) -> dict[str, Lost]:
        """Who is to be told, at most once a minute each, how much of theirs was not recorded."""
        due = {}
        for who in list(self._lost):
            told = self._told.get(who)
            if told is None or (now - told).total_seconds() >= TELL_SECONDS:
                due[who] = self._lost.pop(who)
                self._told.remember(who, now)
        return due

    def _fits(self, who: str, raw: Raw, now: datetime) -> bool:
        written = _written(raw)
        at = now.timestamp() if written is None else written
        key = (who, "arrived" if written is None else "written")
        bucket = self._buckets.get(key) or Bucket(self.burst, at)
        gained = max(0.0, at - bucket.at) * self.per_second
        bucket.left = min(self.burst, bucket.left + gained)
        bucket.at = max(bucket.at, at)
        self._buckets.remember(key, bucket)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True

    def _lose(self, who: str, now: datetime) -> None:
        self.dropped += 1
        lost = self._lost.get(who)
        first_at, count = (lost.first_at, lost.count) if lost else (now, 0)
        self._lost.remember(who, Lost(count + 1, first_at, now))


def _written(raw: Raw) -> float | None:
    """When Telegram says that it was written, or edited; in seconds."""
    for event in raw.values():
        if isinstance(event, Mapping):
            at = event.get("edit_date") or event.get("date")
            if isinstance(at, int | float) and 0 < at < LATEST:
                return float(at)
    return None
