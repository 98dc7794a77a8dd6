import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from sandbox.person import Person
from sandbox.waking import Signal
from tests.sandbox.api import Api

PROOF = "s3cret_-"


@dataclass
class Bot:
    """Answers the webhook with what it is told to, 200 when told nothing."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    rang: Signal = field(default_factory=Signal)

    async def take(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.rang.fire()
        return self.answers.pop(0) if self.answers else web.Response()

    async def hears(self, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(5):
            while len(self.heard) < count:
                await self.rang.wait()
        return self.heard


@pytest.fixture
async def bot(api: Api) -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await api.call("setWebhook", url=bot.url, secret_token=PROOF)
    yield bot
    await api.call("deleteWebhook")
    await runner.cleanup()


async def test_pushes_with_the_secret(bot: Bot, lan: Person) -> None:
    await lan.send("chào")
    (update,) = await bot.hears(1)
    assert update["message"]["text"] == "chào"
    assert bot.secrets == [PROOF]


async def test_pushes_again_until_taken_and_in_order(bot: Bot, lan: Person) -> None:
    bot.answers += [web.Response(status=503), web.Response(status=500)]
    for text in ("một", "hai"):
        await lan.send(text)
    heard = await bot.hears(4)
    assert [each["message"]["text"] for each in heard] == ["một", "một", "một", "hai"]


async def test_waits_as_long_as_asked(bot: Bot, lan: Person) -> None:
    bot.answers.append(web.Response(status=503, headers={"Retry-After": "1"}))
    loop = asyncio.get_running_loop()
    await lan.send("một")
    await bot.hears(1)
    began = loop.time()
    await bot.hears(2)
    assert loop.time() - began >= 0.99


async def test_another_chat_is_not_held_up(bot: Bot, lan: Person, hung: Person) -> None:
    bot.answers.append(web.Response(status=503, headers={"Retry-After": "3600"}))
    await lan.send("kẹt")
    await bot.hears(1)
    await hung.send("qua")
    assert (await bot.hears(2))[1]["message"]["text"] == "qua"


async def test_obeys_the_method_in_the_answer(bot: Bot, lan: Person) -> None:
    order = {"method": "sendMessage", "chat_id": 101, "text": "chào chị"}
    bot.answers.append(web.json_response(order))
    heard = asyncio.create_task(lan.hears())
    await lan.send("chào")
    assert await heard == "chào chị"
    assert bot.heard


async def test_polling_beside_a_webhook_is_refused(api: Api, bot: Bot) -> None:
    body = await api.answer("getUpdates")
    assert (body["error_code"], body["description"]) == (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    assert not bot.heard


async def test_info_tells_the_last_error_and_what_waits(api: Api, bot: Bot, lan: Person) -> None:
    bot.answers.append(web.Response(status=503, headers={"Retry-After": "3600"}))
    await lan.send("kẹt")
    await bot.hears(1)
    info = await api.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (bot.url, 1)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "khong"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "http://a.vn", "secret_token": "có dấu"},
            "secret token contains unallowed characters",
        ),
    ],
    ids=["url", "secret"],
)
async def test_refuses_a_bad_webhook(api: Api, parameters: dict[str, str], words: str) -> None:
    assert await api.refusal("setWebhook", **parameters) == f"Bad Request: {words}"


async def test_drops_what_waited_when_asked(api: Api, lan: Person) -> None:
    await lan.send("cũ")
    await api.call("deleteWebhook", drop_pending_updates=True)
    assert await api.call("getUpdates") == []
