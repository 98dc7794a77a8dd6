"""From the start to the last word."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.exc import OperationalError

from bot.app import App
from bot.running import run
from bot.settings import Settings
from bot.waiting import either
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage.database import Database
from storage.leases import Leases
from tests.bot.door import until

pytestmark = pytest.mark.usefixtures("logged")
NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"


@pytest.fixture
def stop() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
async def running(
    settings: Settings, clock: PushedClock, stop: asyncio.Event
) -> AsyncIterator[App]:
    app = App(settings, clock=clock.now)
    task = asyncio.create_task(run(app, stop))
    await until(app.sending.held)
    yield app
    stop.set()
    await task


async def test_told_to_stop_it_confirms_what_it_has_and_gives_its_leases_back(
    running: App, telegram: Telegram, stop: asyncio.Event, settings: Settings
) -> None:
    await telegram.person(1000, "Người thử").send("xin chào")
    await until(lambda: bool(telegram.sent), 20)
    stop.set()
    await until(lambda: not running.sending.held(), 20)
    assert len(telegram.world.updates) == 0
    database = Database(settings.database_url)
    with database.transaction() as session:
        leases = Leases(session, running.clock())
        assert [lease.name for lease in leases.all() if lease.until_at > leases.now] == []
    database.dispose()


async def test_a_server_that_is_away_is_waited_for_until_told_to_stop(
    settings: Settings, stop: asyncio.Event, logged: pytest.CaptureFixture[str]
) -> None:
    away = App(settings.model_copy(update={"database_url": NOWHERE}))
    task = asyncio.create_task(run(away, stop))
    await either(stop, 1.0)
    assert not task.done()
    stop.set()
    async with asyncio.timeout(20):
        await task
    assert "the database is away" in logged.readouterr().out


async def test_a_file_that_cannot_be_opened_ends_it_at_once(
    settings: Settings, stop: asyncio.Event
) -> None:
    folder = f"sqlite:///{settings.files_dir.parent}"
    app = App(settings.model_copy(update={"database_url": folder}))
    with pytest.raises(OperationalError):
        await run(app, stop)
