"""Long polling into the durable inbox. Telegram is told "got it" only by the next poll."""

import asyncio
from contextlib import suppress
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramRetryAfter
from aiogram.methods import DeleteWebhook, TelegramMethod

from bot.hearing import Hearing
from bot.leasing import Tenure
from bot.reception import Reception
from storage.inbox import number_of

log = structlog.get_logger()
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
PAUSE_MOST = 30.0
PASSIVE_PAUSE = 0.5


class NumberlessError(AiogramError):
    """Nothing that came has a number: there is nothing to confirm, and it will come again."""


class RawUpdates(TelegramMethod[list[Any]]):
    """`getUpdates` as plain JSON: one that aiogram cannot parse must not hold up the others."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Polling:
    def __init__(
        self,
        bot: Bot,
        reception: Reception,
        *,
        seconds: int,
        hearing: Hearing,
        tenure: Tenure,
    ) -> None:
        self.bot, self.reception, self.seconds = bot, reception, seconds
        self.hearing, self.tenure = hearing, tenure
        # None at start: Telegram then sends again what was never confirmed, and the inbox
        # knows what it has already.
        self.offset: int | None = None

    async def poll(self, seconds: int = 0) -> int:
        """One call: updates are in the inbox, committed, before the offset moves past them.

        What has no number is no update, and left out. It must not keep the offset where it is.
        """
        asked = RawUpdates(offset=self.offset, timeout=seconds, allowed_updates=ALLOWED)
        try:
            updates: list[Any] = await self.bot(asked, request_timeout=seconds + 10)
        except (AiogramError, OSError):
            self.hearing.failed()
            raise
        self.hearing.heard()
        numbered = [raw for raw in updates if number_of(raw) is not None]
        if numbered:
            await self.reception.keep(numbered)
            self.offset = max(raw["update_id"] for raw in numbered) + 1
        elif updates:
            raise NumberlessError
        return len(numbered)

    async def run(self) -> None:
        """Polls until cancelled; whatever goes wrong, it waits a little and tries again.

        Passive while another process polls: Telegram would break off the one or the other.
        """
        pause = 1.0
        while True:
            if not self.tenure.held():
                self.offset = None
                await asyncio.sleep(PASSIVE_PAUSE)
                continue
            try:
                # After a silence it is not waited for news: that it is over is news.
                await self.poll(self.seconds if self.hearing.heard_at else 0)
            except TelegramRetryAfter as refused:
                await asyncio.sleep(refused.retry_after)
            except TelegramConflictError as conflict:
                await self._give_way(conflict)
            except (AiogramError, OSError) as error:
                log.warning("poll failed", error=type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, PAUSE_MOST)
            else:
                pause = 1.0

    async def say_goodbye(self) -> None:
        """What is in the inbox is confirmed, so that it does not come again. Best effort."""
        if self.offset is not None and self.tenure.held():
            with suppress(AiogramError, OSError):
                await self.bot(RawUpdates(offset=self.offset, limit=1), request_timeout=2)

    async def _give_way(self, conflict: TelegramConflictError) -> None:
        """To another poller, for a while. A webhook that was left set is taken away; what waits
        for it is polled.
        """
        if "webhook" not in conflict.message:
            log.warning("another poller holds this token")
            await asyncio.sleep(PAUSE_MOST)
            return
        log.warning("a webhook is set: taken away, to poll instead")
        try:
            await self.bot(DeleteWebhook(), request_timeout=10)
        except (AiogramError, OSError) as error:
            log.warning("webhook not taken away", error=type(error).__name__)
            await asyncio.sleep(PAUSE_MOST)
