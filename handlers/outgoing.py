"""A queued message, put into words at the moment it leaves."""

import json
from collections.abc import Callable, Mapping, Sequence
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
from handlers.broadcast.letters import KIND, Known, Notices
from handlers.broadcast.rendering import Method
from handlers.data import exported
from handlers.errands import asking
from handlers.files import prefilled
from handlers.language import DEFAULT, Words, words_for
from handlers.reminding import standins
from handlers.reminding.nudged import Nudged
from handlers.reminding.rendering import Rendering
from handlers.report import promised, promises
from handlers.report.promises import Promise
from handlers.services import Services
from handlers.talk import COMMAND
from plan.calendars import local_date
from storage import digests, owing
from storage.agencies import Agencies
from storage.errands import Errands
from storage.holdings import Holdings
from storage.outbox import Lane, Letter
from storage.people import Member, People
from storage.reports import Reports

REPLY = "reply"
Keyed = SendMessage | SendPhoto | SendDocument | EditMessageText | EditMessageCaption


@dataclass(frozen=True, slots=True)
class Outgoing:
    services: Services
    known: dict[int, Known] = field(default_factory=dict)
    """Notices that are on their way."""

    def prepare(
        self, letters: Sequence[Letter], session: Session, now: datetime
    ) -> Callable[[Letter], Method | str]:
        """How each of them is put into words. To whom they go is asked once, as of today: a
        deputy may be told what they may do.
        """
        boxes = {(letter.channel, letter.address) for letter in letters if letter.kind != REPLY}
        receivers = People(session).at_all(boxes, local_date(now)) if boxes else {}
        notices = Notices(session, self.services.rules, now, self.known)
        return Round(self.services, session, now, receivers, notices).render


@dataclass(frozen=True, slots=True)
class Round:
    """Letters that leave together, each as it is true now."""

    services: Services
    session: Session
    now: datetime
    receivers: Mapping[tuple[str, str], Member]
    notices: Notices

    def render(self, letter: Letter) -> Method | str:
        """The message, or why it is not sent any more."""
        message = self._worded(letter)
        if isinstance(message, Keyed) and letter.lane != Lane.REPLY:
            return _numbered(message, letter.id)
        return message

    def _worded(self, letter: Letter) -> Method | str:
        if letter.kind == REPLY:
            return SendMessage.model_validate_json(letter.payload)
        member = self.receivers.get((letter.channel, letter.address))
        words = words_for(member.language if member else DEFAULT)
        if letter.kind == KIND:
            return self.notices.letter(letter, member, words)
        if member is None:
            return "nobody to remind"
        parcel = self._parcel(letter.kind, json.loads(letter.payload), member, words)
        return parcel or self._remind(letter, member, words)

    def _parcel(
        self,
        kind: str,
        payload: dict[str, Any],
        member: Member,
        words: Words,
    ) -> Method | str | None:
        """What is put together only now; None where the letter is a reminder."""
        session, now, notices = self.session, self.now, self.notices
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

    def _remind(self, letter: Letter, member: Member, words: Words) -> SendMessage | str:
        """By the calendar of the plan, or because this person asked for it."""
        session, now = self.session, self.now
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
