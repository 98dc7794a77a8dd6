"""Noticing that Telegram could not be heard, and offering the open questions again after it."""

from datetime import datetime, time, timedelta

import structlog

from bot.clock import Clock
from bot.handling import queue_reply
from handlers.report.resuming import offer_again
from handlers.services import Services
from handlers.turns import CHANNEL
from plan.calendars import ZONE, moment
from storage.database import Database
from storage.hearing import Hearings
from storage.outbox import Outbox

log = structlog.get_logger()
EVERY = timedelta(seconds=15)
GRACE = timedelta(seconds=20)
"""What was written during the silence is taken in and answered first."""
MORNING, NIGHT = time(7), time(22)


class Hearing:
    """Only after a start or a failed poll is a silence taken for one: not when a clock jumps."""

    def __init__(self, database: Database, clock: Clock, services: Services) -> None:
        self.database, self.clock, self.services = database, clock, services
        self.doubtful = True
        self.heard_at: datetime | None = None
        self._kept_at: datetime | None = None

    def heard(self) -> None:
        self.heard_at = self.clock()

    def failed(self) -> None:
        self.doubtful = True
        self.heard_at = None

    def keep(self) -> None:
        """Writes down when Telegram was last heard by this process. Runs on a desk."""
        at = self.heard_at
        if at is not None and (
            self.doubtful or self._kept_at is None or at - self._kept_at >= EVERY
        ):
            with self.database.transaction() as session:
                hearings = Hearings(session, CHANNEL)
                if self.doubtful:
                    hearings.heard_again(at, by_day)
                else:
                    hearings.heard(at)
            self.doubtful, self._kept_at = False, at

    def offer(self, now: datetime) -> None:
        """The open questions, once for each silence: buttons may have been pressed in vain.

        Runs on a desk, of the one process that ticks.
        """
        queued = 0
        with self.database.transaction() as session:
            hearings, outbox = Hearings(session, CHANNEL), Outbox(session)
            resumed_at = hearings.due(now)
            if resumed_at is None:
                return
            for row in hearings.left_waiting(resumed_at):
                message = offer_again(row, session, self.services, now)
                key = f"again:{row.address}:{resumed_at.isoformat()}"
                queued += message is not None and queue_reply(outbox, key, message, now)
        log.info("questions offered again", after=resumed_at, number=queued)


def by_day(at: datetime) -> datetime:
    """Soon, but not between 22:00 and 07:00: this is no answer to something just said."""
    at += GRACE
    here = at.astimezone(ZONE)
    if MORNING <= here.time() < NIGHT:
        return at
    return moment(here.date() + timedelta(days=here.time() >= NIGHT), MORNING)
