"""Desk threads: all database work happens on one of them, one piece at a time.

On SQLite there is one desk: the single writer, so nothing is ever locked. On PostgreSQL people
are spread over several by hash, which keeps the order of each person's messages.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    def __init__(self, number: int = 0, of: int = 1) -> None:
        self.number, self.of = number, of
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"desk-{number}")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs `work` on the desk's thread, after what was asked for before."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(work, *args, **kwargs))

    def close(self) -> None:
        """Waits for the piece of work at hand."""
        self._thread.shutdown(wait=True, cancel_futures=True)
