from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import structlog

from bot import logs
from bot.app import App
from bot.pace import Pace, PerChat
from bot.sender import Sender
from handlers.outgoing import Outgoing
from sandbox.clock import PushedClock
from tests.bot.post import Ladder, Post, Tick
from tests.bot.watch import Watch


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
