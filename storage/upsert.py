"""INSERT … ON CONFLICT, which both databases have and neither spells generically."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
    """Inserts the rows that break no unique key; returns how many did get in."""
    if not rows:
        return 0
    connection = session.connection()
    return connection.execute(_statement(connection.dialect.name, table), rows).rowcount


def put(session: Session, table: type[SQLModel], row: dict[str, Any]) -> None:
    """Inserts the row, or writes all of it over the one with the same primary key."""
    connection = session.connection()
    connection.execute(_putting(connection.dialect.name, table), row)


def insert_all_new(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """The same for many rows at once, uncounted."""
    if rows:
        connection = session.connection()
        connection.execute(_statement(connection.dialect.name, table), list(rows))


@cache
def _statement(dialect_name: str, table: type[SQLModel]) -> Insert:
    # Without preserve_rowcount an INSERT counts -1 on PostgreSQL.
    once: Insert = _insert(dialect_name, table).on_conflict_do_nothing()
    return once.execution_options(preserve_rowcount=True)


@cache
def _putting(dialect_name: str, table: type[SQLModel]) -> Insert:
    new = _insert(dialect_name, table)
    columns = inspect(table).columns
    key = [column.name for column in columns if column.primary_key]
    others = {column.name: new.excluded[column.name] for column in columns}
    over: Insert = new.on_conflict_do_update(
        index_elements=key, set_={name: others[name] for name in others if name not in key}
    )
    return over


def _insert(dialect_name: str, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect_name == "postgresql" else sqlite.insert(table)
