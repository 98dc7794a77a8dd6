"""Where a scenario plays: a Telegram, a database, people in it, and the bot as processes."""

import asyncio
import gc
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bench import town
from bench.process import BotProcess
from bench.town import Citizen
from chaos.clocks import Dial, Shifted, shift_database
from chaos.report import Row
from plan.loading import load
from sandbox.counts import Limits
from sandbox.telegram import Telegram
from storage.broadcasts import Broadcasts
from storage.database import Database
from storage.health import Health
from storage.inbox import Inbox
from storage.outbox import Outbox

MONDAY = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)
"""09:00 on Monday 16 September 2024 in Ho Chi Minh City: notices may leave."""
LOOK_SECONDS = 0.2
BULK_IN_FLIGHT = 2
"""As every process here is told: what the limits of the table are counted from."""
PATIENCE = 600.0
"""For whatever is no promise: a laden machine may take its time."""


class StalledError(Exception):
    """Nothing moved any more, and it was not done."""


class Patience:
    """Runs out when what is counted has stood still for so many seconds: a laden machine may take
    its time.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._last, self._until = -1, 0.0

    def has_run_out(self, count: int) -> bool:
        if count != self._last:
            self._last, self._until = count, time.monotonic() + self.seconds
        return time.monotonic() > self._until


@dataclass(frozen=True, slots=True)
class Case:
    """`full` is the size of a release, else that of every commit."""

    kind: str
    intake: str
    full: bool
    seed: int

    @property
    def where(self) -> str:
        return f"{self.kind}, {self.intake}"

    def size(self, short: int, full: int) -> int:
        return full if self.full else short

    def row(self, promise: str, done: str, found: str, limit: str, *, kept: bool | None) -> Row:
        return Row(promise, self.where, done, found, limit, kept, self.seed)


@dataclass
class Stage:
    case: Case
    home: Path
    url: str
    database: Database
    telegram: Telegram
    clock: Shifted
    random: Random
    dials: list[tuple[Dial, float]] = field(default_factory=list)
    """Of processes that go by the machine's clock, with the seconds by which each is wrong."""
    processes: list[BotProcess] = field(default_factory=list)
    citizens: list[Citizen] = field(default_factory=list)

    def bot(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        url: str = "",
        ahead: float = 0.0,
    ) -> BotProcess:
        """Not started. It lives by the stage's clock, `ahead` seconds off where there are two."""
        # One admin may write to everybody, at once: four eyes are tried elsewhere.
        bounds = {
            "BULK_IN_FLIGHT": str(BULK_IN_FLIGHT),
            "NOTICE_APPROVAL_ABOVE": "1000000",
            "NOTICE_UNDO_SECONDS": "0",
        }
        wanted = {**bounds, **self._web(), **self._time(ahead), **(environment or {})}
        made = BotProcess(self.telegram, url or self.url, self.home, wanted)
        self.processes.append(made)
        return made

    def people(self, count: int, questions: int = 0) -> list[Citizen]:
        codes = town.share_codes(load(), questions)
        found = town.found(self.database, count, codes, self.clock())
        self.citizens += found
        for citizen in found:
            self.telegram.person(citizen.chat_id, f"Người thử {citizen.number}")
        self.database.dispose()  # on SQLite another process is alone with it while it runs
        # A judge that looks through all of them for garbage stands still, and what arrives
        # meanwhile seems to have arrived at once.
        gc.freeze()
        return found

    def move_to(self, moment: datetime) -> None:
        """Everybody's clock: people's, Telegram's, the bot's."""
        self.clock.ahead += moment - self.clock()
        if not self.database.is_sqlite:
            shift_database(self.database, self.clock.ahead)
        for dial, wrong in self.dials:
            dial.turn(self._machine_ahead(wrong))

    def outbox(self) -> dict[str, int]:
        with self.database.transaction() as session:
            return Outbox(session).counts()

    def at_hand(self) -> tuple[int, int]:
        """Updates that are taken in and not handled, letters that are marked as leaving."""
        with self.database.transaction() as session:
            return Inbox(session).unfinished(), Outbox(session).counts().get("sending", 0)

    def leader(self, lease: str = "sender") -> int | None:
        """The process id of who holds it; None where nobody does."""
        with self.database.transaction() as session:
            held = Health(session).leases(self.clock())
        owners = [each.owner for each in held if each.name.startswith(f"{lease}:")]
        return int(owners[0].split(":")[-2]) if owners else None

    async def has_settled(self, within: float) -> bool:
        """Whether Telegram has nothing left to hand over, everything taken in is handled, and
        everything queued has met its fate.
        """
        patience = Patience(within)
        while left := len(self.telegram.world.updates) + await asyncio.to_thread(self._open):
            if patience.has_run_out(left):
                return False
            await asyncio.sleep(LOOK_SECONDS)
        return True

    async def end(self) -> None:
        for process in self.processes:
            if not process.has_ended:
                process.thaw()
                await process.kill()
        self.database.dispose()

    def _open(self) -> int:
        with self.database.transaction() as session:
            counts = Outbox(session).counts()
            unfinished = Inbox(session).unfinished()
            # The letters of a notice are queued in parts: between two of them none may be there.
            unfinished += len(Broadcasts(session).in_state("undoable", "sending"))
        return unfinished + counts.get("queued", 0) + counts.get("sending", 0)

    def _web(self) -> dict[str, str]:
        port = free_port()
        base = {"WEB_PORT": str(port)}
        if self.case.intake == "webhook":
            base["WEBHOOK_URL"] = f"http://127.0.0.1:{port}"
        return base

    def _time(self, wrong: float) -> dict[str, str]:
        ahead = self._machine_ahead(wrong)
        if not ahead:
            return {}
        dial = Dial(self.home / f"dial{len(self.dials)}", ahead)
        self.dials.append((dial, wrong))
        return dial.environment()

    def _machine_ahead(self, wrong: float) -> timedelta:
        # On PostgreSQL the bot goes by the database's time: there only the fault is faked.
        right = self.clock.ahead if self.database.is_sqlite else timedelta(0)
        return right + timedelta(seconds=wrong)


@asynccontextmanager
async def stage(
    case: Case,
    url: str,
    home: Path,
    *,
    start: datetime | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Stage]:
    """From `start` on, where the time of day matters; every process is ended at the end."""
    clock, random = Shifted(start), Random(case.seed)
    database = Database(url)
    if start and not database.is_sqlite:
        shift_database(database, clock.ahead)
    telegram = Telegram(now=clock, random=random, limits=limits, webhook_pause=0.5)
    async with telegram:
        made = Stage(case, home, url, database, telegram, clock, random)
        try:
            yield made
        finally:
            await made.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
