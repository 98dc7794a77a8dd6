from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlmodel import Session

from storage.database import Database
from storage.outbox import Outbox
from storage.people import People


@pytest.fixture
def now() -> datetime:
    """09:00 on a Monday in Ho Chi Minh City."""
    return datetime(2024, 9, 16, 2, 0, tzinfo=UTC)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction around the whole test."""
    with database.transaction() as opened:
        if not database.is_sqlite:
            # A test may stand still for longer than a bot may.
            opened.connection().execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield opened


@pytest.fixture
def outbox(session: Session) -> Outbox:
    return Outbox(session, fence=1)


@pytest.fixture
def lan(session: Session, now: datetime) -> int:
    """The id of a person, for what has to be done by somebody."""
    return People(session).welcome("telegram", "101", "Nguyễn Thị Lan", now)
