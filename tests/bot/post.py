"""Letters put into the outbox by hand, and what became of them."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram.methods import SendMessage
from sqlmodel import select

from plan.calendars import WorkingCalendar
from plan.catalogue import Catalogue
from plan.deadlines import yearly_deadline
from plan.reminders import Step, report_steps
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.database import Database
from storage.outbox import Lane, Outbox
from storage.people import People
from storage.tables import OutboxRow
from tests.bot.watch import Watch


@dataclass(frozen=True)
class Post:
    database: Database
    clock: PushedClock
    watch: Watch

    def reply(self, to: Person, text: str = "Đã nhận.", key: str = "reply") -> None:
        message = SendMessage(chat_id=to.chat_id, text=text, parse_mode="HTML")
        payload = message.model_dump_json(exclude_unset=True)
        self.queue(to, key, lane=Lane.REPLY, kind="reply", payload=payload)

    def remind(self, to: Person, agency_id: str = "quan-1", **other: Any) -> None:
        """The reminder of a week before, of 2024."""
        due_at = datetime.fromisoformat("2024-10-24T01:00:00+00:00")
        payload = json.dumps({"step": "report:-7", "due_at": due_at.isoformat()})
        values = {"agency_id": agency_id, "kind": "reminder", "payload": payload, **other}
        self.queue(to, f"reminder:{agency_id}", lane=Lane.REMINDER, **values)

    def queue(self, to: Person, key: str, **values: Any) -> None:
        values |= {"channel": "telegram", "address": str(to.chat_id), "now": self.clock.now()}
        with self.database.transaction() as session:
            Outbox(session).add(key, **values)

    def rows(self) -> list[OutboxRow]:
        with self.database.transaction() as session:
            return list(session.exec(select(OutboxRow).order_by(OutboxRow.dedupe_key)))

    @property
    def row(self) -> OutboxRow:
        """The only letter there is."""
        [row] = self.rows()
        return row

    def reachable(self) -> list[str]:
        """Addresses of the focal points that can be reached."""
        with self.database.transaction() as session:
            return [found.address for found in People(session).holding("focal")]

    def pass_seconds(self, seconds: float) -> None:
        self.clock.push_to(self.clock.now() + timedelta(seconds=seconds))
        self.watch.seconds += seconds


@dataclass(frozen=True)
class Ladder:
    """The steps of the yearly report's reminders."""

    catalogue: Catalogue
    calendar: WorkingCalendar

    def step(self, offset: int, year: int = 2024) -> Step:
        deadline = yearly_deadline(year, self.calendar, self.catalogue.reporting)
        steps = report_steps(deadline, self.calendar)
        return next(step for step in steps if step.working_days == offset)
