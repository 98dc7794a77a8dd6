"""Whether the process is alive, and whether it can do its work: two different questions."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic as system_monotonic

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.clock import Clock
from bot.desk import Desk
from bot.metrics import Metrics
from handlers.turns import CHANNEL
from storage import schema
from storage.database import Database
from storage.health import Health
from storage.pulses import Pulses
from storage.stock import Stock, take_stock

LAG_MOST = 1.0
LOOK_SECONDS = 0.25
WRITE_SECONDS = 1.0
SILENCE_MOST = timedelta(seconds=120)
PULSE = "readyz"


class LoopLag:
    """How late the event loop comes to what is due."""

    def __init__(
        self,
        metrics: Metrics,
        monotonic: Callable[[], float] = system_monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.metrics, self.monotonic, self.sleep = metrics, monotonic, sleep
        self._due = float("inf")
        self._last = 0.0

    async def run(self) -> None:
        while True:
            self._due = self.monotonic() + LOOK_SECONDS
            await self.sleep(LOOK_SECONDS)
            self._last = self._late()
            self.metrics.lagged(self._last)

    def seconds(self) -> float:
        """Now, or at the last look, whichever is worse."""
        return max(self._last, self._late())

    def _late(self) -> float:
        return max(self.monotonic() - self._due, 0.0)


class Readiness:
    """Each check is None where all is well, or says what is not."""

    def __init__(
        self,
        database: Database,
        desk: Desk,
        clock: Clock,
        *,
        sender_lease: str,
        token_refused: Callable[[], bool],
    ) -> None:
        self.database, self.desk, self.clock = database, desk, clock
        self.sender_lease, self.token_refused = sender_lease, token_refused
        self.stopping = False

    async def checks(self) -> dict[str, str | None]:
        return {
            "process": "stopping" if self.stopping else None,
            "token": "refused by Telegram" if self.token_refused() else None,
            **await self._of_database(),
        }

    def stock(self) -> Stock:
        """Runs on a desk."""
        with self.database.transaction() as session:
            return take_stock(session, self.clock())

    async def _of_database(self) -> dict[str, str | None]:
        try:
            async with asyncio.timeout(WRITE_SECONDS):
                return {"database": None, **await self.desk.run(self._look)}
        except TimeoutError:
            problem = f"no write within {WRITE_SECONDS:g} s"
        except (SQLAlchemyError, OSError) as error:
            problem = type(error).__name__
        unknown = "not known: the database does not answer"
        return {"database": problem, "schema": unknown, "telegram": unknown, "sender": unknown}

    def _look(self) -> dict[str, str | None]:
        """Runs on a desk. A write, since a full disk and a lock let reads through."""
        with self.database.transaction() as session:
            Pulses(session).beat(PULSE, self.clock())
            found = {"telegram": self._heard(session), "sender": self._sender(session)}
        current = schema.is_current(self.database)
        return {"schema": None if current else "not the newest", **found}

    def _heard(self, session: Session) -> str | None:
        at = Health(session).heard_at(CHANNEL)
        if at is None:
            return "never heard"
        silence = self.clock() - at
        if silence <= SILENCE_MOST:
            return None
        return f"not heard for {silence.total_seconds():.0f} s"

    def _sender(self, session: Session) -> str | None:
        held = {lease.name for lease in Health(session).leases(self.clock())}
        return None if self.sender_lease in held else "nobody holds its lease"
