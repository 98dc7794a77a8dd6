"""The bot that is stopped and started again within one story."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.app import App
from bot.restored import Restored
from bot.restoring import restore
from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage.backup import postgres
from storage.database import Database

Start = Callable[[], AbstractAsyncContextManager[App]]
BringBack = Callable[[Path], Restored]


@pytest.fixture
def start(
    settings: Settings, telegram: Telegram, clock: PushedClock, monotonic: Callable[[], float]
) -> Start:
    """A new process on the same database, as far as one test can have two."""

    @asynccontextmanager
    async def running() -> AsyncIterator[App]:
        app = App(settings, clock=clock.now, monotonic=monotonic)
        await app.start()
        telegram.settle = app.pump
        yield app
        await app.close()

    return running


@pytest.fixture
def bring_back(settings: Settings, clock: PushedClock) -> Iterator[BringBack]:
    """Restores, and clears away what stepped aside."""
    asides = []

    def bring(file: Path) -> Restored:
        restored = restore(settings, file, clock.now())
        asides.append(restored.aside)
        return restored

    yield bring
    url = Database(settings.database_url).url
    for aside in asides:
        if url.get_backend_name() == "postgresql":
            postgres.discard(url.set(database=aside))
