from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session

from storage.conversations import Conversations
from storage.database import Database

HERE = ("telegram", "101")


@pytest.fixture
def conversations(session: Session) -> Conversations:
    return Conversations(session)


def ask(conversations: Conversations, now: datetime, **other: Any) -> None:
    asked: dict[str, Any] = {"step": "report.figure", "token": "t1", "prompt": "Bao nhiêu?"}
    asked |= {"options": [["skip", "Bỏ qua", ""]], "data": {"code": "1.1"}} | other
    conversations.keep(*HERE, **asked, now=now)


def test_nothing_is_open_at_first(conversations: Conversations) -> None:
    assert conversations.open_at(*HERE) is None


def test_the_question_is_kept_word_for_word(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        ask(Conversations(session), now)
    with database.transaction() as session:
        row = Conversations(session).open_at(*HERE)
        assert row is not None
        assert (row.prompt, row.options) == ("Bao nhiêu?", [["skip", "Bỏ qua", ""]])
        assert (row.data, row.updated_at) == ({"code": "1.1"}, now)


def test_the_next_question_takes_the_place_of_the_last(
    conversations: Conversations, now: datetime
) -> None:
    ask(conversations, now)
    following: dict[str, Any] = {"step": "report.review", "token": "t2", "data": {}}
    ask(conversations, now, **following)
    row = conversations.open_at(*HERE)
    assert row is not None
    assert (row.step, row.token, row.data) == ("report.review", "t2", {})


def test_each_chat_has_a_question_of_its_own(conversations: Conversations, now: datetime) -> None:
    ask(conversations, now)
    assert conversations.open_at("telegram", "102") is None
    assert conversations.open_at("zalo", "101") is None


def test_a_closed_question_is_gone(conversations: Conversations, now: datetime) -> None:
    ask(conversations, now)
    conversations.close(*HERE)
    conversations.session.flush()
    assert conversations.open_at(*HERE) is None


def test_closing_where_nothing_is_open_is_no_harm(conversations: Conversations) -> None:
    conversations.close(*HERE)
    assert conversations.open_at(*HERE) is None
