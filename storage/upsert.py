"""INSERT … ON CONFLICT DO NOTHING, which both databases have and neither spells generically."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
    """Inserts the rows that break no unique key; returns how many did get in."""
    connection = session.connection()
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    # Without preserve_rowcount an INSERT counts -1 on PostgreSQL.
    once = dialect.insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return sum(connection.execute(once, row).rowcount for row in rows)
