"""The whole bot: HTTP in → durable → replies out. It is a process, Telegram is this one."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bench import crowd, town
from bench.process import BotProcess
from bot.clock import system_clock
from plan.loading import load
from sandbox.telegram import Telegram
from storage import schema
from storage.database import Database

QUESTIONS, YEAR = 10, 2024


@dataclass(frozen=True, slots=True)
class EndToEnd:
    rate: float
    sends: float
    waits: list[float]
    """Seconds from typing to the answer."""
    memory_idle: int
    memory_after: int

    def percentile(self, percent: int) -> float:
        return quantiles(self.waits, n=100)[percent - 1]


async def end_to_end(
    url: str, home: Path, people: int, per_second: float | None = None
) -> EndToEnd:
    """Everybody fills in a report: as fast as the bot answers, or at a pace that is given."""
    codes = town.share_codes(load(), QUESTIONS)
    database = Database(url)
    schema.upgrade(database)
    citizens = town.found(database, people, codes, system_clock())
    database.dispose()
    async with Telegram(now=system_clock) as telegram:
        talkers = crowd.gather(telegram, citizens, time.monotonic, YEAR)
        talkers.per_second = per_second
        bot = BotProcess(telegram, url, home)
        await bot.start()
        await bot.is_polling()
        idle = bot.memory()
        start = time.perf_counter()
        await talkers.talk(within=600)
        seconds = time.perf_counter() - start
        after = bot.memory()
        await bot.terminate()
        rates = talkers.typed / seconds, len(telegram.sent) / seconds
        return EndToEnd(*rates, talkers.waits, idle, after)
