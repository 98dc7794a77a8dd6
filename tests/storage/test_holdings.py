"""The whole file about a person: whatever in the schema leads to them is in it."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Column, TypeDecorator, insert, text
from sqlmodel import Session, SQLModel

from storage.holdings import Holdings

BY_NAME = {"audit", "setting", "calendar_day", "task_date", "agency_plan", "easing", "reminder"}
"""Tables whose number of a person is no foreign key: a past that outlives everybody."""
PLAIN = {"person_id", "changed_by"}
OFF = {
    "sqlite": "PRAGMA defer_foreign_keys = ON",
    "postgresql": "SET LOCAL session_replication_role = replica",
}
"""So that a row can be made without all that it belongs to: nothing here is committed."""

SOMETHING = {
    bool: False,
    int: 7,
    datetime: datetime.fromisoformat("2024-09-16T02:00:00+00:00"),
    date: date.fromisoformat("2024-09-16"),
}


def leading() -> list[tuple[str, str]]:
    """Every column that holds a person's number, found by itself."""
    return [
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
        or (table.name in BY_NAME and column.name in PLAIN)
    ]


def something(column: Column[Any]) -> Any:
    """What fits into a column that must not be empty."""
    kind = column.type
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    return SOMETHING.get(kind.python_type, "x")


def test_a_number_that_is_no_foreign_key_is_known_here() -> None:
    plain = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if (column.name.endswith("_by") or "person" in column.name) and not column.foreign_keys
    }
    assert plain == BY_NAME


@pytest.mark.parametrize(("name", "leads"), leading(), ids=lambda each: each)
def test_whatever_leads_to_a_person_is_told(
    session: Session, lan: int, name: str, leads: str
) -> None:
    session.flush()
    connection = session.connection()
    connection.execute(text(OFF[connection.dialect.name]))
    table = SQLModel.metadata.tables[name]
    others = [
        each
        for each in table.columns
        if not each.nullable and each is not table.autoincrement_column
    ]
    connection.execute(
        insert(table), {each.name: something(each) for each in others} | {leads: lan}
    )
    rows = Holdings(session).rows(lan, "telegram", "999")[name]
    assert [row[leads] for row in rows] == [lan] * len(rows)
    assert rows
    session.rollback()
