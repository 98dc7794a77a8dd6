"""The only place that reads the wall clock. Everything else is told the time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

log = structlog.get_logger()
Clock = Callable[[], datetime]
STEP = timedelta(seconds=60)


def system_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one read that the ban is there to protect


class AgreedClock:
    """The machine's clock, corrected by the database's: replicas then agree on what is due."""

    def __init__(self, machine: Clock) -> None:
        self.machine = machine
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return self.machine() + self.ahead

    def agree(self, database_now: datetime) -> None:
        self.ahead = database_now - self.machine()


class Steadiness:
    """Whether the wall clock has gone on as time has; after a step, not for a minute.

    A clock that was set wrong is often set right soon, and reminders cannot be taken back; one
    that was set right loses nothing by a minute.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self.monotonic = monotonic
        self._seen: tuple[datetime, float] | None = None
        self._doubtful_until = 0.0

    def step(self, now: datetime) -> timedelta | None:
        """How far the clock was moved since the last look, if that is more than a minute."""
        seen, here = self._seen, self.monotonic()
        self._seen = now, here
        if seen is None:
            return None
        moved = (now - seen[0]) - timedelta(seconds=here - seen[1])
        if abs(moved) <= STEP:
            return None
        self._doubtful_until = here + STEP.total_seconds()
        return moved

    def doubtful(self) -> bool:
        return self.monotonic() < self._doubtful_until

    def trusts(self, now: datetime) -> bool:
        """Looks, and tells; False within the minute after a step."""
        if moved := self.step(now):
            log.error("the clock was moved; nothing is decided for a minute", by=str(moved))
        return not self.doubtful()


def trusting(_now: datetime) -> bool:
    """Of a clock that may be pushed: in the demo, in tests."""
    return True
