"""Ending the bot's process at random moments while a crowd talks to it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from bench.crowd import Crowd
from bench.process import BotProcess

BOOT_SECONDS = 4.0
LEFT_OVER = 0.9
"""Kills are spread over this part of the talk, so that the last one still hits work."""


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
