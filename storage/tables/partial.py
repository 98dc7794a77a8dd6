"""Indexes of some rows only."""

from sqlalchemy import Index, text


def where(name: str, condition: str, *columns: str, unique: bool = False) -> Index:
    clause = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=clause, postgresql_where=clause)
