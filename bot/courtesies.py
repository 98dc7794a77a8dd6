"""Best-effort calls: answering a press, taking off old buttons. Nothing waits for them."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod

log = structlog.get_logger()
SECONDS = 5


class Courtesies:
    def __init__(self, bot: Bot, halted_for: Callable[[], float]) -> None:
        """While the sender is halted they are left out: late, they would be of no use."""
        self.bot, self.halted_for = bot, halted_for
        self._under_way: set[asyncio.Task[None]] = set()

    def do(self, calls: Sequence[TelegramMethod[Any]]) -> None:
        if calls and self.halted_for():
            log.info("courtesies left out", number=len(calls))
            return
        for call in calls:
            task = asyncio.create_task(self._do(call))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def done(self) -> None:
        """Waits for those that are under way."""
        await asyncio.gather(*self._under_way)

    def cancel(self) -> None:
        for task in self._under_way:
            task.cancel()

    async def _do(self, call: TelegramMethod[Any]) -> None:
        try:
            await self.bot(call, request_timeout=SECONDS)
        except (AiogramError, OSError) as error:
            log.info("courtesy not done", method=type(call).__name__, error=type(error).__name__)
