"""Updates that Telegram pushes, into the same inbox. "200" is said only after the commit."""

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any, NoReturn

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import GetWebhookInfo, SetWebhook
from aiogram.types import WebhookInfo
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.gathering import Gathering, Raw
from bot.hearing import Hearing
from bot.intake import ALLOWED
from bot.leasing import Tenure
from bot.reception import Reception
from bot.settings import Settings
from storage.inbox import number_of

log = structlog.get_logger()
HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 40
BODY_SECONDS = 10.0
LOOK_SECONDS = 30.0
"""Well below the life of a press: a restart must not take this pause for a silence."""
PAUSE_LEAST = 1.0
PASSIVE_PAUSE = 0.5


class Webhook:
    """Stands where `Polling` stands: what is behind the first commit is the same."""

    commit_seconds = 5.0
    """How long Telegram is kept waiting for the database."""
    retry_seconds = 5
    """After how long it shall push again what could not be kept."""

    def __init__(
        self,
        bot: Bot,
        reception: Reception,
        *,
        settings: Settings,
        hearing: Hearing,
        tenure: Tenure,
    ) -> None:
        self.bot, self.hearing, self.tenure = bot, hearing, tenure
        self.metrics = reception.metrics
        self.path = f"/telegram/{_derived(settings, 'path')}"
        self.address = f"{(settings.webhook_url or '').rstrip('/')}{self.path}"
        given = settings.webhook_secret
        self.secret = given.get_secret_value() if given else _derived(settings, "secret")
        self._gathering = Gathering(reception.keep)
        self._registered = False
        self._last_error: datetime | None = None
        self._pushed = 0

    async def receive(self, request: web.Request) -> web.Response:
        response = await self._answer(request)
        self.metrics.pushed(response.status)
        return response

    async def poll(self) -> int:
        """Nothing is asked for: how many were pushed since the last look."""
        pushed, self._pushed = self._pushed, 0
        return pushed

    async def run(self) -> None:
        """Tells Telegram where to push, and looks now and then whether that goes well.

        One process does this, the holder of the poller's lease; all of them take updates.
        """
        pause = PAUSE_LEAST
        while True:
            if not self.tenure.held():
                self._registered = False
                await asyncio.sleep(PASSIVE_PAUSE)
                continue
            try:
                await self.look()
            except (AiogramError, OSError) as error:
                self.hearing.failed()
                log.warning("webhook not set", error=type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LOOK_SECONDS)
            else:
                pause = PAUSE_LEAST
                await asyncio.sleep(LOOK_SECONDS)

    async def say_goodbye(self) -> None:
        """Nothing: whoever is there next is pushed to, and the others meanwhile."""

    async def look(self) -> None:
        """Sets the webhook where it is not ours. That nothing is pushed is no silence; that
        Telegram did not get through is one.
        """
        info = await self.bot(GetWebhookInfo(), request_timeout=10)
        if not self._registered or info.url != self.address:
            await self._register()
        elif info.pending_update_count and info.last_error_date != self._last_error:
            log.warning("Telegram does not get through", pending=info.pending_update_count)
            self._note_error(info)
            self.hearing.failed()
            return
        self._note_error(info)
        self.hearing.heard()

    async def _register(self) -> None:
        setting = SetWebhook(
            url=self.address,
            secret_token=self.secret,
            allowed_updates=ALLOWED,
            max_connections=CONNECTIONS,
        )
        await self.bot(setting, request_timeout=10)
        self._registered = True
        log.info("webhook set")

    def _note_error(self, info: WebhookInfo) -> None:
        self._last_error = info.last_error_date

    async def _answer(self, request: web.Request) -> web.Response:
        if not self._is_telegram(request):
            return web.Response(status=401)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                raw = parsed(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except TimeoutError:
            return web.Response(status=408)
        except ValueError:
            self.metrics.updated("malformed")
            return web.Response(status=400)
        return await self._taken(raw)

    async def _taken(self, raw: Raw) -> web.Response:
        try:
            await self._gathering.add(raw, self.commit_seconds)
        except (SQLAlchemyError, OSError) as error:
            # TimeoutError is one of the latter.
            log.warning("update not kept", error=type(error).__name__)
            return self._come_again()
        except Exception:
            log.exception("update not kept")
            return self._come_again()
        self._pushed += 1
        self.hearing.heard()
        return web.Response()

    def _come_again(self) -> web.Response:
        """Telegram keeps the update and pushes it again, a press for 150 seconds only."""
        self.hearing.failed()
        return web.Response(status=503, headers={"Retry-After": str(self.retry_seconds)})

    def _is_telegram(self, request: web.Request) -> bool:
        # As bytes: letters outside of ASCII would make the comparison raise.
        shown = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(shown, self.secret.encode())


def parsed(body: bytes) -> Raw:
    """ValueError where it is not an update: an object with a number of its own."""
    try:
        raw: Any = json.loads(body, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if number_of(raw) is None:
        raise ValueError("no update_id")
    return dict(raw)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _derived(settings: Settings, what: str) -> str:
    """43 characters of base64url that only who has the token can know."""
    token = settings.bot_token.get_secret_value().encode()
    digest = hmac.digest(token, f"tiendo webhook {what}".encode(), "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")
