from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
import structlog
from sqlmodel import Session

from bot import logs
from bot.app import App
from bot.backups import back_up
from bot.pace import Pace, PerChat
from bot.restored import Restored
from bot.sender import Sender
from bot.settings import Settings
from handlers.outgoing import Outgoing
from sandbox.clock import PushedClock
from storage.database import Database
from storage.people import People
from tests.asides import BringBack, bringing_back
from tests.bot.post import Ladder, Post, Tick
from tests.bot.watch import Watch

Without: TypeAlias = Callable[[Callable[[Session], object]], Restored]
NIGHT = datetime(2024, 9, 16, 19, 30, tzinfo=UTC)
"""02:30 on Tuesday 17 September 2024 in Ho Chi Minh City."""


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def post(app: App, clock: PushedClock, watch: Watch) -> Post:
    return Post(app.database, clock, watch)


@pytest.fixture
def tick(app: App) -> Tick:
    """How many letters the moment has queued."""

    def at(now: datetime) -> int:
        with app.database.transaction() as session:
            return app.ticker.tick(session, now)

    return at


@pytest.fixture
def ladder(app: App) -> Ladder:
    return Ladder(app.rulebook())


@pytest.fixture
def new_sender(app: App, watch: Watch) -> Callable[[], Sender]:
    """The app's sender, as a process that starts has it; its pace is kept by the test's watch."""

    def build() -> Sender:
        app.sender = Sender(
            app.bot,
            app.database,
            app.desks[0],
            app.clock,
            Outgoing(app.services).prepare,
            pace=Pace(25, watch.now, watch.sleep),
            per_chat=PerChat(1.0, watch.now),
            bulk_in_flight=2,
            office_open=lambda now: app.services.calendar.next_office_moment(now) <= now,
            trusts=app.trusts,
            tenure=app.sending,
            metrics=app.metrics,
        )
        return app.sender

    return build


@pytest.fixture
def sender(new_sender: Callable[[], Sender]) -> Sender:
    return new_sender()


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """What the process would write to its log."""
    logs.configure()
    yield capsys
    structlog.reset_defaults()


@pytest.fixture
def at_rest(tmp_path: Path, database_url: str) -> Settings:
    """No Telegram: the database, and folders of its own."""
    return Settings(
        _env_file=None,
        database_url=database_url,
        files_dir=tmp_path / "files",
        backup_dir=tmp_path / "backups",
    )


@pytest.fixture
def lan(database: Database) -> int:
    with database.transaction() as session:
        came = NIGHT - timedelta(days=1)
        return People(session).welcome("telegram", "101", "Nguyễn Thị Lan", came)


@pytest.fixture
def brought_back(at_rest: Settings) -> Iterator[BringBack]:
    with bringing_back(at_rest, lambda: NIGHT) as bring:
        yield bring


@pytest.fixture
def without(
    at_rest: Settings, database: Database, tmp_path: Path, brought_back: BringBack
) -> Without:
    """Restores a backup that was made before a change."""

    def bring(change: Callable[[Session], object]) -> Restored:
        file = back_up(at_rest, database.url, NIGHT, tmp_path / "backup")
        with database.transaction() as session:
            change(session)
        database.dispose()
        return brought_back(file)

    return bring
