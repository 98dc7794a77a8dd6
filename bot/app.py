"""The composition root: everything is built here, and handed what it needs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from secrets import token_urlsafe
from time import monotonic as system_monotonic
from typing import Any, TypeAlias

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.calendars import calendar_for
from bot.clock import Clock, system_clock
from bot.desk import Desk
from bot.fetching import Fetching
from bot.handling import Handled, Handling
from bot.hearing import Hearing
from bot.intake import Polling
from bot.notices import Notices
from bot.pace import Pace, PerChat
from bot.sender import Sender
from bot.session import Session
from bot.settings import Settings
from bot.ticker import Ticker
from handlers import commands
from handlers.context import Services
from handlers.language import DEFAULT, words_for
from handlers.outgoing import Outgoing
from handlers.routers import build_root
from plan.loading import load
from storage import schema
from storage.database import Database
from storage.files import Files
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.seeding import seed

log = structlog.get_logger()
STEP_TOKEN_BYTES = 9
Piece: TypeAlias = Callable[[], Awaitable[None]]


def build_bot(settings: Settings) -> Bot:
    api = TelegramAPIServer.from_base(
        settings.telegram_api_url, is_local=settings.telegram_api_local
    )
    session = Session(api=api, proxy=settings.telegram_proxy)
    return Bot(settings.bot_token.get_secret_value(), session=session)


def build_dispatcher() -> Dispatcher:
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(build_root())
    return dispatcher


def build_services(settings: Settings, new_token: Callable[[], str]) -> Services:
    catalogue = load(settings.plan_file)
    return Services(
        catalogue,
        calendar_for(catalogue),
        settings.admin_ids,
        new_token,
        settings.data_controller,
        Files(settings.files_dir),
    )


class App:
    """The bot as one process. `run` runs it; `pump` moves it by hand, for tests and benches."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = system_monotonic,
        new_token: Callable[[], str] = lambda: token_urlsafe(STEP_TOKEN_BYTES),
    ) -> None:
        self.settings, self.clock = settings, clock
        self.bot = build_bot(settings)
        self.database = Database(settings.database_url)
        self.services = build_services(settings, new_token)
        count = 1 if self.database.is_sqlite else settings.desks
        self.desks = [Desk(number, count) for number in range(count)]
        self.handlings = [
            Handling(self.database, build_dispatcher, self.bot, self.services, clock)
            for _ in self.desks
        ]
        self.hearing = Hearing(self.database, clock, self.services)
        self.waiting = [asyncio.Event() for _ in self.desks]
        self._courtesies: set[asyncio.Task[None]] = set()
        self.polling = Polling(
            self.bot,
            self.database,
            self.desks[0],
            clock,
            seconds=settings.poll_seconds,
            wake=self._wake_desks,
            hearing=self.hearing,
        )
        self.fetching = self._build_fetching()
        self.sender = self._build_sender(monotonic)
        self.ticker = Ticker(self.services.catalogue, self.services.calendar)
        self.notices = Notices()

    def _build_fetching(self) -> Fetching:
        return Fetching(
            self.bot,
            self.database,
            self.desks[0],
            self.clock,
            self.services.files,
            wake_desks=self._wake_desks,
        )

    def _build_sender(self, monotonic: Callable[[], float]) -> Sender:
        return Sender(
            self.bot,
            self.database,
            self.desks[0],
            self.clock,
            Outgoing(self.services).render,
            pace=Pace(self.settings.send_per_second, monotonic),
            per_chat=PerChat(1.0, monotonic),
            bulk_in_flight=self.settings.bulk_in_flight,
            office_open=self._office_open,
        )

    async def start(self) -> None:
        """Newest schema, the plan's agencies, schedules; what a crash left is taken up again."""
        await self.desks[0].run(self._prepare)

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set, then ends within seconds and loses nothing."""
        await self.start()
        self._best_effort([commands.default_menu(words_for(DEFAULT))])
        clockwork = AsyncIOScheduler(timezone="Asia/Ho_Chi_Minh")
        every_second = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        clockwork.add_job(self.tick, "interval", seconds=1, **every_second)
        clockwork.add_job(self._prune, "interval", hours=1, **every_second)
        clockwork.start()
        desks = [partial(self._handle_for_ever, desk.number) for desk in self.desks]
        pieces: list[Piece] = [self.polling.run, self.sender.run, self.fetching.run, *desks]
        tasks = [asyncio.create_task(_keep_going(piece)) for piece in pieces]
        log.info("running", database=self.database.url.get_backend_name())
        await stop.wait()
        clockwork.shutdown(wait=False)
        await self.sender.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.close()

    async def tick(self) -> None:
        """What is due now: reminders are queued, running notices are reported on."""
        now = self.clock()
        cosmetic = await self.desks[0].run(self._tick, now)
        self._best_effort(cosmetic)
        self.sender.wake.set()

    async def pump(self) -> None:
        """Polls, handles, fetches and sends until nothing moves any more."""
        moved = 1
        while moved:
            moved = await self.polling.poll()
            for number in range(len(self.desks)):
                moved += (await self._handle(number)).count
            moved += await self.fetching.round()
            await self.sender.flush()
        await asyncio.gather(*self._courtesies)

    async def close(self) -> None:
        for desk, handling in zip(self.desks, self.handlings, strict=True):
            await desk.run(handling.close)
            desk.close()
        for task in self._courtesies:
            task.cancel()
        await self.bot.session.close()
        self.database.dispose()

    def _office_open(self, now: datetime) -> bool:
        return self.services.calendar.next_office_moment(now) <= now

    async def _handle(self, number: int) -> Handled:
        desk, handling = self.desks[number], self.handlings[number]
        handled = await desk.run(handling.batch, desk.number, desk.of)
        if handled.count:
            self.sender.wake.set()
            self.fetching.wake.set()
        self._best_effort(handled.cosmetic)
        return handled

    async def _handle_for_ever(self, number: int) -> None:
        while True:
            self.waiting[number].clear()
            if not (await self._handle(number)).count:
                await _either(self.waiting[number], 1.0)

    def _wake_desks(self) -> None:
        for event in self.waiting:
            event.set()

    def _best_effort(self, calls: list[TelegramMethod[Any]]) -> None:
        """Courtesies: answering a press, taking off old buttons. Nothing waits for them.

        While the sender is halted they are left out: late, they would be of no use.
        """
        if calls and self.sender.pace.halted_for():
            log.info("courtesies left out", number=len(calls))
            return
        for call in calls:
            task = asyncio.create_task(self._courtesy(call))
            self._courtesies.add(task)
            task.add_done_callback(self._courtesies.discard)

    async def _courtesy(self, call: TelegramMethod[Any]) -> None:
        try:
            await self.bot(call, request_timeout=5)
        except (AiogramError, OSError) as error:
            log.info("courtesy not done", method=type(call).__name__, error=type(error).__name__)

    def _prepare(self) -> None:
        schema.upgrade(self.database)
        with self.database.transaction() as session:
            seed(session, self.services.catalogue)
            self.ticker.prepare(session, self.clock())
            resent, unknown = Outbox(session).recover()
        if resent or unknown:
            log.warning("stopped while sending last time", resent=resent, unknown=unknown)

    def _tick(self, now: datetime) -> list[TelegramMethod[Any]]:
        with self.database.transaction() as session:
            self.ticker.tick(session, now)
        self.hearing.tick(now)
        # Apart: whatever is wrong with a notice, what was decided above stays decided.
        with self.database.transaction() as session:
            return self.notices.report(session, now)

    async def _prune(self) -> None:
        await self.desks[0].run(self._prune_inbox)

    def _prune_inbox(self) -> None:
        with self.database.transaction() as session:
            Inbox(session).prune(self.clock())


async def _keep_going(piece: Piece) -> None:
    """A piece of the bot that fails, say because the database is away, begins anew."""
    while True:
        try:
            return await piece()
        except Exception:
            log.exception("begins anew in a second")
            await asyncio.sleep(1)


async def _either(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
