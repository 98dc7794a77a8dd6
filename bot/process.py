"""The bot as an operating system's process: its signals, and an end in any case."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from threading import Timer
from typing import TypeAlias

import structlog
from aiogram.utils.token import TokenValidationError

from bot import logs
from bot.alone import AlreadyRunningError, alone
from bot.app import App
from bot.running import run
from bot.settings import Settings
from plan.loading import CatalogueError
from storage.backup.drafts import BackupError
from storage.schema import NewerSchemaError

log = structlog.get_logger()
Work: TypeAlias = Callable[[App, asyncio.Event], Awaitable[None]]
WATCHDOG_SECONDS = 25.0
"""Below the 30 seconds that systemd and compose wait before they kill."""


def serve(settings: Settings, work: Work = run, patience: float = WATCHDOG_SECONDS) -> None:
    """Works until told to stop; `patience` seconds later the process has ended, whatever it does:
    a thread that still works would be waited for without an end, so nobody calls the watchdog off.
    """
    logs.configure(settings.log_level)
    try:
        with alone(settings.database_url):
            asyncio.run(_serve(settings, work, patience))
    except (AlreadyRunningError, BackupError, CatalogueError, NewerSchemaError) as error:
        sys.exit(str(error))
    except TokenValidationError:
        sys.exit(
            "BOT_TOKEN is not a token. Copy it anew from @BotFather: digits, a colon, letters."
        )


async def _serve(settings: Settings, work: Work, patience: float) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    watchdog = Timer(patience, _give_up)
    watchdog.daemon = True

    def told_to_stop() -> None:
        if not stop.is_set():
            watchdog.start()
            stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop)
    try:
        await work(App(settings), stop)
    finally:
        told_to_stop()


def _give_up() -> None:
    """As safe as a crash: what was confirmed is kept, what was on the wire becomes unknown."""
    log.error("did not end in time")
    os._exit(1)
