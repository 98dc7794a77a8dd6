"""The bot as a process of its own."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path

from sandbox.telegram import Telegram

ROOT = Path(__file__).parent.parent
FIRST_CALLS = ("getUpdates", "getWebhookInfo")
"""What a bot that polls, or is pushed to, asks for once it is up."""


class BotProcess:
    """Started in `home`, so that no `.env` of the developer's is read; its log goes there.

    Unmodified, unless another command than `bot run` is given.
    """

    def __init__(
        self,
        telegram: Telegram,
        database_url: str,
        home: Path,
        environment: Mapping[str, str] | None = None,
        command: tuple[str, ...] = ("-m", "bot", "run"),
    ) -> None:
        self.telegram, self.home, self.command = telegram, home, command
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": database_url,
            "SEND_PER_SECOND": "1000",
            "POLL_SECONDS": "1",
            **(environment or {}),
        }
        self._process: Process | None = None
        self._calls = 0

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.returncode is not None

    async def start(self) -> None:
        if not self.has_ended:
            raise RuntimeError("the bot is running")
        self._calls = self._first_calls()
        with (self.home / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, *self.command),
                cwd=self.home,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    async def is_polling(self, within: float = 120.0) -> None:
        """Waits for its next call of getUpdates: it is up."""
        calls = self.telegram.counts.requests["getUpdates"]
        await self.telegram.is_asked("getUpdates", calls + 1, within)

    async def is_up(self, within: float = 120.0) -> None:
        """Waits until it has asked for updates, or about its webhook, since its start."""
        async with asyncio.timeout(within):
            while self._first_calls() <= self._calls:
                await self.telegram.world.asked.wait()

    async def kill(self) -> None:
        """By kill -9: nothing of it gets to say goodbye."""
        await self._end(signal.SIGKILL)

    async def terminate(self, within: float = 10.0) -> int:
        """SIGTERM; the exit code. TimeoutError where it does not end in time."""
        async with asyncio.timeout(within):
            return await self._end(signal.SIGTERM)

    def freeze(self) -> None:
        self._running.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._running.send_signal(signal.SIGCONT)

    async def ends(self) -> int:
        return await self._running.wait()

    def memory(self) -> int:
        """Resident bytes, as Linux counts them."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024

    def busy(self) -> float:
        """Seconds of a processor that it has used."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    async def ended(self) -> int:
        return await self._running.wait()

    async def _end(self, number: signal.Signals) -> int:
        process = self._running
        if process.returncode is None:
            process.send_signal(number)
        return await process.wait()

    def _first_calls(self) -> int:
        return sum(self.telegram.counts.requests[method] for method in FIRST_CALLS)

    @property
    def _running(self) -> Process:
        if self._process is None:
            raise RuntimeError("the bot was never started")
        return self._process
