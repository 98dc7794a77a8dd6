"""Updates pushed at the same time are committed together."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy.exc import OperationalError

Raw: TypeAlias = Mapping[str, Any]
Pushed: TypeAlias = tuple[Raw, asyncio.Future[None]]


class Gathering:
    """What comes while a commit is under way shares the next one, in order of arrival."""

    def __init__(self, keep: Callable[[Sequence[Raw]], Awaitable[object]]) -> None:
        self._keep = keep
        self._waiting: list[Pushed] = []
        self._work: asyncio.Task[None] | None = None

    async def add(self, raw: Raw, seconds: float) -> None:
        """Returns when it is committed. TimeoutError where that is not known after `seconds`;
        what the database refused with where it was not.
        """
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((raw, kept))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._commit())
        async with asyncio.timeout(seconds):
            await kept

    async def _commit(self) -> None:
        while self._waiting:
            # Who has given up waiting will push again.
            batch = [pushed for pushed in self._waiting if not pushed[1].done()]
            self._waiting = []
            if batch:
                await self._together(batch)

    async def _together(self, batch: list[Pushed]) -> None:
        keeping = self._keep([raw for raw, _ in batch])
        (result,) = await asyncio.gather(keeping, return_exceptions=True)
        if not isinstance(result, BaseException):
            _tell(batch)
        elif len(batch) == 1 or isinstance(result, OperationalError):
            _tell(batch, result)
        else:
            # One that cannot be kept must not hold up those beside it.
            for pushed in batch:
                await self._together([pushed])


def _tell(batch: list[Pushed], error: BaseException | None = None) -> None:
    for _, kept in batch:
        if kept.done():
            continue
        if error:
            kept.set_exception(error)
        else:
            kept.set_result(None)
