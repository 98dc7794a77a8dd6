"""A queued message, put into words at the moment it leaves."""

import json
from dataclasses import dataclass
from datetime import datetime

from aiogram.methods import SendMessage
from sqlmodel import Session

from handlers import broadcast, reminders
from handlers.context import Services
from handlers.language import DEFAULT, words_for
from plan.calendars import local_date
from storage.agencies import Agencies
from storage.broadcasts import Broadcasts
from storage.outbox import Letter
from storage.people import People
from storage.reports import Reports


@dataclass(frozen=True, slots=True)
class Outgoing:
    services: Services

    def render(self, letter: Letter, session: Session, now: datetime) -> SendMessage | str:
        """The message, or why it is not sent any more."""
        if letter.kind == "reply":
            return SendMessage.model_validate_json(letter.payload)
        member = People(session).at(letter.channel, letter.address)
        words = words_for(member.language if member else DEFAULT)
        payload = json.loads(letter.payload)
        if letter.kind == "broadcast":
            notice = Broadcasts(session).get(payload["broadcast"])
            return broadcast.render(words, notice.text, letter.address)
        if member is None or letter.agency_id is None:
            return "nobody to remind"
        agencies = Agencies(session)
        return reminders.render(
            words,
            member,
            agencies.named(letter.agency_id, local_date(now)),
            payload["step"],
            local_date(datetime.fromisoformat(payload["due_at"])),
            agencies=agencies,
            reports=Reports(session),
            catalogue=self.services.catalogue,
            calendar=self.services.calendar,
            now=now,
        )
