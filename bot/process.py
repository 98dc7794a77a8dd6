"""The bot as an operating system's process: signals, and one process per database."""

import asyncio
import fcntl
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiogram.utils.token import TokenValidationError
from sqlalchemy import func, select

from bot import logs
from bot.app import App
from bot.settings import Settings
from plan.loading import CatalogueError
from storage.database import Database

LOCK = int.from_bytes(b"tiendo")
"""PostgreSQL's advisory locks are numbers, and each database has its own set."""


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
    """Another process holds the same database."""


@contextmanager
def alone(database_url: str) -> Iterator[None]:
    """Two processes would send everything twice: a second one is refused, in clear words."""
    database = Database(database_url)
    with (_file_locked if database.is_sqlite else _server_locked)(database):
        yield


@contextmanager
def _file_locked(database: Database) -> Iterator[None]:
    if not database.url.database:
        yield
        return
    with Path(f"{database.url.database}.lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(_refusal(database)) from None
        yield


@contextmanager
def _server_locked(database: Database) -> Iterator[None]:
    """The lock is the connection's: PostgreSQL gives it back whichever way the process ends."""
    try:
        # Without a transaction: one left open would hold up vacuuming for as long as the bot runs.
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as held:
            if not held.scalar(select(func.pg_try_advisory_lock(LOCK))):
                raise AlreadyRunningError(_refusal(database))
            yield
    finally:
        database.dispose()


def _refusal(database: Database) -> str:
    return (
        f"Another process is running on {database.url.database}. One bot serves one database; "
        "stop that process first, or set DATABASE_URL to a database of its own."
    )
