"""R14: everybody types a whole report at once, the process is killed, and the order stays."""

import asyncio
from pathlib import Path

from chaos.hasty import QUESTIONS, Hasty
from chaos.reckoning import is_sound, kept
from chaos.report import Row
from chaos.stage import PATIENCE, Case, stage

YEAR = 2024


async def ordered(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home) as here:
        people = case.size(60, 600)
        hasty = Hasty(here.telegram, here.people(people, QUESTIONS), YEAR)
        bot, kills = here.bot(), case.size(2, 20)
        await hasty.type()
        for _ in range(kills):
            await bot.start()
            await bot.is_up()
            await asyncio.sleep(here.random.uniform(0, 1.5))
            await bot.kill()
        await bot.start()
        settled = await here.has_settled(within=PATIENCE)
        found = kept(here.database, as_words=True)
        wrong = sum(found.get(place) != answer for place, answer in hasty.given().items())
        mixed = hasty.disordered()
        told = f"{wrong} answers wrong, lost or twice, {mixed} people out of order"
        done = f"{people} people, {2 * QUESTIONS + 1} messages each at once, {kills} kill -9"
        well = settled and not (wrong or mixed) and is_sound(here.database)
        return [case.row("R14", done, told, "0, 0", kept=well)]
