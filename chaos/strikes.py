"""Ending the bot's process at random moments while a crowd talks to it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from bench.crowd import Crowd
from bench.process import BotProcess
from chaos.stage import Stage

BOOT_SECONDS = 4.0
LEFT_OVER = 0.9
"""Kills are spread over this part of the talk, so that the last one still hits work."""


@dataclass
class Hits:
    """What the kills have met: that of a process with nothing at hand proves nothing."""

    here: Stage
    kills: int = 0
    in_updates: int = 0
    in_letters: int = 0

    async def kill(self, bot: BotProcess) -> None:
        await bot.kill()
        updates, letters = await asyncio.to_thread(self.here.at_hand)
        self.kills += 1
        self.in_updates += bool(updates)
        self.in_letters += bool(letters)

    def __str__(self) -> str:
        told = f"{self.kills} kill -9, {self.in_updates} with updates at hand"
        return f"{told}, {self.in_letters} with letters on the wire"


@dataclass
class Strikes:
    """`count` moments in the course of `messages` messages, each a little off the mark.

    `early` is the part of them that falls while the process is still starting: taking up what
    a crash left must bear a crash too.
    """

    bot: BotProcess
    crowd: Crowd
    random: Random
    messages: int
    count: int
    early: float = 0.2

    async def run(self, end: Callable[[], Awaitable[object]]) -> None:
        marks = sorted(self.random.sample(range(int(self.messages * LEFT_OVER)), self.count))
        for n, mark in enumerate(marks):
            if n and self.random.random() < self.early:
                await asyncio.sleep(self.random.uniform(0, BOOT_SECONDS))
            else:
                await self.bot.is_up()
                await self.crowd.has_typed(mark)
                await asyncio.sleep(self.random.uniform(0, 0.2))
            await end()
            await self.bot.start()
