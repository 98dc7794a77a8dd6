"""R8: the clock is moved while people type, and under two processes at once."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from bench import crowd
from bench.crowd import Crowd
from chaos import plans
from chaos.mornings import Mornings
from chaos.reminders import BEFORE, DOUBTED, LADEN, begin
from chaos.replicas import Pair
from chaos.report import Row
from chaos.stage import LOOK_SECONDS, MONDAY, PATIENCE, Case, Patience, Stage, stage

YEAR, QUESTIONS = 2024, 10
PER_SECOND = 25.0
AHEAD = 3
"""Seconds in which people type before the reminder falls due."""
STUCK = 60.0
"""Whoever has waited so long, waits for the clock."""
HOUR = timedelta(hours=1)
DOUBT, AGAIN = 55.0, timedelta(seconds=70)
"""Within the first nothing is decided; so long after it was set back the morning comes again."""


async def typed_over(case: Case, url: str, home: Path) -> list[Row]:
    """A reminder falls due among answers; then, while people wait, the clock is set back."""
    [day] = plans.working_days(MONDAY, 1)
    due_at, plan = plans.announced_at(day), plans.write(home / "plan.toml", [day])
    async with stage(case, url, home, start=due_at - BEFORE) as here:
        citizens = here.people(case.size(20, 40), QUESTIONS)
        talkers = crowd.gather(here.telegram, citizens, time.monotonic, YEAR)
        talkers.per_second = PER_SECOND
        bot = here.bot(plan)
        await begin(here, bot, due_at)
        here.move_to(due_at - BEFORE)
        await bot.start()
        await bot.is_up()
        here.move_to(due_at - timedelta(seconds=AHEAD))
        late_from = time.monotonic() + AHEAD
        talking = asyncio.create_task(talkers.talk(len(citizens) + STUCK))
        reminded = await _reminded(here, len(citizens), late_from)
        here.move_to(here.clock() - HOUR)
        answered = len(talkers.waits)
        await asyncio.wait([talking])
        talking.exception()  # whoever was not answered is counted
        return [reminded, _waited(here, talkers, answered)]


async def _reminded(here: Stage, people: int, late_from: float) -> Row:
    patience, name = Patience(STUCK), plans.name_of(0)
    while len(told := [each.at for each in here.telegram.sent if name in each.text]) < people:
        if patience.has_run_out(len(told)):
            break
        await here.telegram.world.changed.wait(LOOK_SECONDS)
    late = max(told, default=float("inf")) - late_from
    done, limit = f"on time, under load: {PER_SECOND:.0f} messages/s", f"once, {LADEN} s"
    found = f"{len(told)} of {people} told, {max(late, 0):.1f} s late"
    kept = len(told) == people and late <= LADEN
    return here.case.row("R8", done, found, limit, kept=kept)


def _waited(here: Stage, talkers: Crowd, answered: int) -> Row:
    stuck = sum(not each.is_done for each in talkers.respondents.values())
    waits = talkers.waits[answered:]
    longest = max(waits, default=0.0)
    done = f"clock 1 h back while {len(talkers.respondents)} people wait for answers"
    found = f"{len(waits)} answered within {longest:.1f} s, {stuck} people left waiting"
    kept = bool(waits) and not stuck and longest <= LADEN
    return here.case.row("R8", done, found, f"{LADEN} s, 0", kept=kept)


async def jumped_by_two(case: Case, url: str, home: Path) -> list[Row]:
    """The database's clock, by which both go, is set an hour ahead over the morning, and back."""
    [day] = plans.working_days(MONDAY, 1)
    due_at, plan = plans.announced_at(day), plans.write(home / "plan.toml", [day])
    async with stage(case, url, home, start=due_at - BEFORE) as here:
        citizens = here.people(40)
        pair = Pair(here, plan)
        mornings = Mornings(here, pair, citizens)
        await begin(here, pair.bots[0], due_at)
        here.move_to(due_at - BEFORE)
        await pair.start()
        await pair.are_ready()
        here.move_to(due_at + HOUR)
        at = time.monotonic()
        await asyncio.sleep(DOUBT)
        rash = mornings.told(0).total()
        await mornings.is_told(0)
        late = max((each.at for each in here.telegram.sent), default=0.0) - at
        once = mornings.told(0)
        here.move_to(due_at - AGAIN)
        await asyncio.sleep(AGAIN.total_seconds() + DOUBTED)
        await here.has_settled(within=PATIENCE)
        again = mornings.told(0).total() - once.total()
        told = (
            f"{rash} told within {DOUBT:.0f} s, {len(once)} of {len(citizens)} within {late:.0f} s"
        )
        well = not rash and not again and once.total() == len(once) == len(citizens)
        done = "two replicas, the database's clock +1 h over it, then back before it"
        limit = f"0, once, {DOUBTED:.0f} s, 0"
        found = f"{told}, {again} said again"
        return [case.row("R8", done, found, limit, kept=well and late <= DOUBTED)]
