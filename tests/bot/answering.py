"""A server in Telegram's place that answers `getUpdates` as the test says, with whatever bytes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiogram import Bot
from aiohttp import web

from bot.app import build_bot
from bot.settings import Settings


@dataclass
class Served:
    """Each batch again and again, until the poller confirms it by another offset."""

    batches: Sequence[bytes]
    number: int = 0
    asked_from: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        offset = str((await request.post()).get("offset", ""))
        if offset != self.asked_from:
            self.number, self.asked_from = self.number + 1, offset
        batch = self.batches[self.number] if self.number < len(self.batches) else b"[]"
        body = b'{"ok": true, "result": ' + batch + b"}"
        return web.Response(body=body, content_type="application/json")


@asynccontextmanager
async def answering(
    settings: Settings, batches: Sequence[bytes]
) -> AsyncIterator[tuple[Bot, Served]]:
    served, app = Served(batches), web.Application()
    app.router.add_post("/{bot}/getUpdates", served.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    bot = build_bot(settings.model_copy(update={"telegram_api_url": url}))
    try:
        yield bot, served
    finally:
        await bot.session.close()
        await runner.cleanup()
