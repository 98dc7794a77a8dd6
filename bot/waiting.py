"""Waiting without missing anything, and going on after a failure."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic as system_monotonic
from typing import TypeAlias

import structlog

log = structlog.get_logger()
SILENT_SECONDS = 60.0
Piece: TypeAlias = Callable[[], Awaitable[None]]
"""It returns only when it is done for good."""


async def either(event: asyncio.Event, seconds: float) -> None:
    """Until the event, or until so many seconds have passed.

    Not by `asyncio.wait_for`, which before Python 3.12 swallows a cancellation that comes in the
    moment of the event: then who is told to end goes on.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


async def keep_going(
    piece: Piece, pause: float = 1.0, monotonic: Callable[[], float] = system_monotonic
) -> None:
    """A piece of the bot that fails, say because the database is away, begins anew.

    The same kind of failure is told once a minute: seven pieces without a database would write
    200 MB an hour, and a year of logs would be gone by the evening.
    """
    kind, silent_until = "", 0.0
    while True:
        try:
            return await piece()
        except Exception as error:
            name = type(error).__name__
            if name != kind or monotonic() >= silent_until:
                log.exception("begins anew in a second", error=name)
                kind, silent_until = name, monotonic() + SILENT_SECONDS
            await asyncio.sleep(pause)
