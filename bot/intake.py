"""Long polling into the durable inbox. Telegram is told "got it" only by the next poll."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.clock import Clock
from bot.desk import Desk
from bot.hearing import Hearing
from storage.database import Database
from storage.inbox import Inbox

log = structlog.get_logger()
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
PAUSE_MOST = 30.0


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` as plain JSON: one that aiogram cannot parse must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Polling:
    def __init__(
        self,
        bot: Bot,
        database: Database,
        desk: Desk,
        clock: Clock,
        *,
        seconds: int,
        wake: Callable[[], None],
        hearing: Hearing,
    ) -> None:
        self.bot, self.database, self.desk, self.clock = bot, database, desk, clock
        self.seconds, self.wake, self.hearing = seconds, wake, hearing
        # None at start: Telegram then sends again what was never confirmed, and the inbox
        # knows what it has already.
        self.offset: int | None = None

    async def poll(self, seconds: int = 0) -> int:
        """One call: updates are in the inbox, committed, before the offset moves past them."""
        asked = RawUpdates(offset=self.offset, timeout=seconds, allowed_updates=ALLOWED)
        try:
            updates: list[dict[str, Any]] = await self.bot(asked, request_timeout=seconds + 10)
        except (AiogramError, OSError):
            self.hearing.failed()
            raise
        self.hearing.heard()
        if updates:
            await self.desk.run(self._keep, updates)
            self.offset = max(update["update_id"] for update in updates) + 1
            self.wake()
        return len(updates)

    async def run(self) -> None:
        """Polls until cancelled; whatever goes wrong, it waits a little and tries again."""
        pause = 1.0
        while True:
            try:
                # After a silence it is not waited for news: that it is over is news.
                await self.poll(self.seconds if self.hearing.heard_at else 0)
            except TelegramRetryAfter as refused:
                await asyncio.sleep(refused.retry_after)
            except TelegramConflictError:
                log.warning("another poller holds this token")
                await asyncio.sleep(PAUSE_MOST)
            except (AiogramError, OSError) as error:
                log.warning("poll failed", error=type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, PAUSE_MOST)
            else:
                pause = 1.0

    def _keep(self, updates: list[dict[str, Any]]) -> None:
        with self.database.transaction() as session:
            Inbox(session).take_in(self.bot.id, updates, self.clock())
