"""Everything together: `async with Telegram(now=clock) as telegram`."""

import asyncio
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from random import Random
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.counts import Counts, Limits, Pace, Request, Sent
from sandbox.faults import Faults
from sandbox.person import Person, Settle
from sandbox.server import Server
from sandbox.updates import Updates
from sandbox.webhook import Courier
from sandbox.world import World

HOST = "127.0.0.1"
TEST_BOT = "123456:TEST"
SHUTDOWN_SECONDS = 0.2


async def at_once() -> None:
    """The settle of a bot nobody waits for."""


class Telegram:
    """Stopped and started again it keeps its port, its world and its queue: an outage."""

    def __init__(
        self,
        token: str = TEST_BOT,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        random: Random | None = None,
        limits: Limits | None = None,
        first_update_id: int = 1000,
        port: int = 0,
        settle: Settle = at_once,
        webhook_pause: float = 1.0,
    ) -> None:
        self.token = token
        self.settle = settle
        self.world = World(
            bot=_bot(token),
            now=now,
            monotonic=monotonic,
            updates=Updates(now, first_update_id),
        )
        self.counts = Counts()
        self.faults = Faults(random)
        self.pace = Pace(limits or Limits(), self.counts)
        self._webhook_pause = webhook_pause
        self._port = port
        self._routes: list[web.AbstractRouteDef] = []
        self._runner: web.AppRunner | None = None
        self._courier: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def requests(self) -> list[Request]:
        return self.world.requests

    @property
    def sent(self) -> list[Sent]:
        return self.world.sent

    def person(
        self,
        chat_id: int,
        first_name: str,
        last_name: str = "",
        username: str | None = None,
        language_code: str = "vi",
        *,
        settle: Settle | None = None,
        about: str = "",
    ) -> Person:
        names = {"last_name": last_name, "username": username, "language_code": language_code}
        known = {name: value for name, value in names.items() if value}
        user = {"id": chat_id, "is_bot": False, "first_name": first_name, **known}
        return Person(self.world, self.world.enter(user), settle or self._settled, about)

    async def is_asked(self, method: str, times: int = 1, within: float = 5.0) -> None:
        """Waits until the bot has called the method so many times since the beginning."""
        async with asyncio.timeout(within):
            while self.counts.requests[method] < times:
                await self.world.asked.wait()

    def add_routes(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """For the chat page; takes effect at the next start."""
        self._routes += routes

    async def start(self) -> None:
        server = Server(self.token, self.world, self.faults, self.counts, self.pace)
        app = server.app()
        app.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        courier = Courier(self.world, server.call_by_name, self._webhook_pause)
        self._courier = asyncio.create_task(courier.run())

    async def stop(self) -> None:
        if self._courier:
            self._courier.cancel()
            await asyncio.wait([self._courier])
            self._courier = None
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _settled(self) -> None:
        await self.settle()


def _bot(token: str) -> dict[str, object]:
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Tiến độ",
        "username": "tiendo_bot",
    }
