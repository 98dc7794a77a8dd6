"""Leases as this process sees them: whether it may poll, tick and send, and since which fence.

A holder stops by its own monotonic clock before the database would let anyone else begin, so that
a process that was frozen, or cut off, does not go on sending beside its successor.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from time import monotonic as system_monotonic

import structlog

from bot.clock import Clock
from bot.desk import Desk
from storage.database import Database
from storage.leases import SECONDS, Leases

log = structlog.get_logger()
EVERY = SECONDS / 3
LOOK_SECONDS = 1.0
"""Whoever waits for a lease looks this often: with it a take-over stays within 20 seconds."""
SAFE_SECONDS = SECONDS - 3


class Tenure:
    """One lease. `fence` is None until it is held for the first time, and after it was lost."""

    def __init__(self, name: str, monotonic: Callable[[], float] = system_monotonic) -> None:
        self.name, self.monotonic = name, monotonic
        self.fence: int | None = None
        self._until = 0.0

    def held(self) -> bool:
        return self.fence is not None and self.monotonic() < self._until

    def seek(self, leases: Leases, owner: str) -> None:
        """Renews it, or takes it when it is free. Runs on a desk, in a transaction."""
        asked_at = self.monotonic()
        if self.fence is not None and not leases.renew(self.name, self.fence):
            log.warning("lease lost", lease=self.name, fence=self.fence)
            self.fence = None
        if self.fence is None:
            self.fence = leases.acquire(self.name, owner)
            if self.fence is not None:
                log.info("lease taken", lease=self.name, fence=self.fence)
        self._until = asked_at + SAFE_SECONDS

    def give_up(self, leases: Leases) -> None:
        if self.fence is not None:
            leases.release(self.name, self.fence)
            self.fence = None


class Leasing:
    """Keeps the leases while the process lives, and gives them back when it ends."""

    def __init__(
        self,
        tenures: Sequence[Tenure],
        owner: str,
        database: Database,
        desk: Desk,
        clock: Clock,
        agree: Callable[[datetime], None],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`agree` is told the database's time whenever the leases are looked at."""
        self.tenures, self.owner, self.sleep = tenures, owner, sleep
        self.database, self.desk, self.clock, self.agree = database, desk, clock, agree

    async def run(self) -> None:
        while True:
            at_work = all(tenure.held() for tenure in self.tenures)
            await self.sleep(EVERY if at_work else LOOK_SECONDS)
            await self.desk.run(self.seek)

    def seek(self) -> None:
        """Runs on a desk."""
        with self.database.transaction() as session:
            leases = Leases(session, self.clock())
            self.agree(leases.now)
            for tenure in self.tenures:
                tenure.seek(leases, self.owner)

    def give_up(self) -> None:
        """Runs on a desk: the next process need not wait for them to run out."""
        with self.database.transaction() as session:
            leases = Leases(session, self.clock())
            for tenure in self.tenures:
                tenure.give_up(leases)
