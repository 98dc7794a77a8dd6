"""A queued message, put into words at the moment it leaves."""

import json
from dataclasses import dataclass
from datetime import datetime

from aiogram.methods import SendDocument, SendMessage, SendPhoto
from aiogram.types import InlineKeyboardMarkup
from sqlmodel import Session

from handlers import broadcast
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
from storage.broadcasts import Broadcasts
from storage.errands import Errands
from storage.holdings import Holdings
from storage.outbox import Letter
from storage.people import Member, People
from storage.reports import Reports


@dataclass(frozen=True, slots=True)
class Outgoing:
    services: Services

    def render(
        self, letter: Letter, session: Session, now: datetime
    ) -> SendMessage | SendDocument | SendPhoto | str:
        """The message, or why it is not sent any more."""
        message = self._worded(letter, session, now)
        if isinstance(message, SendMessage) and letter.on_unknown == "hold":
            return _numbered(message, letter.id)
        return message

    def _worded(
        self, letter: Letter, session: Session, now: datetime
    ) -> SendMessage | SendDocument | SendPhoto | str:
        if letter.kind == "reply":
            return SendMessage.model_validate_json(letter.payload)
        # As of today: a deputy may be told what they may do.
        member = People(session).at(letter.channel, letter.address, local_date(now))
        words = words_for(member.language if member else DEFAULT)
        if letter.kind == "broadcast":
            text = Broadcasts(session).text(json.loads(letter.payload)["broadcast"])
            return broadcast.render(words, text, letter.address)
        if member is None:
            return "nobody to remind"
        return self._to(letter, member, words, session, now)

    def _to(
        self, letter: Letter, member: Member, words: Words, session: Session, now: datetime
    ) -> SendMessage | SendDocument | SendPhoto | str:
        """What depends on who it is for."""
        payload = json.loads(letter.payload)
        match letter.kind:
            case prefilled.PARCEL:
                sources = Agencies(session), Reports(session), self.services.catalogue
                return prefilled.render(words, member, payload, *sources, now)
            case standins.KIND:
                return standins.render(words, member, payload, session, now)
            case exported.PARCEL:
                return exported.render(words, member, Holdings(session), now)
            case asking.PARCEL:
                row = Errands(session).get(payload["errand"])
                return asking.render(words, member, row, self.services.files)
            case owing.KIND:
                return Nudged(session, self.services.rules, now).letter(words, member, payload)
        return self._remind(letter, member, words, session, now)

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


def _numbered(message: SendMessage, letter_id: int) -> SendMessage:
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
