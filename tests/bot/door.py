"""The bot's own web server, and those who knock at it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp

from bot.app import App
from bot.metrics import Metrics
from bot.readiness import LoopLag
from bot.settings import Settings
from bot.web import Web
from bot.webhook import HEADER, Webhook

URL = "https://tiendo.example.vn"


@dataclass
class Door:
    web: Web
    webhook: Webhook
    metrics: Metrics

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.web.port}"

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self.address + path) as answer:
            return answer.status, await answer.text()

    async def push(self, body: object, secret: str | None = None, **headers: str) -> int:
        """As Telegram does; a body of bytes is sent as it is."""
        headers |= {HEADER: self.webhook.secret if secret is None else secret}
        return (await self.post(body, headers)).status

    async def post(self, body: object, headers: dict[str, str]) -> aiohttp.ClientResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = self.address + self.webhook.path
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=BytesIO(data), headers=headers) as answer,
        ):
            await answer.read()
            return answer

    async def announce(self) -> None:
        """Telegram is told where to push: here, without the proxy that stands before it."""
        self.webhook.address = self.address + self.webhook.path
        await self.webhook.look()


@asynccontextmanager
async def opened(app: App, settings: Settings) -> AsyncIterator[Door]:
    webhook = _webhook(app, settings)
    web = Web(
        "127.0.0.1",
        0,
        lag=LoopLag(app.metrics),
        readiness=app.readiness,
        metrics=app.metrics,
        webhook=webhook,
    )
    running = asyncio.create_task(web.run())
    await until(lambda: web.port > 0)
    yield Door(web, webhook, app.metrics)
    running.cancel()
    await asyncio.wait([running])


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    for _ in range(int(seconds * 100)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


def _webhook(app: App, settings: Settings) -> Webhook:
    return Webhook(
        app.bot,
        app.reception,
        settings=settings.model_copy(update={"webhook_url": URL, "web_port": 0}),
        hearing=app.hearing,
        tenure=app.poller,
    )


def said(update_id: int, text: str = "xin chào", user_id: int = 105) -> dict[str, Any]:
    """A message as Telegram pushes it."""
    person = {"id": user_id, "is_bot": False, "first_name": "Võ Bình An"}
    chat = {"id": user_id, "type": "private", "first_name": "Võ Bình An"}
    message = {"message_id": update_id, "date": 1726452000, "chat": chat, "from": person}
    return {"update_id": update_id, "message": message | {"text": text}}
