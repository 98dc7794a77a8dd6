"""What is left of an update that bears a marking of state secrets."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from storage.inbox import Inbox
from storage.withheld import without_classified

MARKED = "(MẬT) Kho số 7"
LAN = {"from": {"id": 101, "first_name": "Mật"}, "chat": {"id": 101, "type": "private"}}


def update(update_id: int = 1, kind: str = "message", **said: Any) -> dict[str, Any]:
    return {"update_id": update_id, kind: {"message_id": 7, "date": 0, **LAN, **said}}


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"text": MARKED}, id="text"),
        pytest.param({"caption": MARKED, "photo": [{"file_id": "a"}]}, id="caption"),
        pytest.param({"document": {"file_id": "a", "file_name": "TOI_MAT.pdf"}}, id="file name"),
        pytest.param({"text": "đúng", "reply_to_message": {"text": MARKED}}, id="answered to"),
        pytest.param({"text": "đúng", "quote": {"text": MARKED}}, id="quoted"),
        pytest.param({"poll": {"options": [{"text": MARKED}]}}, id="poll"),
    ],
)
def test_only_who_where_and_when_is_left(kind: str, said: dict[str, Any]) -> None:
    [left] = without_classified([update(kind=kind, **said)], set())
    assert left == update(kind=kind, classified=True)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(update(text="12/15"), id="an answer of somebody called Mật"),
        pytest.param({"update_id": 1, "callback_query": {"data": "s:t1:0"}}, id="a press"),
        pytest.param({"update_id": 1, "message": ["?"]}, id="of odd shape"),
    ],
)
def test_everything_else_is_left_as_it_is(raw: dict[str, Any]) -> None:
    assert without_classified([raw], set()) == [raw]


def payloads(session: Session, now: datetime) -> list[dict[str, Any]]:
    found = []
    while rows := Inbox(session).waiting(now, limit=1):
        found.append(json.loads(rows[0].payload)["message"])
        Inbox(session).done([rows[0].seq], now)
    return found


def test_an_album_is_withheld_whichever_part_bears_it(session: Session, now: datetime) -> None:
    parts = [update(n, media_group_id="5", photo=[]) for n in (1, 2, 3)]
    parts[1]["message"]["caption"] = MARKED
    Inbox(session).take_in(1, parts, now)
    assert all(part["classified"] for part in payloads(session, now))


def test_a_part_that_comes_later_is_withheld_too(session: Session, now: datetime) -> None:
    first, second = (update(n, media_group_id="5", photo=[]) for n in (1, 2))
    first["message"]["caption"] = MARKED
    Inbox(session).take_in(1, [first], now)
    Inbox(session).take_in(1, [second, update(3, media_group_id="6")], now + timedelta(seconds=2))
    marked = ["classified" in part for part in payloads(session, now + timedelta(minutes=1))]
    assert marked == [True, True, False]
