"""How fast messages may leave: evenly spaced, no bursts.

Telegram allows about 30 a second. A bucket that starts full lets 59 through in one second;
spacing the sends does not.
"""

import asyncio
from collections.abc import Awaitable, Callable

GATHERING = 0.02
"""Seconds, and the interval between sends below which it is worth while."""
LATE = 0.05
"""Seconds. Who wakes up later than this after its turn asks for another."""


class Pace:
    def __init__(
        self,
        per_second: float,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.interval = 1 / per_second
        self.monotonic, self.sleep = monotonic, sleep
        self._next = self._halted_until = 0.0

    async def turn(self) -> bool:
        """Waits for the next place in the row; False where a halt holds, or comes meanwhile.

        Where the process stood still, the places of many have passed: they would leave all at once.
        But nobody asks more than twice, or a process that is always late would send nothing.
        """
        if self.halted_for():
            return False
        if await self._comes_late():
            await self._comes_late()
        return not self.halted_for()

    async def breathe(self) -> None:
        """At a pace that no database can follow one by one, what comes back is gathered for a
        moment, to be written down in one commit.
        """
        if self.interval < GATHERING:
            await self.sleep(GATHERING)

    def halt(self, seconds: float) -> None:
        """Nobody goes before `seconds` have passed: Telegram asked for it, or is out of reach."""
        self._halted_until = max(self._halted_until, self.monotonic() + seconds)
        self._next = max(self._next, self._halted_until)

    def halted_for(self) -> float:
        """Seconds until the halt ends; 0 where there is none."""
        return max(0.0, self._halted_until - self.monotonic())

    async def _comes_late(self) -> bool:
        now = self.monotonic()
        at = max(now, self._next)
        self._next = at + self.interval
        await self.sleep(at - now)
        return self.monotonic() - at > LATE


class PerChat:
    """One message a second to the same chat, for what people did not ask for."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self.seconds, self.monotonic = seconds, monotonic
        self._until: dict[str, float] = {}

    def busy(self) -> list[str]:
        now = self.monotonic()
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        return list(self._until)

    def sent(self, chat: str) -> None:
        self._until[chat] = self.monotonic() + self.seconds
