"""One update: one session, one `now`; replies leave as rows of the same commit."""

import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from time import monotonic as system_monotonic
from typing import Any, TypeVar

import structlog
from aiogram import Bot, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy import Connection
from sqlmodel import Session

from bot.clock import Clock
from bot.logs import PlainError
from bot.metrics import Metrics
from handlers import troubles
from handlers.context import resources
from handlers.files.parcels import Parcel
from handlers.health import alerts
from handlers.routing import Reply
from handlers.services import Services
from handlers.turns import CHANNEL, turn_of
from plan.alerts import hour_of
from storage.database import Database
from storage.inbox import Inbox, Waiting
from storage.ledger import Ledger
from storage.outbox import Lane, Outbox, queued
from storage.people import People
from storage.unsettled import UnsettledLetters

log = structlog.get_logger()
T = TypeVar("T")
BATCH = 32
"""Updates handled, and committed together, before the desk looks at what else it was asked."""
LONGEST = 0.05
"""Seconds after which a batch takes up no more: others wait for the desk, and for its commit."""


@dataclass
class Handled:
    """What a batch has come to: updates done, messages to queue, and best-effort calls."""

    done: list[Waiting] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    cosmetic: list[TelegramMethod[Any]] = field(default_factory=list)
    count: int = 0
    """Updates that are off the pile, tried in vain or done."""
    dead: int = 0
    """Of those, tried in vain for the last time."""

    def add(self, row: Waiting, replies: list[Reply], now: datetime) -> None:
        self.done.append(row)
        self.count += 1
        number = count()
        for reply in replies:
            if isinstance(reply, SendMessage | Parcel):
                self.letters.append(_letter(f"upd:{row.seq}:{next(number)}", reply, now))
            else:
                self.cosmetic.append(reply)


class Handling:
    def __init__(
        self,
        database: Database,
        root: Router,
        bot: Bot,
        services: Services,
        clock: Clock,
        metrics: Metrics,
        monotonic: Callable[[], float] = system_monotonic,
    ) -> None:
        self.database, self.bot, self.metrics = database, bot, metrics
        self.services, self.clock, self.monotonic = services, clock, monotonic
        self.root = root

    def batch(self, desk: int = 0, desks: int = 1) -> Handled:
        """Handles the next updates, each in a session of its own, in one commit. Runs on a desk.

        When one fails, all are rolled back and handled again, each within a savepoint: handling
        leaves no trace outside the transaction, so that costs time only.
        """
        with suppress(Exception):
            return self._handle_next(desk, desks, careful=False)
        return self._handle_next(desk, desks, careful=True)

    def _handle_next(self, desk: int, desks: int, *, careful: bool) -> Handled:
        handled, until = Handled(), self.monotonic() + LONGEST
        with self.database.connection() as connection, Session(connection) as taking:
            inbox, outbox = Inbox(taking), Outbox(taking)
            rows = inbox.waiting(self.clock(), limit=BATCH, desk=desk, desks=desks)
            # What has failed before will hardly do better now.
            careful = careful or any(row.attempts for row in rows)
            for row in rows:
                if careful:
                    self._try(row, connection, outbox, handled)
                else:
                    self._handle(row, connection, handled)
                if self.monotonic() > until:
                    break
            _queue(handled.letters, outbox)
            if handled.done:
                inbox.done([row.seq for row in handled.done], self.clock())
        self._count(handled)
        return handled

    def _handle(self, row: Waiting, connection: Connection, handled: Handled) -> None:
        now = self.clock()
        with Session(connection, expire_on_commit=False) as session, session.begin():
            handled.add(row, self._dispatch(row, session, now), now)

    def _try(self, row: Waiting, connection: Connection, outbox: Outbox, handled: Handled) -> None:
        """Handled with all that it leads to, or rolled back alone and counted as a failed try."""
        one, savepoint = Handled(), connection.begin_nested()
        try:
            self._handle(row, connection, one)
            _queue(one.letters, outbox)
        except Exception as error:
            # Raises where the database has given up the whole transaction. Then, as where it is
            # away, it was not the update that failed.
            savepoint.rollback()
            if connection.invalidated:
                raise
            log.exception("update failed", seq=row.seq)
            handled.dead += self._give_way(row, error, outbox)
        else:
            savepoint.commit()
            handled.done += one.done
            handled.cosmetic += one.cosmetic
        handled.count += 1

    def _count(self, handled: Handled) -> None:
        committed_at = self.clock()
        for row in handled.done:
            self.metrics.updated("applied", (committed_at - row.received_at).total_seconds())
        self.metrics.updated("dead", times=handled.dead)

    def _dispatch(self, row: Waiting, session: Session, now: datetime) -> list[Reply]:
        update = _read(row.payload, self.bot)
        blocked = update.my_chat_member
        if blocked is not None:
            troubles.note_membership(blocked, People(session), now)
            return []
        turn = turn_of(update)
        if turn is None:
            return []
        if turn.proves is not None:
            UnsettledLetters(session).prove(turn.proves, turn.channel, turn.address, now)
            Ledger(session).answered(turn.proves, turn.channel, turn.address, now)
        data = resources(turn, session, self.services, now)
        if data["member"] and not data["member"].reachable:
            # Who writes can be reached, whatever an earlier send said.
            People(session).reachable(turn.channel, turn.address)
        said = _driven(self.root.propagate_event(update.event_type, update.event, **data))
        return [] if said is UNHANDLED else said

    def _give_way(self, row: Waiting, error: Exception, outbox: Outbox) -> bool:
        """Tried again later, or kept as a dead letter that people hear about: then True."""
        now, people = self.clock(), People(outbox.session)
        if not Inbox(outbox.session).failed(row, type(error).__name__, now):
            return False
        if told := troubles.sorry(row, people):
            queue_reply(outbox, f"dead:{row.seq}", told, now)
        for alert in alerts.dead(people):
            queue_reply(outbox, f"dead:{hour_of(now)}:{alert.chat_id}", alert, now)
        return True


def _driven(answer: Coroutine[Any, Any, T]) -> T:
    """What it comes to, at once: a handler never waits, so that it needs no event loop."""
    try:
        answer.send(None)
    except StopIteration as done:
        told: T = done.value
        return told
    answer.close()
    raise RuntimeError("a handler waited for something")


class UnreadableError(PlainError):
    """The update is of a shape that nobody knows; the text names the fields."""


def _read(payload: str, bot: Bot) -> Update:
    try:
        return Update.model_validate_json(payload, context={"bot": bot})
    except ValidationError as error:
        # pydantic quotes what it could not read: a person's words would be in the log.
        fields = {".".join(map(str, defect["loc"])) for defect in error.errors()}
        raise UnreadableError(", ".join(sorted(fields))) from None


def _queue(letters: list[dict[str, Any]], outbox: Outbox) -> None:
    if outbox.add_all(letters) < len(letters):
        raise LookupError("a reply to one of these updates has been queued before")


def queue_reply(outbox: Outbox, key: str, message: SendMessage | Parcel, now: datetime) -> bool:
    """False where a reply with this key has been queued before."""
    return outbox.add_all([_letter(key, message, now)]) == 1


def _letter(key: str, message: SendMessage | Parcel, now: datetime) -> dict[str, Any]:
    if isinstance(message, Parcel):
        address, kind, payload = message.address, message.kind, json.dumps(message.payload)
    else:
        address, kind = str(message.chat_id), "reply"
        payload = message.model_dump_json(exclude_unset=True, exclude_none=True)
    return queued(
        key,
        lane=Lane.REPLY,
        channel=CHANNEL,
        address=address,
        kind=kind,
        payload=payload,
        now=now,
    )
