"""INSERT … ON CONFLICT DO NOTHING, which both databases have and neither spells generically."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
    """Inserts the rows that break no unique key; returns how many did get in."""
    connection = session.connection()
    statement = _statement(connection.dialect.name, table)
    return sum(connection.execute(statement, row).rowcount for row in rows)


def insert_all_new(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """The same for many rows at once, uncounted."""
    if rows:
        connection = session.connection()
        connection.execute(_statement(connection.dialect.name, table), list(rows))


@cache
def _statement(dialect_name: str, table: type[SQLModel]) -> Insert:
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    # Without preserve_rowcount an INSERT counts -1 on PostgreSQL.
    once: Insert = dialect.insert(table).on_conflict_do_nothing()
    return once.execution_options(preserve_rowcount=True)
