"""`python -m bench.answers`: answers a second, end to end, beside what they could cost."""

import asyncio
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench import crowd, rivals, still, town
from bench.process import BotProcess
from bot.clock import system_clock
from plan.loading import load
from sandbox.telegram import Telegram
from storage import schema
from storage.database import Database

QUESTIONS, YEAR = 10, 2024
MEBIBYTE = 1024**2


@dataclass(frozen=True, slots=True)
class EndToEnd:
    rate: float
    sends: float
    p50: float
    p95: float
    memory_idle: int
    memory_after: int


@dataclass(frozen=True, slots=True)
class Round:
    whole: EndToEnd
    desk: float
    bare: float
    stock: float


async def end_to_end(home: Path, people: int) -> EndToEnd:
    """HTTP in → durable → replies out: the bot is a process, Telegram is this one."""
    codes = town.share_codes(load(), QUESTIONS)
    database = Database(f"sqlite:///{home / 'tiendo.db'}")
    schema.upgrade(database)
    citizens = town.found(database, people, codes, system_clock())
    database.dispose()
    async with Telegram(now=system_clock) as telegram:
        talkers = crowd.gather(telegram, citizens, time.monotonic, YEAR)
        bot = BotProcess(telegram, str(database.url), home)
        await bot.start()
        await bot.is_polling()
        idle = bot.memory()
        start = time.perf_counter()
        await talkers.talk(within=600)
        seconds = time.perf_counter() - start
        after = bot.memory()
        await bot.terminate()
        tenths = quantiles(talkers.waits, n=20)
        rates = talkers.typed / seconds, len(telegram.sent) / seconds
        return EndToEnd(*rates, median(talkers.waits), tenths[-1], idle, after)


def messages_of(citizens: Sequence[town.Citizen]) -> list[dict[str, Any]]:
    """What the crowd types, as raw updates, everybody's first message first."""
    said = [
        [f"/baocao {YEAR}", *(text for n in range(QUESTIONS) for text in (f"12/{20 + n}", "đúng"))]
        for _ in citizens
    ]
    return [
        still.typed(citizen.chat_id, texts[place])
        for place in range(1 + 2 * QUESTIONS)
        for citizen, texts in zip(citizens, said, strict=True)
    ]


def desk_alone(home: Path, people: int) -> float:
    """Inbox → handler → figures, conversation and outbox, a durable transaction each."""
    with still.still(home / "desk.db") as app:
        codes = town.share_codes(app.services.catalogue, QUESTIONS)
        updates = messages_of(town.found(app.database, people, codes, still.NOW))
        still.take_in(app, updates)
        start = time.perf_counter()
        handled = still.handle_all(app)
        return handled / (time.perf_counter() - start)


def one_round(people: int) -> Round:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        whole = asyncio.run(end_to_end(home, people))
        desk = desk_alone(home, people)
        bare = rivals.bare_transactions(home / "bare.db", 2000)
        chats = [town.Citizen(n, n, n, "", ()) for n in range(1, people + 1)]
        return Round(whole, desk, bare, rivals.stock_aiogram(messages_of(chats)))


def show(rounds: Sequence[Round]) -> None:
    rates = {
        "the whole bot: HTTP in, durable, replies out": [each.whole.rate for each in rounds],
        "its desk alone: no HTTP, durable": [each.desk for each in rounds],
        "stock aiogram: no HTTP, nothing kept": [each.stock for each in rounds],
        "bare sqlite3: three statements, durable": [each.bare for each in rounds],
    }
    whole = next(iter(rates.values()))
    print(f"{'ratio':>6}  {'range':>11}  {'answers/s':>9}  what (medians of {len(rounds)} rounds)")
    for name, found in rates.items():
        ratios = [rate / base for rate, base in zip(found, whole, strict=True)]
        span = f"{min(ratios):.1f}–{max(ratios):.1f}"
        print(f"{median(ratios):>6.1f}  {span:>11}  {median(found):>9.0f}  {name}")
    whole_runs = [each.whole for each in rounds]
    waits = median(run.p50 for run in whole_runs), median(run.p95 for run in whole_runs)
    print(f"\nmessages out: {median(run.sends for run in whole_runs):.0f}/s")
    print(f"from typing to the answer: p50 {waits[0] * 1000:.0f} ms, p95 {waits[1] * 1000:.0f} ms")
    idle = median(run.memory_idle for run in whole_runs) / MEBIBYTE
    after = median(run.memory_after for run in whole_runs) / MEBIBYTE
    print(f"memory of the bot's process: {idle:.0f} MiB at rest, {after:.0f} MiB after the run")


def options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    chosen = options()
    show([one_round(chosen.people) for _ in range(chosen.rounds)])
