"""Leases as this process sees them: whether it may poll, tick and send, and since which fence.

A holder stops by its own monotonic clock before the database would let anyone else begin, so that
a process that was frozen, or cut off, does not go on sending beside its successor.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic as system_monotonic

import structlog

from bot.clock import Clock
from bot.desk import Desk
from storage.database import Database
from storage.leases import SECONDS, Leases

log = structlog.get_logger()
LOOK_SECONDS = 1.0
"""Whoever waits for a lease looks this often: with it a take-over stays within 20 seconds."""
RENEWED_EVERY = 5
"""Looks, of whoever has them all: a third of the time that a lease lasts."""
SAFE_SECONDS = SECONDS - 3


@dataclass(frozen=True, slots=True)
class Answer:
    """`fence` is None where another holds it."""

    fence: int | None
    asked_at: float


class Tenure:
    """One lease. `fence` is None until it is held for the first time, and after it was lost."""

    def __init__(self, name: str, monotonic: Callable[[], float] = system_monotonic) -> None:
        self.name, self.monotonic = name, monotonic
        self.fence: int | None = None
        self._until = 0.0

    def held(self) -> bool:
        return self.fence is not None and self.monotonic() < self._until

    def seek(self, leases: Leases, owner: str) -> Answer:
        """Renews it, or takes it when it is free. Runs on a desk, in a transaction; what it says
        holds once that is committed.
        """
        asked_at = self.monotonic()
        if self.fence is not None and leases.renew(self.name, self.fence):
            return Answer(self.fence, asked_at)
        return Answer(leases.acquire(self.name, owner), asked_at)

    def take(self, answer: Answer) -> None:
        if answer.fence != self.fence:
            if self.fence is not None:
                log.warning("lease lost", lease=self.name, fence=self.fence)
            if answer.fence is not None:
                log.info("lease taken", lease=self.name, fence=answer.fence)
        self.fence, self._until = answer.fence, answer.asked_at + SAFE_SECONDS

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
        looks = 0
        while True:
            await self.sleep(LOOK_SECONDS)
            looks += 1
            at_work = all(tenure.held() for tenure in self.tenures)
            await self.desk.run(self.listen if at_work and looks % RENEWED_EVERY else self.seek)

    def seek(self) -> None:
        """Runs on a desk. Before the commit nothing is believed: were it lost, another might get
        the same fence.
        """
        with self.database.transaction() as session:
            leases = Leases(session, self.clock())
            answers = [tenure.seek(leases, self.owner) for tenure in self.tenures]
        self.agree(leases.now)
        for tenure, answer in zip(self.tenures, answers, strict=True):
            tenure.take(answer)

    def listen(self) -> None:
        """Runs on a desk. What time it is by the database, whose clock may be set, too."""
        if not self.database.is_sqlite:
            with self.database.transaction() as session:
                self.agree(Leases(session, self.clock()).now)

    def give_up(self) -> None:
        """Runs on a desk: the next process need not wait for them to run out."""
        with self.database.transaction() as session:
            leases = Leases(session, self.clock())
            for tenure in self.tenures:
                tenure.give_up(leases)
