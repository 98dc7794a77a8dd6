"""The way to Telegram: aiogram's session, with a limit on connecting and one kind of error."""

from asyncio import IncompleteReadError
from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiohttp import ClientConnectorError, ClientTimeout, ConnectionTimeoutError
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from typing_extensions import override

from bot.logs import without_token

# The last one is what a SOCKS proxy leaves that hangs up while the way is being agreed upon.
PROXY = (ProxyConnectionError, ProxyError, ProxyTimeoutError, IncompleteReadError)
CONNECTING = (ClientConnectorError, ConnectionTimeoutError, *PROXY)


class Session(AiohttpSession):
    connect_seconds = 5.0
    """A blocked address swallows what is sent to it: without this, each try costs a minute."""

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        _reader(method.__returning__)
        seconds = self.timeout if timeout is None else timeout
        # aiogram hands it on to aiohttp as it is; the annotation knows only seconds.
        limits: Any = ClientTimeout(total=seconds, sock_connect=self.connect_seconds)
        try:
            return await super().make_request(bot, method, timeout=limits)
        except PROXY as error:
            # aiogram knows aiohttp's errors, not those of the library for proxies.
            words = f"{type(error).__name__}: {error}"
            raise TelegramNetworkError(method=method, message=words) from error
        except TelegramNetworkError as error:
            # An address that is none is quoted whole, and the message is kept with the letter.
            error.message = without_token(error.message)
            raise

    async def close(self) -> None:
        """Without aiogram's quarter-second of politeness to TLS."""
        if self._session is not None and not self._session.closed:
            await self._session.close()


@cache
def _reader(returning: Any) -> type:  # noqa: ANN401 - a type, or a list of one
    """Held, so that aiogram finds it again: pydantic holds it weakly, and each time the collector
    of garbage came by, the next answer cost 26 ms to build its validator anew.
    """
    return Response[returning]


def never_connected(error: BaseException) -> bool:
    """Whether nothing can have been written: there was no connection to write to."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, CONNECTING):
            return True
        cause = cause.__cause__
    return False
