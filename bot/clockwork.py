"""What is done by the clock: every second by whoever holds the ticker's lease, and now and then."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from aiogram.methods import TelegramMethod
from sqlmodel import Session

from bot.alerts import Alerts
from bot.campaigns import Campaigns
from bot.clock import Clock
from bot.departures import Departures
from bot.hearing import Hearing
from bot.leasing import Tenure
from bot.notices import Notices
from bot.reception import Reception
from bot.rulebook import Rulebook
from bot.ticker import Ticker
from storage import pruning
from storage.audit import Audit
from storage.database import Database
from storage.inbox import PRUNED_MOST
from storage.pulses import Pulses

T = TypeVar("T")

log = structlog.get_logger()
PULSE = timedelta(seconds=15)
PARTS = 4
"""Of notices that are queued in one tick, each in a transaction of its own."""


class Clockwork:
    """All of it runs on a desk. Decisions are made in transactions of their own, in this order:
    whatever is wrong with a later one, what was decided before stays decided.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        reception: Reception,
        ticker: Ticker,
        hearing: Hearing,
        rulebook: Rulebook,
        notices: Notices,
        alerts: Alerts,
        tenure: Tenure,
        trusts: Callable[[datetime], bool],
    ) -> None:
        """`trusts` says whether the clock goes on as time does."""
        self.database, self.clock = database, clock
        self.reception, self.ticker = reception, ticker
        self.hearing, self.notices, self.rulebook = hearing, notices, rulebook
        self.alerts = alerts
        self.tenure, self.trusts = tenure, trusts
        self.departures, self.campaigns = Departures(), Campaigns(rulebook)
        self._beaten_at: datetime | None = None

    def tick(self) -> list[TelegramMethod[Any]]:
        """What is due now; returns best-effort calls."""
        now = self.clock()
        # Whoever waits for the lease looks, too: a step of the clock may be what gives it to them.
        trusted = self.trusts(now)
        self._do(self.rulebook.refresh)
        self.hearing.keep()
        self.reception.tell()
        if not self.tenure.held() or not trusted:
            return []
        self._do(lambda session: self.ticker.tick(session, now))
        self.hearing.offer(now)
        self._do(lambda session: self.campaigns.tick(session, now))
        self._do(lambda session: self.notices.leave(session, now))
        for _ in range(PARTS):
            if not self._do(lambda session: self.notices.feed(session, now)):
                break
        cosmetic = self._do(lambda session: self.notices.report(session, now))
        cosmetic += self._do(lambda session: self.departures.decide(session, now))
        self._do(lambda session: Audit(session).seal())
        self._do(lambda session: self.alerts.look(session, now))
        self._beat(now)
        return cosmetic

    def prune(self) -> bool:
        """Forgets what has been kept long enough, a batch of each kind; True where more is left."""
        if not self.decides():
            return False
        now = self.clock()
        counts = [self._pruned(rule, now) for rule in pruning.RULES]
        gone = self._pruned(self.departures.let_go, now)
        return gone > 0 or any(count >= PRUNED_MOST for count in counts)

    def decides(self) -> bool:
        """Whether this process is the one to, and the clock can be trusted. Runs on a desk."""
        return self.trusts(self.clock()) and self.tenure.held()

    def _pruned(self, rule: pruning.Rule, now: datetime) -> int:
        """One that fails must not hold up the others; it is tried again in an hour."""
        try:
            return self._do(pruning.at(rule, now))
        except Exception:
            log.exception("not forgotten", rule=rule.__name__)
            return 0

    def _beat(self, now: datetime) -> None:
        if self._beaten_at is None or abs(now - self._beaten_at) >= PULSE:
            self._do(lambda session: Pulses(session).beat("tick", now))
            self._beaten_at = now

    def _do(self, work: Callable[[Session], T]) -> T:
        with self.database.transaction() as session:
            return work(session)
