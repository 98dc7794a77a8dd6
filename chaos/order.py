"""R14: everybody types a whole report at once, processes are killed, and the order stays."""

import asyncio
from pathlib import Path

from chaos.hasty import QUESTIONS, Hasty
from chaos.proxy import Proxy
from chaos.reckoning import is_sound, kept
from chaos.replicas import Pair
from chaos.report import Row
from chaos.stage import PATIENCE, Case, Stage, free_port, stage
from chaos.strikes import Hits

YEAR = 2024
LIFE = 1.5
"""Seconds that a process lives at most, once it is up: all is handled within a few."""


async def ordered(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home) as here:
        hasty = Hasty(here.telegram, here.people(case.size(60, 600), QUESTIONS), YEAR)
        bot, hits = here.bot(), Hits(here)
        await hasty.type()
        for _ in range(case.size(2, 20)):
            await bot.start()
            await bot.is_up()
            await asyncio.sleep(here.random.uniform(0, LIFE))
            await hits.kill(bot)
        await bot.start()
        return [await _row(here, hasty, str(hits))]


async def ordered_by_two(case: Case, url: str, home: Path) -> list[Row]:
    """Both handle what comes; one after the other is killed, and the other one goes on."""
    ports = [free_port(), free_port()]
    async with stage(case, url, home) as here, Proxy(ports) as proxy:
        hasty = Hasty(here.telegram, here.people(case.size(60, 1200), QUESTIONS), YEAR)
        webhook = {"WEBHOOK_URL": f"http://127.0.0.1:{proxy.port}"}
        pair = Pair(here, webhook if case.intake == "webhook" else {}, ports)
        hits = Hits(here)
        await pair.start()
        await hasty.type()
        for n in range(case.size(2, 20)):
            bot = pair.bots[n % 2]
            await bot.is_up()
            await asyncio.sleep(here.random.uniform(0, LIFE))
            await hits.kill(bot)
            await bot.start()
        return [await _row(here, hasty, f"two replicas in turn: {hits}")]


async def _row(here: Stage, hasty: Hasty, ends: str) -> Row:
    settled = await here.has_settled(within=PATIENCE)
    found = kept(here.database, as_words=True)
    wrong = sum(found.get(place) != answer for place, answer in hasty.given().items())
    mixed = hasty.disordered()
    told = f"{wrong} answers wrong, lost or twice, {mixed} people out of order"
    done = f"{len(hasty.citizens)} people, {2 * QUESTIONS + 1} messages each at once, {ends}"
    well = settled and not (wrong or mixed) and is_sound(here.database)
    return here.case.row("R14", done, told, "0, 0", kept=well)
