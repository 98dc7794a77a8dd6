"""What the database holds, to see that something changed nothing."""

from typing import Any

from sqlmodel import SQLModel, select

from storage.database import Database
from storage.tables import OutboxRow

PASSING = {"inbox", "outbox", "conversation", "hearing", "knock", "pulse", "lease", "contact"}
"""Tables that every message touches."""


def kept(database: Database, address: str) -> dict[str, Any]:
    """All that is kept for good, and every letter to somebody else than this address."""
    tables = SQLModel.metadata.sorted_tables
    with database.transaction() as session:
        connection = session.connection()
        found: dict[str, Any] = {
            table.name: sorted(map(str, connection.execute(table.select())))
            for table in tables
            if table.name not in PASSING
        }
        others = select(OutboxRow.dedupe_key).where(OutboxRow.address != address)
        found["letters to others"] = sorted(session.exec(others))
    return found


def dump(database: Database) -> str:
    """Every value of every table."""
    with database.transaction() as session:
        connection = session.connection()
        tables = SQLModel.metadata.sorted_tables
        return "\n".join(str(list(connection.execute(table.select()))) for table in tables)
