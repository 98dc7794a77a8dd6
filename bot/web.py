"""The bot's own web server: for monitors, and where Telegram pushes to. Behind a proxy with TLS."""

import asyncio
from collections.abc import Mapping

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import Metrics
from bot.readiness import LAG_MOST, LoopLag, Readiness
from bot.webhook import Webhook
from storage.stock import Stock

BODY_MOST = 1024 * 1024
STOCK_SECONDS = 2.0
SHUTDOWN_SECONDS = 5.0
TEXT = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


class Web:
    def __init__(
        self,
        host: str,
        port: int,
        *,
        lag: LoopLag,
        readiness: Readiness,
        metrics: Metrics,
        webhook: Webhook | None = None,
    ) -> None:
        self.host, self.port = host, port
        self.lag, self.readiness, self.metrics, self.webhook = lag, readiness, metrics, webhook

    async def run(self) -> None:
        """Serves until cancelled; then lets those end who are being answered."""
        # The log of requests would hold the webhook's path, which is half a secret.
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port).start()
            self.port = runner.addresses[0][1]
            await self.lag.run()
        finally:
            await runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=BODY_MOST)
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._measured)
        if self.webhook:
            app.router.add_post(self.webhook.path, self.webhook.receive)
        return app

    async def _alive(self, _: web.Request) -> web.Response:
        late = self.lag.seconds()
        body = {"alive": late < LAG_MOST, "loop_lag_seconds": round(late, 3)}
        return _told(body, well=late < LAG_MOST)

    async def _ready(self, _: web.Request) -> web.Response:
        checks = await self.readiness.checks()
        well = not any(checks.values())
        return _told({"ready": well, "checks": checks}, well=well)

    async def _measured(self, _: web.Request) -> web.Response:
        return web.Response(body=self.metrics.page(await self._stock()), headers=TEXT)

    async def _stock(self) -> Stock | None:
        looking = self.readiness
        try:
            async with asyncio.timeout(STOCK_SECONDS):
                return await looking.desk.run(looking.stock)
        except (SQLAlchemyError, OSError):
            return None


def _told(body: Mapping[str, object], *, well: bool) -> web.Response:
    return web.json_response(body, status=200 if well else 503)
