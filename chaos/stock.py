"""The same people, the same ends: aiogram's own polling with its losses, and ours beside it."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from bench.process import BotProcess
from bench.town import Citizen
from chaos.hasty import Hasty, figure_of
from chaos.reckoning import kept
from chaos.report import Row
from chaos.stage import Case, Stage, stage
from chaos.stockbot import FILE, RECEIPT

YEAR, QUESTIONS = 2024, 14
LIVES = 0.05, 0.6
"""Seconds of work between two ends."""
ENDS, FEW_ENDS = {"kill -9": 5, "SIGTERM": 3}, {"kill -9": 2, "SIGTERM": 1}
SETTLED_SECONDS = 3.0
Stored = Callable[[], Counter[str]]
"""Each answer that is in the database, and how often."""
Untold = Callable[[Hasty], int]
"""Answers whose receipt never came."""


async def beside(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home) as here:
        size, ends = case.size(24, 72), ENDS if case.full else FEW_ENDS
        citizens, rows = here.people(size * 2 * len(ends), QUESTIONS), []
        ours, stock = here.bot(), _stock_bot(here)
        contest: list[tuple[str, BotProcess, Stored, Untold]] = [
            ("start_polling", stock, partial(_in_file, home / "stock.db"), _untold),
            ("tiendo", ours, partial(_in_database, here), Hasty.untold),
        ]
        for name, bot, stored, untold in contest:
            for how, times in ends.items():
                some, citizens = citizens[:size], citizens[size:]
                hasty = Hasty(here.telegram, some, YEAR)
                await hasty.type()
                await _end_again_and_again(here, bot, how, times)
                found, given = stored(), answers(some)
                lost, silent = sum(not found[each] for each in given), untold(hasty)
                twice = sum(found[each] > 1 for each in given)
                kept_all = None if bot is stock else not (lost or twice or silent)
                done = f"{name}: {len(given)} answers waiting, {times} {how}"
                told = f"{lost} lost, {twice} twice, {silent} never told"
                rows.append(case.row("R1", done, told, "0, 0, 0", kept=kept_all))
        return rows


def answers(citizens: Sequence[Citizen]) -> list[str]:
    """Nobody's is like another's."""
    hasty = [(citizen, text) for citizen in citizens for text in figures(citizen)]
    return [f"{citizen.chat_id} {text}" for citizen, text in hasty]


def figures(citizen: Citizen) -> list[str]:
    return [figure_of(citizen, place) for place in range(len(citizen.codes))]


async def _end_again_and_again(here: Stage, bot: BotProcess, how: str, times: int) -> None:
    for _ in range(times):
        await bot.start()
        await bot.is_up()
        await asyncio.sleep(here.random.uniform(*LIVES))
        await (bot.kill() if how == "kill -9" else bot.terminate(within=60))
    await bot.start()
    await bot.is_up()
    while len(here.telegram.world.updates):
        await here.telegram.world.asked.wait()
    await here.has_settled(within=120)
    await asyncio.sleep(SETTLED_SECONDS)
    await bot.terminate(within=60)


def _stock_bot(here: Stage) -> BotProcess:
    environment = {FILE: str(here.home / "stock.db")}
    command = ("-m", "chaos.stockbot")
    bot = BotProcess(here.telegram, here.url, here.home, environment, command)
    here.processes.append(bot)
    return bot


def _untold(hasty: Hasty) -> int:
    told = {f"{sent.chat_id} {sent.text.removeprefix(RECEIPT)}" for sent in hasty.telegram.sent}
    return sum(each not in told for each in answers(hasty.citizens))


def _in_file(path: Path) -> Counter[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT chat_id, text FROM answer").fetchall()
    return Counter(f"{chat_id} {text}" for chat_id, text in rows)


def _in_database(here: Stage) -> Counter[str]:
    """By agency and indicator, in the words of the answer."""
    found = kept(here.database, as_words=True)
    chats = {citizen.agency_id: citizen.chat_id for citizen in here.citizens}
    return Counter(
        f"{chats[agency_id]} {words}"
        for (agency_id, _), several in found.items()
        for words in several
    )
