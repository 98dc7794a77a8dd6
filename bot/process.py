"""The bot as an operating system's process: signals, and one process per SQLite file."""

import asyncio
import fcntl
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiogram.utils.token import TokenValidationError

from bot import logs
from bot.app import App
from bot.settings import Settings
from plan.loading import CatalogueError
from storage.database import Database


def serve(settings: Settings) -> None:
    logs.configure(settings.log_level)
    try:
        with alone(settings.database_url):
            asyncio.run(_serve(settings))
    except (CatalogueError, AlreadyRunningError) as error:
        sys.exit(str(error))
    except TokenValidationError:
        sys.exit(
            "BOT_TOKEN is not a token. Copy it anew from @BotFather: digits, a colon, letters."
        )


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await App(settings).run(stop)


class AlreadyRunningError(Exception):
    """Another process holds the same SQLite file."""


@contextmanager
def alone(database_url: str) -> Iterator[None]:
    """SQLite has one writer: a second process on the same file is refused, in clear words."""
    database = Database(database_url)
    if not database.is_sqlite or not database.url.database:
        yield
        return
    path = Path(f"{database.url.database}.lock")
    with path.open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(
                f"Another process is running on {database.url.database}. SQLite serves one "
                "process; for several replicas set DATABASE_URL to a PostgreSQL database."
            ) from None
        yield
