"""Telling administrators of trouble: each morning what is new, and at once what cannot wait."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.handling import queue_reply
from handlers.health import alerts
from plan.alerts import JUMP, digest_due, digest_since, hour_of, jump_since
from plan.calendars import WorkingCalendar, local_date
from storage.health import Health, Troubles
from storage.outbox import Outbox
from storage.people import People
from storage.pulses import Pulses

EVERY = timedelta(minutes=1)
DIGEST, JUMPED = "digest", "unknown_jump"


class Alerts:
    """In the lane of replies: an alert told twice does no harm, one that is held does."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self._looked_at: datetime | None = None

    def look(self, session: Session, now: datetime) -> None:
        """Once a minute."""
        if self._looked_at is not None and abs(now - self._looked_at) < EVERY:
            return
        self._looked_at = now
        self._digest(session, now)
        self._jump(session, now)

    def _digest(self, session: Session, now: datetime) -> None:
        told_at = self._last(session, DIGEST)
        if not digest_due(told_at, self.calendar, now):
            return
        since = digest_since(told_at, self.calendar, now)
        found = Health(session).new_troubles(since, now)
        if found != Troubles(0, 0, 0):
            outbox, key = Outbox(session), f"digest:{local_date(now)}"
            for message in alerts.digest(found, since, People(session)):
                queue_reply(outbox, f"{key}:{message.chat_id}", message, now)
        Pulses(session).beat(DIGEST, now)

    def _jump(self, session: Session, now: datetime) -> None:
        since = jump_since(self._last(session, JUMPED), now)
        if since is None:
            return
        count = Health(session).new_troubles(since, now).unknown
        if count >= JUMP:
            outbox, key = Outbox(session), f"unknown:{hour_of(now)}"
            for message in alerts.jump(count, People(session)):
                queue_reply(outbox, f"{key}:{message.chat_id}", message, now)
            Pulses(session).beat(JUMPED, now)

    def _last(self, session: Session, name: str) -> datetime | None:
        pulse = Pulses(session).all().get(name)
        return pulse.at if pulse else None
