"""What a monitor sees while something is away."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

import aiohttp

from bench.process import BotProcess

EVERY = 0.5
LONGEST = 5.0


@dataclass
class Probe:
    """Asks `/readyz` and `/healthz` until it is cancelled; statuses are counted, 0 for none."""

    bot: BotProcess
    ready: Counter[int] = field(default_factory=Counter)
    alive: Counter[int] = field(default_factory=Counter)

    async def run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(LONGEST)) as session:
            while True:
                self.ready[await self._status(session, "readyz")] += 1
                self.alive[await self._status(session, "healthz")] += 1
                await asyncio.sleep(EVERY)

    async def is_ready(self, within: float) -> None:
        limit = aiohttp.ClientTimeout(LONGEST)
        async with asyncio.timeout(within), aiohttp.ClientSession(timeout=limit) as session:
            while True:
                if await self._status(session, "readyz") == 200:
                    return
                await asyncio.sleep(EVERY)

    async def _status(self, session: aiohttp.ClientSession, path: str) -> int:
        port = self.bot.environment["WEB_PORT"]
        try:
            async with session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0
