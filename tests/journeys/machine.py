"""Two focal points of one agency at their phones: typing, pressing, editing, all in a jumble.

Driven without wires: updates go into the inbox and what the bot says is read from the outbox.
Each run has an agency of its own in the one database, so no run waits for a fresh file.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import text
from sqlmodel import select

from bench import still, town
from bot.app import App
from storage.figures import Figure
from storage.people import People
from storage.reports import Reports
from storage.tables import Figure as FigureRow

CODES = ("TV1.3", "VH1", "TV3")
YEAR = still.NOW.year
NUMBERS = count(10_000_000)
"""Of updates and messages: beyond those of the benches."""


@dataclass
class Phone:
    """What one person has sent and been told."""

    chat_id: int
    said: list[dict[str, Any]] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)

    def shown(self) -> list[str]:
        """Each message the person has been told, with its buttons, newest last."""
        return ["\n".join([message["text"], *_labels(message)]) for message in self.heard]

    def buttons(self) -> list[str]:
        """What can be pressed in the last messages, old buttons too."""
        rows = [
            message.get("reply_markup", {}).get("inline_keyboard", [])
            for message in self.heard[-4:]
        ]
        return [button["callback_data"] for row in rows for line in row for button in line]


def _labels(message: dict[str, Any]) -> Iterator[str]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield from (button["text"] for button in row)


@dataclass
class Office:
    """The bot and an agency with two focal points."""

    app: App
    agency_id: str
    phones: list[Phone]
    last_row: int = 0
    updates: list[tuple[Phone, dict[str, Any]]] = field(default_factory=list)

    def types(self, phone: Phone, words: str) -> str:
        message = _message(phone, words)
        phone.said.append(message)
        return self.takes(phone, {"update_id": next(NUMBERS), "message": message})

    def edits(self, phone: Phone, nth: int, words: str) -> str:
        message = phone.said[-1 - nth % len(phone.said)]
        edited = message | {"text": words, "edit_date": message["date"] + 1}
        return self.takes(phone, {"update_id": next(NUMBERS), "edited_message": edited})

    def presses(self, phone: Phone, nth: int) -> str:
        buttons = phone.buttons()
        if not buttons:
            return self.types(phone, "/tieptuc")
        press = {
            "id": str(next(NUMBERS)),
            "from": _user(phone),
            "chat_instance": "1",
            "data": buttons[nth % len(buttons)],
            "message": _message(phone, "a card of the bot"),
        }
        return self.takes(phone, {"update_id": next(NUMBERS), "callback_query": press})

    def repeats(self) -> str:
        """The last update once more, as Telegram does when it has not heard "got it"."""
        return self.takes(*self.updates[-1])

    def takes(self, phone: Phone, update: dict[str, Any]) -> str:
        """Handles one update; what the bot says to it."""
        self.updates.append((phone, update))
        still.take_in(self.app, [update])
        still.handle_all(self.app)
        news = list(self._news())
        phone.heard += [payload for address, payload in news if address == str(phone.chat_id)]
        return "\n".join(payload["text"] for _, payload in news)

    def _news(self) -> Iterator[tuple[str, dict[str, Any]]]:
        said = "SELECT id, address, payload FROM outbox WHERE kind = 'reply'"
        query = text(f"{said} AND id > :last ORDER BY id")
        with self.app.database.transaction() as session:
            rows = session.connection().execute(query, {"last": self.last_row}).all()
        for row_id, address, payload in rows:
            self.last_row = row_id
            yield address, json.loads(payload)

    def figures(self) -> dict[str, Figure]:
        """What stands in the report now."""
        with self.app.database.transaction() as session:
            report = Reports(session).of(self.agency_id, YEAR)
            return Reports(session).figures(report) if report else {}

    def kept(self) -> int:
        """Every figure ever confirmed, superseded ones too."""
        with self.app.database.transaction() as session:
            report = Reports(session).of(self.agency_id, YEAR)
            query = select(FigureRow).where(FigureRow.report_id == (report.id if report else 0))
            return len(session.exec(query).all())

    def dead(self) -> int:
        """Updates of late that were not handled."""
        late = "SELECT dead OR done_at IS NULL AS stuck FROM inbox ORDER BY seq DESC LIMIT 5"
        query = text(f"SELECT count(*) FROM ({late}) AS newest WHERE stuck")  # noqa: S608
        with self.app.database.transaction() as session:
            return int(session.connection().execute(query).scalar_one())


def open_office(app: App, number: int) -> Office:
    """A fresh agency; the second focal point joins the one it is founded with."""
    with app.database.transaction() as session:
        first = town.add(session.connection(), [number], CODES, still.NOW)[0]
        second = 5_000_000 + number
        people = People(session)
        person_id = people.welcome(town.CHANNEL, str(second), "Đỗ Tường Vy", still.NOW)
        people.consent(person_id, "bench", still.NOW)
        people.join(person_id, first.agency_id, "focal", still.NOW)
        newest = session.connection().execute(text("SELECT max(id) FROM outbox")).scalar()
    return Office(app, first.agency_id, [Phone(first.chat_id), Phone(second)], newest or 0)


def _message(phone: Phone, words: str) -> dict[str, Any]:
    return {
        "message_id": next(NUMBERS),
        "from": _user(phone),
        "chat": {"id": phone.chat_id, "type": "private", "first_name": "Người thử"},
        "date": int(still.NOW.timestamp()),
        "text": words,
    }


def _user(phone: Phone) -> dict[str, Any]:
    return {"id": phone.chat_id, "is_bot": False, "first_name": "Người thử"}
