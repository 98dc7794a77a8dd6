"""Waiting without missing anything, and going on after a failure."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import structlog

log = structlog.get_logger()
Piece: TypeAlias = Callable[[], Awaitable[None]]
"""It returns only when it is done for good."""


async def either(event: asyncio.Event, seconds: float) -> None:
    """Until the event, or until so many seconds have passed."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


async def keep_going(piece: Piece) -> None:
    """A piece of the bot that fails, say because the database is away, begins anew."""
    while True:
        try:
            return await piece()
        except Exception:
            log.exception("begins anew in a second")
            await asyncio.sleep(1)
