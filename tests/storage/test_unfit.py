"""JSON that no database takes as it is, and JSON that is no update."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from storage.database import Database
from storage.inbox import Inbox, number_of, user_key
from storage.tables import InboxRow

NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)


def kept(database: Database, *updates: Any) -> list[dict[str, Any]]:
    with database.transaction() as session:
        Inbox(session).take_in(1, updates, NOW)
        return [json.loads(row.payload) for row in session.exec(select(InboxRow))]


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("a\x00b", "a\ufffdb"),
        ("\x00", "\ufffd"),
        ("\\\x00", "\\\ufffd"),
        ("\\u0000", "\\u0000"),
        ("\ud800x", "\ufffdx"),
        ("\U0001f600", "\U0001f600"),
    ],
    ids=["NUL", "only NUL", "after a backslash", "spelt out", "half", "whole"],
)
def test_what_no_database_takes_is_replaced(database: Database, said: str, stored: str) -> None:
    [row] = kept(database, {"update_id": 1, "message": {"text": said}})
    assert row["message"]["text"] == stored


def test_what_has_no_number_is_left_out(database: Database) -> None:
    bad: list[Any] = [None, [], "x", {}, {"update_id": None}, {"update_id": True}]
    bad += [{"update_id": number} for number in (-1, 1.0, "1", 2**63, [1])]
    assert kept(database, *bad, {"update_id": 7}) == [{"update_id": 7}]


def test_the_largest_number_is_kept(database: Database) -> None:
    assert number_of({"update_id": 2**63 - 1}) == 2**63 - 1
    assert len(kept(database, {"update_id": 2**63 - 1})) == 1


@pytest.mark.parametrize(
    "number", [None, {}, [], 1.5, "", "\x00", "\ud800", "x" * 41, 2**63, 10**400]
)
def test_who_has_no_number_is_nobody(number: object) -> None:
    assert user_key({"update_id": 1, "message": {"from": {"id": number}}}) == "nobody"


def test_nested_too_deeply_it_is_kept_as_a_number(database: Database) -> None:
    deep: Any = "bottom"
    for _ in range(5000):
        deep = [deep]
    [row] = kept(database, {"update_id": 7, "message": {"text": deep}})
    assert row == {"update_id": 7, "message": "nested too deeply"}


def test_a_marking_is_found_behind_an_empty_message(database: Database) -> None:
    marked = {"text": "TỐI MẬT", "message_id": 3}
    [row] = kept(database, {"update_id": 7, "message": None, "edited_message": marked})
    assert row["edited_message"] == {"message_id": 3, "classified": True}
