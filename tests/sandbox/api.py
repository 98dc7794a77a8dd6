"""A bot reduced to its HTTP calls."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from sandbox.telegram import Telegram

MONDAY = datetime(2026, 10, 5, 2, 15, tzinfo=UTC)


class Watch:
    def __init__(self) -> None:
        self.instant = MONDAY

    def now(self) -> datetime:
        return self.instant

    def forward(self, **span: float) -> None:
        self.instant += timedelta(**span)


@dataclass(frozen=True)
class Api:
    telegram: Telegram
    session: aiohttp.ClientSession

    def url(self, method: str) -> str:
        return f"{self.telegram.url}/bot{self.telegram.token}/{method}"

    async def answer(self, method: str, **parameters: Any) -> Any:
        """The whole body, refused or not."""
        async with self.session.post(self.url(method), json=parameters) as response:
            return await response.json()

    async def call(self, method: str, **parameters: Any) -> Any:
        body = await self.answer(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        body = await self.answer(method, **parameters)
        assert not body["ok"], body
        return str(body["description"])

    async def upload(self, method: str, name: str, data: bytes, **fields: str) -> Any:
        form = aiohttp.FormData(fields)
        form.add_field(name, data, filename="tệp.pdf", content_type="application/pdf")
        async with self.session.post(self.url(method), data=form) as response:
            return await response.json()
