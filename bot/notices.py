"""Telling the admin how far a campaign notice has come, in one message that is edited."""

from datetime import datetime
from typing import Any

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from sqlmodel import Session

from bot.handling import queue_reply
from handlers.broadcast import progress, result
from handlers.language import DEFAULT, words_for
from storage.broadcasts import Broadcasts
from storage.outbox import Outbox
from storage.people import People
from storage.tables import Broadcast


class Notices:
    """Edits are best effort; the result is a message of its own, queued with the last count."""

    def report(self, session: Session, now: datetime) -> list[TelegramMethod[Any]]:
        edits: list[TelegramMethod[Any]] = []
        for notice in Broadcasts(session).running():
            edits += self._report(session, notice, now)
        return edits

    def _report(
        self, session: Session, notice: Broadcast, now: datetime
    ) -> list[TelegramMethod[Any]]:
        outbox, people, number = Outbox(session), People(session), notice.id or 0
        counts = outbox.counts(broadcast_id=number)
        running = counts.get("queued") or counts.get("sending")
        if not running:
            Broadcasts(session).finish(notice, now)
        if not notice.address:
            return []  # Its author has been erased since.
        author = people.at(notice.channel, notice.address)
        words = words_for(author.language if author else DEFAULT)
        text = progress(words, number, notice.recipients, counts)
        if not running:
            missed = people.names_at(notice.channel, outbox.undelivered(number))
            told = result(words, number, notice.recipients, counts, missed)
            queue_reply(outbox, f"bc:{number}:result", _to(notice, told), now)
        elif not notice.shown:
            queue_reply(outbox, f"bc:{number}:progress", _to(notice, text), now)
        shown, notice.shown = notice.shown, text
        message_id = outbox.message_id(f"bc:{number}:progress")
        if text == shown or message_id is None:
            return []
        return [
            EditMessageText(
                chat_id=notice.address, message_id=message_id, text=text, parse_mode="HTML"
            )
        ]


def _to(notice: Broadcast, text: str) -> SendMessage:
    return SendMessage(chat_id=notice.address, text=text, parse_mode="HTML")
