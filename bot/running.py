"""The bot at work: everything that goes on at once, from the start to the last word."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy.exc import OperationalError

from bot.app import App
from bot.backups import Nightly
from bot.readiness import LoopLag
from bot.regular import Regular
from bot.waiting import Piece, either, keep_going
from bot.web import Web
from bot.webhook import Webhook
from handlers import commandmenu
from handlers.language import DEFAULT, words_for

log = structlog.get_logger()
HOURLY = timedelta(hours=1)
NIGHTLY = timedelta(minutes=15)
"""Between two looks whether a backup is due."""
AWAY_SECONDS = 2.0
TICK_SECONDS = 1.0


async def run(app: App, stop: asyncio.Event) -> None:
    """Runs until `stop` is set, then ends within seconds and loses nothing."""
    door = _begin(_web(app))
    if await _started(app, stop):
        app.courtesies.do([commandmenu.default_menu(words_for(DEFAULT))])
        await _work(app, stop)
    await _end(door)
    await app.close()


async def _started(app: App, stop: asyncio.Event) -> bool:
    """A server that is away at the start is waited for; a file that cannot be opened is none.

    False where the process is told to stop before.
    """
    while not stop.is_set():
        try:
            await app.start()
        except OperationalError as error:
            if app.database.is_sqlite:
                raise
            log.warning("the database is away", error=str(error.orig), again_in=AWAY_SECONDS)
            await either(stop, AWAY_SECONDS)
        else:
            return True
    return False


async def _work(app: App, stop: asyncio.Event) -> None:
    behind = _begin([app.leasing.run, app.fetching.run, app.errands.run, *app.staff.pieces])
    ticking = _begin([partial(_tick, app), _regular(app).run])
    taking_in, sending = _begin([app.intake.run]), _begin([app.sender.run])
    log.info("running", database=app.database.url.get_backend_name())
    await stop.wait()
    app.readiness.stopping = True
    await _end([*ticking, *taking_in])
    # While leases are still renewed: what is on the wire comes back and is written down.
    await app.sender.stop()
    await _end([*behind, *sending])
    await app.intake.say_goodbye()


async def _tick(app: App) -> None:
    """By the steady clock: a scheduler that goes by the wall clock stands still for an hour when
    that one is set back by an hour.
    """
    while True:
        await app.tick()
        await asyncio.sleep(TICK_SECONDS)


def _regular(app: App) -> Regular:
    decides = app.clockwork.decides
    nightly = Nightly(app.settings, app.database, app.desks[0], app.clock, decides)
    return Regular([(HOURLY, app.prune), (NIGHTLY, nightly.run)])


def _web(app: App) -> list[Piece]:
    if app.settings.web_port is None:
        return []
    web = Web(
        app.settings.web_host,
        app.settings.web_port,
        lag=LoopLag(app.metrics),
        readiness=app.readiness,
        metrics=app.metrics,
        webhook=app.intake if isinstance(app.intake, Webhook) else None,
    )
    return [web.run]


def _begin(pieces: Sequence[Piece]) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(keep_going(piece)) for piece in pieces]


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
