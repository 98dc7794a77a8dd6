"""A way to a server that can be cut off and opened again, and that chooses among several."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
CHUNK = 65536

Way = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """`async with Proxy([5432]) as proxy`; the first of the ports that answers is taken, turn by
    turn. While it is cut nobody gets through, and who was through is thrown out.
    """

    def __init__(self, ports: Sequence[int], host: str = HOST) -> None:
        self._host, self._ports = host, list(ports)
        self._turn = 0
        self._port = 0
        self._server: asyncio.Server | None = None
        self._ways: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()

    @property
    def port(self) -> int:
        return self._port

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._let_in, HOST, self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        ways = list(self._ways)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)

    async def has_let_in(self, count: int) -> None:
        while len(self._ways) < count:
            self._changed.clear()
            await self._changed.wait()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.cut()

    def _let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        way = asyncio.create_task(self._pass_on(reader, writer))
        self._ways.add(way)
        way.add_done_callback(self._ways.discard)
        self._changed.set()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            there = await self._connect()
            if there is not None:
                ends.append(there[1])
                await asyncio.gather(_pour(reader, there[1]), _pour(there[0], writer))
        finally:
            for end in ends:
                end.transport.abort()

    async def _connect(self) -> Way | None:
        self._turn += 1
        for n in range(len(self._ports)):
            with suppress(OSError):
                port = self._ports[(self._turn + n) % len(self._ports)]
                return await asyncio.open_connection(self._host, port)
        return None


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    with suppress(OSError):
        writer.close()
