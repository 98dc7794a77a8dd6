"""R8: a reminder that falls due while the clock is moved, the process frozen, or not there."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.process import BotProcess
from chaos import plans
from chaos.report import Row
from chaos.stage import MONDAY, Case, Stage, stage
from plan.calendars import local_date
from storage.ledger import Ledger

PEOPLE = 5
BEFORE = timedelta(seconds=55)
"""The process is up by then; the rest of it is skipped: less than what counts as a step."""
IDLE, LADEN = 2, 5
"""Seconds that it may be late: nothing else goes on, or the machine has other work beside it."""
DOUBTED = 70.0
"""A clock that was moved by more than a minute is not believed for a minute."""
QUIET_SECONDS = 3.0


@dataclass
class Day:
    """One day's reminder. `Story`s return the moment (monotonic) from which it is late."""

    here: Stage
    bot: BotProcess
    number: int
    due_at: datetime

    async def approaches(self, seconds: float) -> None:
        """The bot is up, and it is so many seconds before the reminder falls due."""
        self.here.move_to(self.due_at - BEFORE)
        await self.bot.start()
        await self.bot.is_up()
        self.here.move_to(self.due_at - timedelta(seconds=seconds))

    def told(self) -> list[float]:
        """When Telegram took each of its messages."""
        name = plans.name_of(self.number)
        return [each.at for each in self.here.telegram.sent if name in each.text]

    async def is_told(self, within: float) -> None:
        async with asyncio.timeout(within):
            while len(self.told()) < PEOPLE:
                await self.here.telegram.world.changed.wait()


Story = Callable[[Day], Awaitable[float]]


async def on_time(day: Day) -> float:
    await day.approaches(2)
    return time.monotonic() + 2


async def stepped_over(day: Day) -> float:
    await day.approaches(2)
    day.here.move_to(day.due_at + timedelta(seconds=6))
    return time.monotonic()


async def frozen(day: Day) -> float:
    await day.approaches(1)
    day.bot.freeze()
    await asyncio.sleep(3)
    day.bot.thaw()
    return time.monotonic()


async def two_hours_down(day: Day) -> float:
    day.here.move_to(day.due_at + timedelta(hours=1))
    await day.bot.start()
    await day.bot.is_up()
    return time.monotonic()


async def hour_stepped_over(day: Day) -> float:
    await day.approaches(30)
    day.here.move_to(day.due_at + timedelta(hours=1))
    return time.monotonic()


async def hour_back(day: Day) -> float:
    """It is told on time, and its time comes again."""
    late_from = await on_time(day)
    await in_time(day, LADEN + 2)
    day.here.move_to(day.due_at - timedelta(seconds=70))
    await asyncio.sleep(DOUBTED + 10)
    return late_from


async def hour_back_and_forth(day: Day) -> float:
    """Whatever goes by the wall clock stands still meanwhile; the bot must not."""
    await day.approaches(30)
    day.here.move_to(day.due_at - timedelta(hours=1))
    await asyncio.sleep(QUIET_SECONDS)
    day.here.move_to(day.due_at + timedelta(seconds=1))
    return time.monotonic()


SHORT: dict[str, Story] = {
    "clock +8 s over it": stepped_over,
    "process frozen 3 s over it": frozen,
    "down 2 h over it": two_hours_down,
}
FULL: dict[str, Story] = {
    "on time": on_time,
    **SHORT,
    "clock +1 h over it": hour_stepped_over,
    "clock back after it": hour_back,
    "clock 1 h back and forth over it": hour_back_and_forth,
}
DOUBTFUL = {hour_stepped_over, hour_back_and_forth}


async def stepped(case: Case, url: str, home: Path) -> list[Row]:
    stories = FULL if case.full else SHORT
    days = plans.working_days(MONDAY, len(stories) + 1)
    plan = plans.write(home / "plan.toml", days)
    async with stage(case, url, home, start=plans.announced_at(days[0]) - BEFORE) as here:
        here.people(PEOPLE)
        bot = here.bot(plan)
        await begin(here, bot, plans.announced_at(days[0]))
        rows = [
            await _told(Day(here, bot, n, plans.announced_at(days[n])), name, story)
            for n, (name, story) in enumerate(stories.items())
        ]
        return [*rows, await _expired(Day(here, bot, len(stories), plans.announced_at(days[-1])))]


async def begin(here: Stage, bot: BotProcess, first: datetime) -> None:
    """Schedules begin with the first start, and that has to be before any of them is due."""
    here.move_to(first - timedelta(hours=1))
    await bot.start()
    await bot.is_up()
    await bot.terminate(within=60)


async def _told(day: Day, name: str, story: Story) -> Row:
    case = day.here.case
    limit = DOUBTED if story in DOUBTFUL else case.size(LADEN, IDLE)
    late_from = await story(day)
    await in_time(day, limit + 30)
    await asyncio.sleep(QUIET_SECONDS)
    await day.bot.terminate()
    told = day.told()
    late = max(told, default=float("inf")) - late_from
    found = f"{len(told)} of {PEOPLE} told, {max(late, 0):.1f} s late"
    kept = len(told) == PEOPLE and late <= limit
    done = f"{name}, {'idle' if case.full else 'a laden machine'}"
    return case.row("R8", done, found, f"once, {limit:.0f} s", kept=kept)


async def in_time(day: Day, within: float) -> None:
    try:
        await day.is_told(within)
    except TimeoutError:
        return  # the row tells how many there are


async def _expired(day: Day) -> Row:
    """Down until it makes no sense any more."""
    day.here.move_to(day.due_at + plans.LEAD + timedelta(hours=1))
    await day.bot.start()
    await day.bot.is_up()
    await asyncio.sleep(QUIET_SECONDS)
    await day.bot.terminate()
    with day.here.database.transaction() as session:
        states = {
            line.state
            for line in Ledger(session).of_year(local_date(day.due_at).year)
            if line.obligation.startswith(f"campaign:thu-{day.number}:")
        }
    told, listed = day.told(), states == {"expired"}
    found = f"{len(told)} told, {'listed as expired' if listed else f'NOT LISTED: {states}'}"
    kept = listed and not told
    return day.here.case.row("R8", "down past its time", found, "0 told, listed", kept=kept)
