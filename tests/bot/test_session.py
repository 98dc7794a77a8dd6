"""A way to Telegram that is closed, in each of the ways in which it can be."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from weakref import ref

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMyDescription, SendMessage
from aiogram.methods.base import Response
from aiogram.types import BotDescription

from bot.outcomes import Fate, attempt
from bot.session import Session

MESSAGE = SendMessage(chat_id=101, text="Đã nhận.")


@pytest.fixture
def closed() -> Iterator[str]:
    """An address that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield address(taken)


@pytest.fixture
def swallowing() -> Iterator[str]:
    """An address that answers nothing, like a blocked one: its queue of callers is full."""
    with ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        yield address(full)


@pytest.fixture
async def hanging_up() -> AsyncIterator[str]:
    """A proxy that says nothing and hangs up."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        yield address(server.sockets[0])


def address(listening: socket.socket) -> str:
    host, port = listening.getsockname()
    return f"{host}:{port}"


@asynccontextmanager
async def bot_at(server: str, proxy: str | None = None) -> AsyncIterator[Bot]:
    session = Session(api=TelegramAPIServer.from_base(f"http://{server}"), proxy=proxy)
    session.connect_seconds = 0.2
    async with Bot("123456:TEST", session=session).context() as bot:
        yield bot


async def test_nobody_at_the_address_is_offline(closed: str) -> None:
    async with bot_at(closed) as bot:
        assert (await attempt(bot, MESSAGE)).fate is Fate.OFFLINE


async def test_a_swallowed_connection_is_given_up_soon(swallowing: str) -> None:
    async with bot_at(swallowing) as bot, asyncio.timeout(5):
        assert (await attempt(bot, MESSAGE)).fate is Fate.OFFLINE


@pytest.mark.parametrize("scheme", ["socks5", "http"])
@pytest.mark.parametrize("state", ["closed", "swallowing"])
async def test_a_proxy_that_does_not_work_is_offline(
    request: pytest.FixtureRequest, closed: str, scheme: str, state: str
) -> None:
    proxy = f"{scheme}://{request.getfixturevalue(state)}"
    async with bot_at(closed, proxy) as bot, asyncio.timeout(5):
        assert (await attempt(bot, MESSAGE)).fate is Fate.OFFLINE


@pytest.mark.parametrize("scheme", ["socks5", "http"])
async def test_a_proxy_that_hangs_up_is_offline(closed: str, hanging_up: str, scheme: str) -> None:
    async with bot_at(closed, f"{scheme}://{hanging_up}") as bot:
        assert (await attempt(bot, MESSAGE)).fate is Fate.OFFLINE


async def test_a_proxys_error_is_one_of_aiograms(closed: str) -> None:
    async with bot_at(closed, f"socks5://{closed}") as bot:
        with pytest.raises(TelegramNetworkError, match="ProxyConnectionError"):
            await bot(MESSAGE)


async def test_what_reads_an_answer_is_built_once(closed: str) -> None:
    async with bot_at(closed) as bot:
        with pytest.raises(TelegramNetworkError):
            await bot(GetMyDescription())
    reader = ref(Response[BotDescription])
    gc.collect()
    assert reader() is not None
