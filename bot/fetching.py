"""Fetching the files that people sent: a job of its own, so that no conversation waits for it.

The row says what is wanted and since when, so a restart in the middle loses nothing. What became
of a file goes through the inbox like everything else that a person hears of, in their own order.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramRetryAfter
from aiohttp import ClientError

from bot.clock import Clock
from bot.desk import Desk
from bot.leasing import Tenure
from bot.session import never_connected
from bot.sniffing import UnwantedError, sniff, sniff_table
from bot.waiting import either
from storage.database import Database
from storage.evidence import FAILED, KEPT, LARGEST, REFUSED, REGISTER, WANTED, Exhibits
from storage.files import Files
from storage.inbox import Inbox
from storage.tables import Evidence

log = structlog.get_logger()
AT_ONCE = 4
SECONDS = 120
"""For one file of 20 MB, on a slow line."""
PAUSES = tuple(timedelta(seconds=pause) for pause in (5, 30, 120, 600))
OFFLINE_PAUSE = timedelta(seconds=30)
INTERNAL = 0
"""The bot id of updates that are ours; no bot of Telegram's has it."""
PROBLEMS = (AiogramError, ClientError, OSError)


class Capped(BytesIO):
    """Grows no larger than what is kept, whatever size was announced."""

    def write(self, data: Any) -> int:  # noqa: ANN401 - as in BytesIO: anything with bytes in it
        if self.tell() + len(data) > LARGEST:
            raise UnwantedError("too_big")
        return super().write(data)


class Fetching:
    def __init__(
        self,
        bot: Bot,
        database: Database,
        desk: Desk,
        clock: Clock,
        files: Files,
        *,
        wake_desks: Callable[[], None],
        tenure: Tenure,
    ) -> None:
        """Of several processes the one that ticks fetches."""
        self.bot, self.database, self.desk, self.clock = bot, database, desk, clock
        self.files, self.wake_desks, self.tenure = files, wake_desks, tenure
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Fetches until cancelled; what was cut off is fetched anew after the next start."""
        while True:
            self.wake.clear()
            if not self.tenure.held() or not await self.round():
                await either(self.wake, 5.0)

    async def round(self) -> int:
        """Fetches what is due; returns how many rows were looked after."""
        due = await self.desk.run(self._due)
        await asyncio.gather(*(self._look_after(row) for row in due))
        return len(due)

    def _due(self) -> list[Evidence]:
        with self.database.transaction() as session:
            found = list(Exhibits(session).due(self.clock(), AT_ONCE))
            session.expunge_all()
            return found

    async def _look_after(self, row: Evidence) -> None:
        if row.state != WANTED:
            await asyncio.to_thread(self.files.remove, row.name)
            await self.desk.run(self._shredded, row)
            return
        try:
            data = await self._download(row.remote_id)
            kind = sniff_table(data) if row.code == REGISTER else sniff(data)
            found = {"media_type": kind, "sha256": sha256(data).hexdigest()}
            await asyncio.to_thread(self.files.keep, row.name, data)
        except UnwantedError as reason:
            await self._settle(row, REFUSED, reason=str(reason))
        except PROBLEMS as error:
            log.warning("file not fetched", evidence_id=row.id, error=type(error).__name__)
            await self._try_later(row, error)
        except Exception as error:
            # One file that nobody foresaw must not hold up the others.
            log.exception("file not fetched", evidence_id=row.id)
            await self._try_later(row, error)
        else:
            await self._settle(row, KEPT, size=len(data), **found)

    async def _download(self, remote_id: str) -> bytes:
        try:
            file = await self.bot.get_file(remote_id)
        except TelegramBadRequest as refusal:
            if "too big" in refusal.message:
                raise UnwantedError("too_big") from None
            raise
        if (file.file_size or 0) > LARGEST:
            raise UnwantedError("too_big")
        with Capped() as taken:
            await self.bot.download_file(file.file_path or "", taken, timeout=SECONDS)
            return taken.getvalue()

    async def _try_later(self, row: Evidence, error: Exception) -> None:
        tries = row.attempts + 1
        if isinstance(error, TelegramRetryAfter):
            await self.desk.run(
                self._again, row, row.attempts, timedelta(seconds=error.retry_after)
            )
        elif never_connected(error):
            # That says nothing about the file: it is there when the line is.
            await self.desk.run(self._again, row, row.attempts, OFFLINE_PAUSE)
        elif tries <= len(PAUSES):
            await self.desk.run(self._again, row, tries, PAUSES[row.attempts])
        else:
            await self._settle(row, FAILED, reason="failed", attempts=tries)

    async def _settle(self, row: Evidence, state: str, **found: object) -> None:
        await self.desk.run(self._settled, row, state, found)
        self.wake_desks()

    def _settled(self, row: Evidence, state: str, found: dict[str, object]) -> None:
        """What became of the file, and the update by which its person hears of it: one commit."""
        now = self.clock()
        with self.database.transaction() as session:
            if Exhibits(session).settle(row.id or 0, state, now, **found):
                Inbox(session).take_in(INTERNAL, [_update(row, now)], now)

    def _again(self, row: Evidence, attempts: int, pause: timedelta) -> None:
        with self.database.transaction() as session:
            Exhibits(session).again(row.id or 0, attempts, self.clock() + pause)

    def _shredded(self, row: Evidence) -> None:
        with self.database.transaction() as session:
            Exhibits(session).shredded(row.id or 0)


def _update(row: Evidence, now: datetime) -> dict[str, Any]:
    """In the shape of Telegram's own, so that it takes the same way as what the person sends."""
    person = {"id": int(row.address), "is_bot": False, "first_name": "-"}
    chat = {"id": int(row.address), "type": "private"}
    message = {"message_id": 0, "date": int(now.timestamp()), "chat": chat, "from": person}
    return {"update_id": row.id, "message": message, "fetched": row.id}
