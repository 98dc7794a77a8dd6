"""A queued message, put into words at the moment it leaves."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiogram.methods import (
    EditMessageCaption,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import InlineKeyboardMarkup
from sqlmodel import Session

from handlers.approval import proofs
from handlers.broadcast import letters, resulting
from handlers.broadcast.letters import KIND, Notices
from handlers.broadcast.rendering import Method
from handlers.context import Services
from handlers.data import exported
from handlers.errands import asking
from handlers.files import prefilled
from handlers.language import DEFAULT, Words, words_for
from handlers.reminding import standins
from handlers.reminding.nudged import Nudged
from handlers.reminding.rendering import Rendering
from handlers.report import promised, promises
from handlers.report.promises import Promise
from handlers.talk import COMMAND
from plan.calendars import local_date
from storage import digests, owing
from storage.agencies import Agencies
from storage.broadcasts import Content
from storage.errands import Errands
from storage.holdings import Holdings
from storage.outbox import Lane, Letter
from storage.people import Member, People
from storage.reports import Reports

Keyed = SendMessage | SendPhoto | SendDocument | EditMessageText | EditMessageCaption


@dataclass(frozen=True, slots=True)
class Outgoing:
    services: Services
    known: dict[int, Content] = field(default_factory=dict)
    """Of notices that are on their way."""

    def render(self, letter: Letter, session: Session, now: datetime) -> Method | str:
        """The message, or why it is not sent any more."""
        message = self._worded(letter, session, now)
        if isinstance(message, Keyed) and letter.lane != Lane.REPLY:
            return _numbered(message, letter.id)
        return message

    def _worded(self, letter: Letter, session: Session, now: datetime) -> Method | str:
        if letter.kind == "reply":
            return SendMessage.model_validate_json(letter.payload)
        # As of today: a deputy may be told what they may do.
        member = People(session).at(letter.channel, letter.address, local_date(now))
        words = words_for(member.language if member else DEFAULT)
        payload = json.loads(letter.payload)
        if letter.kind == KIND:
            notices = Notices(session, self.services.rules, now, self.known)
            return notices.letter(letter, member, words)
        if member is None:
            return "nobody to remind"
        parcel = self._parcel(letter.kind, payload, member, words, session, now)
        return parcel or self._remind(letter, member, words, session, now)

    def _parcel(
        self,
        kind: str,
        payload: dict[str, Any],
        member: Member,
        words: Words,
        session: Session,
        now: datetime,
    ) -> Method | str | None:
        """What is put together only now; None where the letter is a reminder."""
        notices = Notices(session, self.services.rules, now, self.known)
        sources = Agencies(session), Reports(session), self.services.catalogue
        makers: dict[str, Callable[[], Method | str]] = {
            letters.SAMPLE: lambda: notices.sample(member, words, payload),
            resulting.PARCEL: lambda: resulting.render(words, member, payload, session, now),
            prefilled.PARCEL: lambda: prefilled.render(words, member, payload, *sources, now),
            standins.KIND: lambda: standins.render(words, member, payload, session, now),
            proofs.PARCEL: lambda: proofs.render(
                words, member, payload, session, self.services.files
            ),
            exported.PARCEL: lambda: exported.render(words, member, Holdings(session), now),
            asking.PARCEL: lambda: asking.render(
                words, member, Errands(session).get(payload["errand"]), self.services.files
            ),
            owing.KIND: lambda: Nudged(session, self.services.rules, now).letter(
                words, member, payload
            ),
        }
        make = makers.get(kind)
        return make() if make else None

    def _remind(
        self, letter: Letter, member: Member, words: Words, session: Session, now: datetime
    ) -> SendMessage | str:
        """By the calendar of the plan, or because this person asked for it."""
        if letter.kind == digests.KIND:
            rendering = Rendering(session, self.services.catalogue, self.services.rules, now)
            return rendering.letter(letter.id, member)
        if letter.kind != promises.KIND:
            return "of an earlier version: the next morning's letter says what is due"
        return promised.render(
            words,
            member,
            Promise.read(letter.payload),
            agencies=Agencies(session),
            reports=Reports(session),
            rules=self.services.rules,
            catalogue=self.services.catalogue,
            now=now,
        )


def _numbered(message: Keyed, letter_id: int) -> Keyed:
    """Its commands carry the letter's number: a press proves that the letter arrived."""
    keyboard = message.reply_markup
    if not isinstance(keyboard, InlineKeyboardMarkup):
        return message
    rows = [
        [
            button.model_copy(update={"callback_data": _proving(button.callback_data, letter_id)})
            for button in row
        ]
        for row in keyboard.inline_keyboard
    ]
    return message.model_copy(update={"reply_markup": InlineKeyboardMarkup(inline_keyboard=rows)})


def _proving(data: str | None, letter_id: int) -> str | None:
    kind, colon, command = (data or "").partition(":")
    return f"{COMMAND}{letter_id}:{command}" if colon and kind == COMMAND else data
