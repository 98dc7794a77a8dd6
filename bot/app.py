"""The composition root: everything is built here, and handed what it needs."""

from collections.abc import Callable
from datetime import datetime
from os import getpid
from secrets import token_hex, token_urlsafe
from socket import gethostname
from time import monotonic as system_monotonic

import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy.exc import OperationalError

from bot.alerts import Alerts
from bot.backups import migrated
from bot.clock import AgreedClock, Clock, Steadiness, system_clock, trusting
from bot.clockwork import Clockwork
from bot.courtesies import Courtesies
from bot.desk import Desk
from bot.errands import Runner
from bot.fetching import Fetching
from bot.handling import Handled, Handling
from bot.hearing import Hearing
from bot.intake import Polling
from bot.leasing import Leasing, Tenure
from bot.metrics import Metrics
from bot.notices import Notices
from bot.pace import Pace, PerChat
from bot.readiness import Readiness
from bot.reception import Reception
from bot.rulebook import Rulebook
from bot.sender import Sender
from bot.session import Session
from bot.settings import Settings
from bot.staff import Staff
from bot.ticker import Ticker
from bot.webhook import Webhook
from handlers.broadcast.bureau import Policy
from handlers.outgoing import Outgoing
from handlers.routers import the_root
from handlers.services import Services
from plan.loading import load
from storage.database import Database, one_at_a_time
from storage.files import Files
from storage.seeding import take_over

log = structlog.get_logger()
STEP_TOKEN_BYTES = 9


def build_bot(settings: Settings) -> Bot:
    api = TelegramAPIServer.from_base(
        settings.telegram_api_url, is_local=settings.telegram_api_local
    )
    # The connections that are allowed must not be what messages wait for.
    connections = 100 + settings.bulk_at_once
    session = Session(api=api, proxy=settings.telegram_proxy, limit=connections)
    return Bot(settings.bot_token.get_secret_value(), session=session)


def build_services(
    settings: Settings, rulebook: Rulebook, new_token: Callable[[], str]
) -> Services:
    return Services(
        rulebook.catalogue,
        rulebook,
        settings.admin_ids,
        new_token,
        settings.data_controller,
        Files(settings.files_dir),
        Policy(
            settings.notice_approval_above, settings.notice_undo_seconds, settings.send_per_second
        ),
        settings.bot_username,
    )


class App:
    """The parts of the bot. `bot.running` runs them; `pump` moves them by hand, for tests."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        monotonic: Callable[[], float] = system_monotonic,
        new_token: Callable[[], str] = lambda: token_urlsafe(STEP_TOKEN_BYTES),
        owner: str = "",
    ) -> None:
        """`owner` names this process in the leases; two at once must not have the same."""
        agreed = AgreedClock(system_clock)
        self.settings, self.clock = settings, clock or agreed
        self.bot = build_bot(settings)
        self.database = Database(settings.database_url)
        self.metrics = Metrics()
        self.metrics.watch(self.database.engine)
        self.rulebook = Rulebook(load(settings.plan_file), settings.office_hours)
        self.services = build_services(settings, self.rulebook, new_token)
        count = 1 if self.database.is_sqlite else settings.desks
        self.desks = [Desk(number, count) for number in range(count)]
        self.staff = Staff(self.desks, self._build_handling, self._handled)
        self.hearing = Hearing(self.database, self.clock, self.services)
        self.poller, self.sending, self.ticking = (
            Tenure(f"{work}:{self.bot.id}") for work in ("poller", "sender", "ticker")
        )
        self.leasing = self._build_leasing(owner, clock or system_clock, agreed)
        self.reception = self._build_reception()
        self.intake = self._build_intake()
        self.fetching = self._build_fetching()
        self.trusts = Steadiness(system_monotonic).trusts if clock is None else trusting
        self.sender = self._build_sender(monotonic)
        self.errands = self._build_errands()
        self.courtesies = Courtesies(self.bot, self._halted_for)
        self.ticker = Ticker(self.rulebook, self.metrics.reminded)
        self.clockwork = self._build_clockwork()
        self.readiness = self._build_readiness()

    async def start(self) -> None:
        """Newest schema, the plan's agencies, schedules; what a crash left is taken up again."""
        await self.desks[0].run(self._prepare)

    async def tick(self) -> None:
        """What is due now: reminders are queued, running notices are reported on."""
        self.courtesies.do(await self.desks[0].run(self.clockwork.tick))
        self.sender.wake.set()

    async def prune(self) -> None:
        """What has been kept long enough is forgotten, with room for others between batches."""
        while await self.desks[0].run(self.clockwork.prune):
            pass

    async def pump(self) -> None:
        """Polls, handles, fetches and sends until nothing moves any more."""
        moved = 1
        while moved:
            await self._hold_on()
            moved = await self.intake.poll()
            moved += await self.staff.handle_all()
            moved += await self.fetching.round()
            moved += await self.errands.round()
            await self._hold_on()
            await self.sender.flush()
        await self.courtesies.done()

    async def _hold_on(self) -> None:
        """Nobody renews what is moved by hand, and a slow story outlasts a lease."""
        if not self.sending.held():
            await self.desks[0].run(self.leasing.seek)

    async def close(self) -> None:
        try:
            await self.desks[0].run(self.leasing.give_up)
        except OperationalError:
            log.warning("leases not given back: they run out by themselves")
        await self.staff.close()
        self.courtesies.cancel()
        await self.bot.session.close()
        self.database.dispose()

    def _build_leasing(self, owner: str, clock: Clock, agreed: AgreedClock) -> Leasing:
        return Leasing(
            (self.poller, self.sending, self.ticking),
            owner or f"{gethostname()}:{getpid()}:{token_hex(4)}",
            self.database,
            self.desks[0],
            clock,
            agreed.agree,
        )

    def _build_reception(self) -> Reception:
        return Reception(
            self.bot.id,
            self.database,
            self.desks[0],
            self.clock,
            metrics=self.metrics,
            wake=self.staff.wake,
        )

    def _build_readiness(self) -> Readiness:
        return Readiness(
            self.database,
            self.desks[0],
            self.clock,
            sender_lease=self.sending.name,
            token_refused=lambda: self.sender.token_refused,
        )

    def _build_handling(self) -> Handling:
        return Handling(
            self.database, the_root(), self.bot, self.services, self.clock, self.metrics
        )

    def _build_intake(self) -> Polling | Webhook:
        tenure, hearing = self.poller, self.hearing
        if self.settings.webhook_url:
            return Webhook(
                self.bot, self.reception, settings=self.settings, hearing=hearing, tenure=tenure
            )
        return Polling(
            self.bot,
            self.reception,
            seconds=self.settings.poll_seconds,
            hearing=hearing,
            tenure=tenure,
        )

    def _build_fetching(self) -> Fetching:
        return Fetching(
            self.bot,
            self.database,
            self.desks[0],
            self.clock,
            self.services.files,
            wake_desks=self.staff.wake,
            tenure=self.ticking,
        )

    def _build_errands(self) -> Runner:
        return Runner(
            self.database,
            self.desks[0],
            self.clock,
            self.services.files,
            self.rulebook,
            wake_sender=self.sender.wake.set,
            tenure=self.ticking,
        )

    def _build_sender(self, monotonic: Callable[[], float]) -> Sender:
        return Sender(
            self.bot,
            self.database,
            self.desks[0],
            self.clock,
            Outgoing(self.services).prepare,
            pace=Pace(self.settings.send_per_second, monotonic),
            per_chat=PerChat(1.0, monotonic),
            bulk_in_flight=self.settings.bulk_at_once,
            office_open=self._office_open,
            trusts=self.trusts,
            tenure=self.sending,
            metrics=self.metrics,
        )

    def _build_clockwork(self) -> Clockwork:
        return Clockwork(
            self.database,
            self.clock,
            reception=self.reception,
            ticker=self.ticker,
            hearing=self.hearing,
            rulebook=self.rulebook,
            notices=Notices(self.services.policy, lambda: self.services.calendar),
            alerts=Alerts(self.services.calendar),
            tenure=self.ticking,
            trusts=self.trusts,
        )

    def _halted_for(self) -> float:
        return self.sender.pace.halted_for()

    def _office_open(self, now: datetime) -> bool:
        return self.services.calendar.next_office_moment(now) <= now

    def _handled(self, handled: Handled) -> None:
        if handled.count:
            self.sender.wake.set()
            self.fetching.wake.set()
            self.errands.wake.set()
        self.courtesies.do(handled.cosmetic)

    def _prepare(self) -> None:
        migrated(self.settings, self.database, self.clock())
        self.leasing.seek()
        with self.database.transaction() as session:
            one_at_a_time(session)
            take_over(session, self.services.catalogue, self.clock())
            self.rulebook.refresh(session)
            self.ticker.prepare(session, self.clock())
