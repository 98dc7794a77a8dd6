import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from sqlalchemy.exc import DBAPIError

from bot.app import App
from bot.intake import NumberlessError, Polling
from bot.settings import Settings
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.inbox import Inbox
from tests.bot.answering import answering
from tests.bot.door import said
from tests.bot.mutants import as_bytes
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("logged")


@pytest.fixture
def an(cast: Cast, telegram: Telegram) -> Person:
    """Says something without waiting for an answer."""
    stranger = cast.an()
    return telegram.person(stranger.chat_id, "Võ Bình An", settle=nothing)


async def nothing() -> None:
    """The settle of somebody who does not wait."""


def polling(app: App, bot: Bot | None = None) -> Polling:
    """As after a restart: what was confirmed before is not remembered."""
    return Polling(bot or app.bot, app.reception, seconds=1, hearing=app.hearing, tenure=app.poller)


def kept(app: App) -> int:
    with app.database.transaction() as session:
        return Inbox(session).unfinished()


@asynccontextmanager
async def no_inbox(app: App) -> AsyncIterator[None]:
    """The database refuses every update."""
    with app.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE inbox RENAME TO away")
    yield
    with app.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO inbox")


def poison(telegram: Telegram, update_id: int, body: Any) -> None:
    """An update of a shape that nobody has seen before."""
    telegram.world.updates.next_id = update_id
    telegram.world.updates.add("message", body, timedelta(hours=24), ("chat", 0))


async def test_an_update_is_confirmed_only_by_the_next_poll(
    app: App, an: Person, telegram: Telegram
) -> None:
    await an.send("xin chào")
    assert await app.intake.poll() == 1
    assert (kept(app), len(telegram.world.updates)) == (1, 1)
    assert await app.intake.poll() == 0
    assert len(telegram.world.updates) == 0


async def test_what_the_database_refused_is_not_confirmed(
    app: App, an: Person, telegram: Telegram
) -> None:
    await an.send("xin chào")
    async with no_inbox(app):
        with pytest.raises(DBAPIError):
            await app.intake.poll()
        assert isinstance(app.intake, Polling)
        assert app.intake.offset is None
    assert len(telegram.world.updates) == 1
    assert await app.intake.poll() == 1
    assert kept(app) == 1


async def test_what_was_kept_but_not_confirmed_is_kept_once(app: App, an: Person) -> None:
    await an.send("xin chào")
    await app.intake.poll()
    assert await polling(app).poll() == 1
    assert kept(app) == 1


async def test_a_repeated_update_is_answered_once(app: App, an: Person) -> None:
    await an.send("xin chào")
    await app.intake.poll()
    app.intake = polling(app)
    await app.pump()
    assert len(an.messages) == 1


@pytest.mark.parametrize(
    "body",
    [{}, {"from": {"id": 105}, "text": 5}, {"chat": "?"}, ["?"], None],
    ids=["empty", "wrong types", "no chat", "list", "null"],
)
async def test_a_poison_update_does_not_hold_up_others(
    app: App, an: Person, telegram: Telegram, body: Any
) -> None:
    poison(telegram, 2000, body)
    lan = telegram.person(101, "Lan", settle=nothing)
    await lan.send("xin chào")
    await app.pump()
    assert len(lan.messages) == 1
    assert kept(app) in {0, 1}
    assert not an.messages


async def test_what_has_no_number_does_not_keep_the_offset_where_it_is(
    app: App, settings: Settings
) -> None:
    odd = [{"message": {}}, {"update_id": "7"}, {"update_id": True}, [], "x", None, 5]
    async with answering(settings, [as_bytes([*odd, said(70), said(71)])]) as (bot, _):
        poller = polling(app, bot)
        assert await poller.poll() == 2
    assert (poller.offset, kept(app)) == (72, 2)


async def test_where_nothing_has_a_number_it_is_waited_before_the_next_poll(
    app: App, settings: Settings
) -> None:
    async with answering(settings, [as_bytes([{"message": {}}, 5])]) as (bot, _):
        poller = polling(app, bot)
        with pytest.raises(NumberlessError):
            await poller.poll()
    assert (poller.offset, kept(app)) == (None, 0)


async def test_more_than_one_batch_is_taken_in(app: App, telegram: Telegram) -> None:
    for n in range(150):
        await telegram.person(1000 + n, "Người thử", settle=nothing).send("xin chào")
    assert [await app.intake.poll() for _ in range(3)] == [100, 50, 0]
    assert (kept(app), len(telegram.world.updates)) == (150, 0)


async def test_another_poller_is_told_of(app: App, telegram: Telegram) -> None:
    telegram.world.webhook.url = "http://127.0.0.1:9/"
    with pytest.raises(TelegramConflictError):
        await app.intake.poll()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(Kind.FLOOD, "getUpdates", retry_after=0),
        Fault(Kind.SERVER_ERROR, "getUpdates"),
        Fault(Kind.BAD_GATEWAY, "getUpdates"),
        Fault(Kind.RESET, "getUpdates"),
    ],
    ids=lambda fault: fault.kind.name,
)
async def test_polling_goes_on_after_a_failure(
    app: App, an: Person, telegram: Telegram, fault: Fault
) -> None:
    fault.met = 0
    telegram.faults.add(fault)
    await an.send("xin chào")
    running = asyncio.ensure_future(polling(app).run())
    await telegram.is_asked("getUpdates", times=3)
    running.cancel()
    await asyncio.wait([running])
    assert kept(app) == 1


async def test_to_another_poller_it_gives_way_for_a_while(
    app: App, an: Person, telegram: Telegram, logged: pytest.CaptureFixture[str]
) -> None:
    running = asyncio.ensure_future(polling(app).run())
    await telegram.is_asked("getUpdates", times=2)  # the second waits for news
    rival = Polling(app.bot, app.reception, seconds=0, hearing=app.hearing, tenure=app.poller)
    assert await rival.poll() == 0
    asked = telegram.counts.requests["getUpdates"]
    await an.send("xin chào")
    done, _ = await asyncio.wait([running], timeout=1)
    assert (done, telegram.counts.requests["getUpdates"]) == (set(), asked)
    assert "another poller holds this token" in logged.readouterr().out
    running.cancel()
    assert await rival.poll() == 1
