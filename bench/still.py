"""The bot without its wires: updates are put into the inbox and handled in place."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.app import App
from bot.settings import Settings
from storage import schema
from storage.inbox import Inbox
from storage.seeding import seed

TOKEN = "123456:BENCH"  # noqa: S105 - nobody is called with it
NOW = datetime(2024, 10, 1, 2, 0, tzinfo=UTC)
NUMBERS = count(1)


def _settings(path: Path) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=TOKEN,
        database_url=f"sqlite:///{path}",
        notice_approval_above=1_000_000,
        notice_undo_seconds=0,
    )


@contextmanager
def still(path: Path) -> Iterator[App]:
    """Never started: it neither polls nor sends. Its clock stands at `NOW`."""
    app = App(_settings(path), clock=lambda: NOW)
    schema.upgrade(app.database)
    with app.database.transaction() as session:
        seed(session, app.services.catalogue)
    yield app
    shut(app)


def again(path: Path) -> App:
    """As after a restart: another bot on the same database."""
    return App(_settings(path), clock=lambda: NOW)


def shut(app: App) -> None:
    app.database.dispose()


def typed(chat_id: int, text: str) -> dict[str, Any]:
    """The raw update of a message."""
    number = next(NUMBERS)
    user = {"id": chat_id, "is_bot": False, "first_name": "Người thử"}
    chat = {"id": chat_id, "type": "private", "first_name": "Người thử"}
    message = {
        "message_id": number,
        "from": user,
        "chat": chat,
        "date": int(NOW.timestamp()),
        "text": text,
    }
    return {"update_id": number, "message": message}


def take_in(app: App, updates: Iterable[dict[str, Any]]) -> None:
    with app.database.transaction() as session:
        Inbox(session).take_in(app.bot.id, list(updates), NOW)


def handle_all(app: App) -> int:
    handled = 0
    while found := app.staff.handlings[0].batch().count:
        handled += found
    return handled
