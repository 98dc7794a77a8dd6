"""Indexes of some rows only."""

from sqlalchemy import Index, text


def where(name: str, condition: str, *columns: str) -> Index:
    clause = text(condition)
    return Index(name, *columns, sqlite_where=clause, postgresql_where=clause)
