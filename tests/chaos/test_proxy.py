"""A way that can be cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from chaos.proxy import HOST, Proxy


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        writer.write(await reader.readline())
    writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    server = await asyncio.start_server(_echo, HOST, 0)
    async with Proxy([server.sockets[0].getsockname()[1]]) as made:
        yield made
    server.close()


async def say(proxy: Proxy) -> bytes:
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    writer.write(b"hello\n")
    try:
        return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


async def test_passes_on_what_is_said(proxy: Proxy) -> None:
    assert await say(proxy) == b"hello\n"


async def test_nobody_gets_through_while_it_is_cut(proxy: Proxy) -> None:
    await proxy.cut()
    with pytest.raises(ConnectionRefusedError):
        await say(proxy)


async def test_who_was_through_is_thrown_out(proxy: Proxy) -> None:
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    await proxy.has_let_in(1)
    await proxy.cut()
    with suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()


async def test_is_open_again_on_the_same_port(proxy: Proxy) -> None:
    await proxy.cut()
    await proxy.open()
    assert await say(proxy) == b"hello\n"
