"""`python -m bench.soak`: hours of people answering, wave after wave; does anything grow? (P6)

After the first waves the process has met everything once: what it grows by from then on counts.
"""

import asyncio
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import crowd, places, town
from bench.process import BotProcess
from bench.whole import QUESTIONS, YEAR
from bot.clock import system_clock
from plan.loading import load
from sandbox.telegram import Telegram
from storage import schema
from storage.database import Database

MEBIBYTE = 1024**2
PEOPLE, WARM = 50, 3
GROWTH_MOST, LOG_MOST = 0.05, 64 * MEBIBYTE
LOUD = ('"level": "error"', '"level": "critical"')


@dataclass(frozen=True, slots=True)
class Wave:
    typed: int
    seconds: float
    memory: int
    log: int
    """Bytes of SQLite's write-ahead log."""

    def __str__(self) -> str:
        return (
            f"{self.typed:>7} typed, {self.typed / self.seconds:>5.0f}/s, "
            f"{self.memory / MEBIBYTE:>4.0f} MiB, log {self.log / MEBIBYTE:.1f} MiB"
        )


async def soak(folder: Path, minutes: float) -> tuple[list[Wave], int]:
    """The waves, and how many errors the bot has logged."""
    path = folder / "soak.db"
    database = Database(places.sqlite(path))
    schema.upgrade(database)
    codes, waves = town.share_codes(load(), QUESTIONS), list[Wave]()
    until = time.monotonic() + minutes * 60
    async with Telegram(now=system_clock) as telegram:
        bot = BotProcess(telegram, places.sqlite(path), folder)
        await bot.start()
        await bot.is_polling()
        while time.monotonic() < until or len(waves) <= WARM:
            with database.transaction() as session:
                numbers = range(len(waves) * PEOPLE + 1, (len(waves) + 1) * PEOPLE + 1)
                citizens = town.add(session.connection(), numbers, codes, system_clock())
            talkers = crowd.gather(telegram, citizens, time.monotonic, YEAR)
            begun = time.perf_counter()
            await talkers.talk(within=600)
            took = time.perf_counter() - begun
            log = path.with_name(f"{path.name}-wal").stat().st_size
            waves.append(Wave(talkers.typed, took, bot.memory(), log))
            print(waves[-1], flush=True)
            # The sandbox remembers everything; it is not what is measured here.
            telegram.sent.clear()
            telegram.requests.clear()
        await bot.terminate()
    database.dispose()
    logged = (folder / "bot.log").read_text(encoding="utf-8").splitlines()
    return waves, sum(any(word in line for word in LOUD) for line in logged)


def main(wanted: Namespace) -> int:
    with TemporaryDirectory() as folder:
        waves, errors = asyncio.run(soak(Path(folder), wanted.minutes))
    growth = waves[-1].memory / waves[WARM - 1].memory - 1
    log = max(wave.log for wave in waves)
    print(
        f"memory {growth:+.1%} since wave {WARM} (limit {GROWTH_MOST:.0%}); write-ahead log "
        f"{log / MEBIBYTE:.0f} MiB (limit {LOG_MOST // MEBIBYTE}); {errors} errors logged (limit 0)"
    )
    return int(growth >= GROWTH_MOST or log >= LOG_MOST or errors > 0)


def options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main(options()))
