"""The bot that is stopped and started again within one story."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.app import App
from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from tests.asides import BringBack, bringing_back

Start = Callable[[], AbstractAsyncContextManager[App]]


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
    with bringing_back(settings, clock.now) as bring:
        yield bring
