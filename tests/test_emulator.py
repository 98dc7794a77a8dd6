"""The bot against a Bot API server written by others: lo-bot-api-emulator 0.3.6.

It checks each request against its own contract and refuses what that does not know. It cannot
stand in for the sandbox: it knows no people and no chats (updates are handed in whole, of the
kinds message, callback_query and inline_query only, so neither edits nor blocking), keeps no
texts, confirms edits of messages that never were, takes any press as answerable for ever, knows
no pace, no 429, no 403, and cannot misbehave on the wire.
"""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler
from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]  # no hints

from bot.app import App
from bot.settings import Settings
from tests.cast import Cast

TOKEN = "123456:TEST"  # noqa: S105 - synthetic, as the emulator demands
LAN = {"id": 101, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn Thị"}
CHAT = {"id": 101, "type": "private", "first_name": "Lan", "last_name": "Nguyễn Thị"}


@dataclass
class Stand:
    """The emulator, and what was said through it, which it does not keep itself."""

    emulator: LoBotApiEmulator
    port: int = 0
    app: App | None = None
    made: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def send(self, text: str) -> str:
        message = self._message() | {"from": LAN, "text": text}
        return await self._tell({"message": message})

    async def press(self, data: str) -> str:
        press = {
            "id": str(next(self.numbers)),
            "from": LAN,
            "chat_instance": "1",
            "message": self._message() | {"text": "?"},
            "data": data,
        }
        return await self._tell({"callback_query": press})

    def refused(self) -> list[dict[str, Any]]:
        return [made for made in self.emulator.requests if made["status"] != web.HTTPOk.status_code]

    def methods(self) -> set[str]:
        return {method for method, _ in self.made}

    def data_of(self, label: str) -> str:
        """The callback data of the newest button that is labelled so."""
        keyboards = [
            json.loads(fields["reply_markup"])
            for _, fields in self.made
            if "reply_markup" in fields
        ]
        rows = keyboards[-1]["inline_keyboard"]
        return next(
            str(each["callback_data"]) for row in rows for each in row if each["text"] == label
        )

    @web.middleware
    async def note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.made.append((request.match_info["method"], dict(await request.post())))
        return await handler(request)

    async def _tell(self, update: dict[str, Any]) -> str:
        assert self.app is not None
        before = len(self.made)
        await self.emulator.enqueue_update(update, token=TOKEN)
        await self.app.pump()
        said = [fields for method, fields in self.made[before:] if method == "sendMessage"]
        return "\n\n".join(str(fields["text"]) for fields in said)

    def _message(self) -> dict[str, Any]:
        return {"message_id": next(self.numbers), "date": 1726452000, "chat": CHAT}


@pytest.fixture
async def stand() -> AsyncIterator[Stand]:
    stand = Stand(LoBotApiEmulator())
    served = stand.emulator.app()
    served.middlewares.append(stand.note)
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand.port = runner.addresses[0][1]
    yield stand
    await runner.cleanup()


@pytest.fixture
def settings(stand: Stand, database_url: str) -> Settings:
    """Instead of the sandbox's: `app` talks to the emulator."""
    return Settings(
        _env_file=None,
        bot_token=TOKEN,
        telegram_api_url=f"http://127.0.0.1:{stand.port}",
        database_url=database_url,
        desks=2,
    )


@pytest.fixture
def lan(stand: Stand, app: App, cast: Cast) -> Stand:
    """Lan's phone, on the emulator's network."""
    cast.lan()
    stand.app = app
    return stand


async def test_answers_a_command(lan: Stand) -> None:
    assert "Quận 1" in await lan.send("/tiendo quan 1")
    assert lan.refused() == []


async def test_answers_a_press(lan: Stand) -> None:
    await lan.send("/baocao")
    assert "TV1.2" in await lan.press(lan.data_of("Xem nguyên văn"))
    assert {"answerCallbackQuery", "editMessageReplyMarkup"} <= lan.methods()
    assert lan.refused() == []


async def test_carries_a_conversation(lan: Stand) -> None:
    assert "TV1.2" in await lan.send("/baocao")
    assert "12/15" in await lan.send("12/15")
    assert "TV1.3" in await lan.press(lan.data_of("Đúng"))
    assert "50%" in await lan.send("50%")
    assert "30/41" in await lan.send("30/41")
    assert "TV2.2" in await lan.send("đúng")
    assert "/baocao" in await lan.send("lưu, làm sau")
    assert lan.refused() == []
