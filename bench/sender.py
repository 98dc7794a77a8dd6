"""`python -m bench.sender`: a notice to thousands, and the people who write meanwhile (P2–P4)."""

import asyncio
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from bench import crowd, places, still, town
from bench.process import BotProcess
from bench.whole import YEAR
from bot.app import App
from bot.clock import system_clock
from sandbox.telegram import Telegram
from storage.people import People

ADMIN, TALKERS, TALKS, QUESTIONS = 1, 10, 5, 3
NOTICE = ("/thongbao", "Mời họp về báo cáo năm.", "2")
LIMIT, PAID = 25, 1000
SENDING = ("-m", "bench.sending")


@dataclass(frozen=True, slots=True)
class Run:
    rate: float
    core: float
    """Part of a processor that the whole process used."""


@dataclass(frozen=True, slots=True)
class Queued:
    """Seconds: from the confirmation to the commit that freezes the receivers, and of the longest
    transaction that queued a part of their letters; the others follow as these leave.
    """

    confirmed: float
    part: float
    citizens: list[town.Citizen]


def enqueue(path: Path, recipients: int) -> Queued:
    """The notice waits in the database then."""
    with still.still(path) as app:
        codes = town.share_codes(app.services.catalogue, QUESTIONS)
        citizens = town.found(app.database, recipients, codes, still.NOW)
        with app.database.transaction() as session:
            people = People(session)
            admin = people.welcome("telegram", str(ADMIN), "Quản trị thử", still.NOW)
            people.consent(admin, "bench", still.NOW)
            people.join(admin, "so-vhtt", "admin", still.NOW)
        for text in NOTICE:
            _handled(app, text)
        confirmed = _handled(app, "gửi")
        return Queued(confirmed, max(_parts(app)), citizens)


def _parts(app: App) -> Iterator[float]:
    """Seconds of each part, until as much waits as may."""
    notices, count = app.clockwork.notices, 1
    with app.database.transaction() as session:
        notices.leave(session, still.NOW)
    while count:
        start = time.perf_counter()
        with app.database.transaction() as session:
            count = notices.feed(session, still.NOW)
        yield time.perf_counter() - start


def _handled(app: App, text: str) -> float:
    still.take_in(app, [still.typed(ADMIN, text)])
    start = time.perf_counter()
    still.handle_all(app)
    return time.perf_counter() - start


async def at_the_limit(folder: Path, recipients: int, seconds: float) -> tuple[Run, list[float]]:
    """The notice alone, then with people who fill in their reports."""
    citizens = enqueue(folder / "limit.db", recipients).citizens
    async with Telegram(now=system_clock) as telegram:
        _enter(telegram, citizens)
        talkers = crowd.gather(telegram, citizens[:TALKERS], time.monotonic, YEAR)
        talkers.per_second = TALKS
        url = places.sqlite(folder / "limit.db")
        bot = BotProcess(telegram, url, folder, _at(LIMIT), SENDING)
        await bot.start()
        await _sent(telegram, LIMIT)
        run = await _measured(bot, telegram, lambda: asyncio.sleep(seconds))
        await talkers.talk(within=600)
        await bot.terminate()
        return run, talkers.waits


async def as_fast_as_paid_for(folder: Path, recipients: int) -> tuple[Run, float]:
    """The notice at the highest pace, and as many messages by aiogram alone."""
    citizens = enqueue(folder / "paid.db", recipients).citizens
    url = places.sqlite(folder / "paid.db")
    async with Telegram(now=system_clock) as telegram:
        _enter(telegram, citizens)
        bot = BotProcess(telegram, url, folder, _at(PAID), SENDING)
        await bot.start()
        await _sent(telegram, PAID // 10)
        run = await _measured(bot, telegram, lambda: _sent(telegram, recipients))
        await bot.terminate()
        plain = BotProcess(telegram, url, folder, command=(*SENDING, str(recipients)))
        before = len(telegram.sent)
        await plain.start()
        await plain.ended()
        alone = telegram.sent[before:]
        return run, len(alone) / (alone[-1].at - alone[0].at)


def _at(per_second: int) -> dict[str, str]:
    return {"SEND_PER_SECOND": str(per_second)}


def _enter(telegram: Telegram, citizens: list[town.Citizen]) -> None:
    for citizen in citizens:
        telegram.person(citizen.chat_id, f"Người thử {citizen.number}")


async def _measured(
    bot: BotProcess, telegram: Telegram, meanwhile: Callable[[], Awaitable[None]]
) -> Run:
    busy, sent, start = bot.busy(), len(telegram.sent), time.perf_counter()
    await meanwhile()
    seconds = time.perf_counter() - start
    return Run((len(telegram.sent) - sent) / seconds, (bot.busy() - busy) / seconds)


async def _sent(telegram: Telegram, count: int) -> None:
    async with asyncio.timeout(600):
        while len(telegram.sent) < count:
            await telegram.world.changed.wait()


def main(wanted: Namespace) -> None:
    print("P3: from the confirmation of a notice to its commit")
    for recipients in wanted.recipients:
        with TemporaryDirectory() as folder:
            queued = enqueue(Path(folder) / "enqueue.db", recipients)
            part = f"longest part {queued.part * 1000:.0f} ms"
            print(f"  {recipients:>7} recipients: {queued.confirmed:.2f} s, {part}")
    with TemporaryDirectory() as folder:
        run, waits = asyncio.run(at_the_limit(Path(folder), 10_000, wanted.seconds))
        print(f"P4: at {LIMIT} a second: {run.rate:.1f}/s, {run.core:.0%} of a core, the whole bot")
        p95 = quantiles(waits, n=20)[-1]
        print(f"P2: while it runs, an answer is there after {p95 * 1000:.0f} ms (p95)")
        paid, alone = asyncio.run(as_fast_as_paid_for(Path(folder), wanted.fast))
        print(f"P4: at {PAID} a second: {paid.rate:.0f}/s, {paid.core:.0%} of a core")
        print(f"    aiogram alone, {alone:.0f}/s: {paid.rate / alone:.2f} of it is reached")


def options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--fast", type=int, default=5_000)
    return parser.parse_args()


if __name__ == "__main__":
    main(options())
