"""`python -m bench.memory`: what the bot takes to be there (P5)."""

import asyncio
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from sys import executable
from tempfile import TemporaryDirectory

from bench import places, still, town
from bench.process import BotProcess
from bench.whole import QUESTIONS
from bot.clock import system_clock
from sandbox.telegram import Telegram
from storage.inbox import Inbox

MEBIBYTE = 1024**2
RESIDENT = 'import {0}; print(open("/proc/self/status").read().partition("VmRSS:")[2].split()[0])'
PEOPLE = 50
PARTS = ("sys", "sqlmodel, alembic", "aiogram", "bot.process")


@dataclass(frozen=True, slots=True)
class Start:
    seconds: float
    """From the start of the process to its first poll."""
    memory: int
    peak: int


async def started(folder: Path, waiting: int) -> Start:
    """A start with so many updates in the inbox; until all are handled."""
    path = folder / f"{waiting}.db"
    with still.still(path) as app:
        codes = town.share_codes(app.services.catalogue, QUESTIONS)
        citizens = town.found(app.database, PEOPLE, codes, still.NOW)
        with app.database.transaction() as session:
            updates = [
                still.typed(citizens[n % PEOPLE].chat_id, "12/15" if n // PEOPLE else "/baocao")
                for n in range(waiting)
            ]
            Inbox(session).take_in(app.bot.id, updates, system_clock())
    async with Telegram(f"{app.bot.id}:BENCH", now=system_clock) as telegram:
        for citizen in citizens:
            telegram.person(citizen.chat_id, f"Người thử {citizen.number}")
        bot = BotProcess(telegram, places.sqlite(path), folder)
        begun = time.perf_counter()
        await bot.start()
        await bot.is_polling()
        seconds, peak = time.perf_counter() - begun, bot.memory()
        memory = peak
        while waiting and len(telegram.sent) < waiting:
            await telegram.world.changed.wait()
            peak = max(peak, bot.memory())
        await bot.terminate()
        return Start(seconds, memory, peak)


def imported(modules: str) -> float:
    """Resident MiB of a process that has imported them and does nothing."""
    command = [executable, "-c", RESIDENT.format(modules)]
    done = run(command, capture_output=True, text=True, check=True)  # noqa: S603 - words of ours
    return int(done.stdout) / 1024


def main(wanted: Namespace) -> None:
    for modules in PARTS:
        print(f"{imported(modules):>6.0f} MiB  after import {modules}")
    with TemporaryDirectory() as folder:
        for waiting in (0, wanted.waiting):
            start = asyncio.run(started(Path(folder), waiting))
            print(
                f"{start.memory / MEBIBYTE:>6.0f} MiB  at its first poll, {start.seconds:.1f} s "
                f"after the start, {waiting} waiting; {start.peak / MEBIBYTE:.0f} MiB at most"
            )


def options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--waiting", type=int, default=5_000)
    return parser.parse_args()


if __name__ == "__main__":
    main(options())
