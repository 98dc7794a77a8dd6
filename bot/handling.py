"""One update: one transaction, one `now`; replies leave as rows of the same commit."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError
from sqlmodel import Session

from bot.clock import Clock
from handlers import troubles
from handlers.context import CHANNEL, Services, resources, turn_of
from handlers.files.parcels import Parcel
from handlers.routing import Reply
from storage.database import Database
from storage.inbox import Inbox, Waiting
from storage.outbox import Lane, Outbox
from storage.people import People

log = structlog.get_logger()
BATCH = 8
"""Updates handled before the desk looks at what else was asked of it."""


@dataclass
class Handled:
    """What a batch left to do: best-effort calls, and whether more updates may wait."""

    count: int = 0
    cosmetic: list[TelegramMethod[Any]] = field(default_factory=list)


class Handling:
    def __init__(
        self,
        database: Database,
        build_dispatcher: Callable[[], Dispatcher],
        bot: Bot,
        services: Services,
        clock: Clock,
    ) -> None:
        self.database, self.bot = database, bot
        self.services, self.clock = services, clock
        self.dispatcher = build_dispatcher()
        # A private loop, driven from the desk's thread: an update never leaves that thread.
        self.loop = asyncio.new_event_loop()

    def batch(self, desk: int = 0, desks: int = 1) -> Handled:
        """Handles the next updates, each in a transaction of its own. Runs on a desk."""
        handled = Handled()
        with self.database.transaction() as session:
            rows = Inbox(session).waiting(self.clock(), limit=BATCH, desk=desk, desks=desks)
        for row in rows:
            try:
                handled.cosmetic += self._handle(row)
            except Exception as error:
                log.exception("update failed", seq=row.seq, attempt=row.attempts + 1)
                self._give_way(row, error)
            handled.count += 1
        return handled

    def close(self) -> None:
        self.loop.close()

    def _handle(self, row: Waiting) -> list[TelegramMethod[Any]]:
        now = self.clock()
        with self.database.transaction() as session:
            replies = self._dispatch(row, session, now)
            outbox = Outbox(session)
            messages = [reply for reply in replies if isinstance(reply, SendMessage | Parcel)]
            for n, message in enumerate(messages):
                if not queue_reply(outbox, f"upd:{row.seq}:{n}", message, now):
                    msg = f"reply {n} to update {row.seq} has been queued before"
                    raise LookupError(msg)
            Inbox(session).done(row.seq, now)
        return [reply for reply in replies if not isinstance(reply, SendMessage | Parcel)]

    def _dispatch(self, row: Waiting, session: Session, now: datetime) -> list[Reply]:
        update = _read(row.payload, self.bot)
        blocked = update.my_chat_member
        if blocked is not None:
            troubles.note_membership(blocked, People(session), now)
            return []
        turn = turn_of(update)
        if turn is None:
            return []
        data = resources(turn, session, self.services, now)
        if data["member"] and not data["member"].reachable:
            # Who writes can be reached, whatever an earlier send said.
            People(session).reachable(turn.channel, turn.address)
        said = self.loop.run_until_complete(self.dispatcher.feed_update(self.bot, update, **data))
        return [] if said is UNHANDLED else said

    def _give_way(self, row: Waiting, error: Exception) -> None:
        """Rolled back; tried again later, or kept as a dead letter that people hear about."""
        now = self.clock()
        with self.database.transaction() as session:
            if not Inbox(session).failed(row, type(error).__name__, now):
                return
            outbox = Outbox(session)
            for n, message in enumerate(troubles.dead_letter(row, People(session))):
                queue_reply(outbox, f"dead:{row.seq}:{n}", message, now)


class UnreadableError(Exception):
    """The update is of a shape that nobody knows; the text names the fields."""


def _read(payload: str, bot: Bot) -> Update:
    try:
        return Update.model_validate_json(payload, context={"bot": bot})
    except ValidationError as error:
        # pydantic quotes what it could not read: a person's words would be in the log.
        fields = {".".join(map(str, defect["loc"])) for defect in error.errors()}
        raise UnreadableError(", ".join(sorted(fields))) from None


def queue_reply(outbox: Outbox, key: str, message: SendMessage | Parcel, now: datetime) -> bool:
    """False where a reply with this key has been queued before."""
    if isinstance(message, Parcel):
        address, kind, payload = message.address, message.kind, json.dumps(message.payload)
    else:
        address, kind = str(message.chat_id), "reply"
        payload = message.model_dump_json(exclude_unset=True, exclude_none=True)
    return outbox.add(
        key,
        lane=Lane.REPLY,
        channel=CHANNEL,
        address=address,
        kind=kind,
        payload=payload,
        now=now,
    )
