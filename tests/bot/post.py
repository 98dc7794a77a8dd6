"""Letters put into the outbox by hand, and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NoReturn, TypeAlias

from aiogram.methods import SendMessage
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from plan.reminding.addressing import Entry
from plan.reminding.deciding import Item, To
from plan.reminding.ladder import Step
from plan.reminding.rules import Rules
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.database import Database
from storage.ledger import Ledger
from storage.outbox import Lane, Outbox
from storage.people import People
from storage.tables import OutboxRow
from tests.bot.watch import Watch

Tick: TypeAlias = Callable[[datetime], int]
STEP = Step(
    "-7",
    datetime.fromisoformat("2024-10-24T01:00:00+00:00"),
    datetime.fromisoformat("2024-10-29T10:00:00+00:00"),
)


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
        """The letter of a week before the deadline of 2024, as a morning queues it."""
        values = {"agency_id": agency_id, "kind": "digest", "payload": "{}", **other}
        key = f"reminder:{agency_id}"
        self.queue(to, key, lane=Lane.REMINDER, **values)
        with self.database.transaction() as session:
            member = People(session).at("telegram", str(to.chat_id))
            assert member
            letter = session.exec(select(OutboxRow).where(OutboxRow.dedupe_key == key)).one()
            item = Item(agency_id, "report:2024", date(2024, 11, 4), STEP, (To.FOCAL,))
            entry = Entry(item, member.person_id, None)
            letters = {member.person_id: letter.id or 0}
            Ledger(session).write([entry], self.clock.now(), letters=letters)

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

    rules: Rules

    def step(self, key: str | int, year: int = 2024) -> Step:
        """-30, 0, "open"; a working day after the deadline is "+1"."""
        steps = self.rules.report_steps(year, late=True)
        return next(step for step in steps if step.key == str(key))


def lose(connection: Connection) -> NoReturn:
    """The database goes away: PostgreSQL as it is shut down, SQLite as where the disk is full."""
    away = {"sqlite": "ROLLBACK", "postgresql": "SELECT pg_terminate_backend(pg_backend_pid())"}
    connection.exec_driver_sql(away[connection.dialect.name])
    raise OperationalError("INSERT", None, OSError("database or disk is full"))
