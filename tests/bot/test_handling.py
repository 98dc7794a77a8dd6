import itertools
import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from time import monotonic
from types import FunctionType
from typing import Any, NoReturn

import pytest
from aiogram import Router
from aiogram.methods import SendMessage
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import SQLAlchemyError

from bot.app import App
from bot.desk import Desk
from bot.handling import LONGEST, Handling
from handlers.routing import Handler, say
from handlers.talk import Talk, Turn
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram, at_once
from storage.inbox import TRIES, Inbox
from storage.people import People
from tests.bot.post import Post, lose
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("logged")


class Hands:
    """Handles updates with one handler of the test's own, on a desk of its own."""

    def __init__(self, app: App) -> None:
        self.app, self.desk = app, Desk()
        self.numbers = itertools.count(5000)
        self.monotonic: Callable[[], float] = monotonic

    async def batch(self, handler: Handler) -> int:
        parts = (self.app.bot, self.app.services, self.app.clock, self.app.metrics)
        handling = Handling(self.app.database, only(handler), *parts, self.monotonic)
        return (await self.desk.run(handling.batch)).count

    def take_in(self, *texts: str, user: int = 101) -> None:
        with self.app.database.transaction() as session:
            updates = [message(next(self.numbers), text, user) for text in texts]
            Inbox(session).take_in(self.app.bot.id, updates, self.app.clock())

    def counts(self) -> tuple[int, int]:
        """How many updates are unfinished, and how many are dead letters."""
        with self.app.database.transaction() as session:
            return Inbox(session).unfinished(), Inbox(session).dead()

    def close(self) -> None:
        self.desk.close()


@pytest.fixture
async def hands(app: App) -> AsyncIterator[Hands]:
    made = Hands(app)
    yield made
    made.close()


def only(handler: Handler) -> Router:
    router = Router()
    say(router, handler)
    return router


def message(update_id: int, text: str, user: int) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "Lan"}
    chat = {"id": user, "type": "private", "first_name": "Lan"}
    body = {"message_id": update_id, "date": 0, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": body}


def echo(turn: Turn, talk: Talk) -> SendMessage:
    return talk.say(turn.text)


def fail_half_way(people: People, now: datetime) -> NoReturn:
    people.welcome("telegram", "777", "Half Done", now)
    raise RuntimeError


def fail_on_words(turn: Turn) -> SendMessage:
    try:
        return SendMessage(chat_id=0, text=str(float(turn.text)))
    except ValueError as error:
        raise RuntimeError(turn.text) from error


def fail_on_a_row(people: People, turn: Turn) -> NoReturn:
    """PostgreSQL quotes the whole row that it refuses."""
    columns = "full_name, language, address_form, created_at"
    row = text(f"INSERT INTO person ({columns}) VALUES (:words, 'vi', 'anh-chi', NULL)")  # noqa: S608 - names of ours
    people.session.connection().execute(row, {"words": turn.text})
    raise AssertionError


def lose_the_database(people: People) -> NoReturn:
    lose(people.session.connection())


def fail_at(text: str) -> Callable[[Turn, Talk], SendMessage]:
    def answer(turn: Turn, talk: Talk) -> SendMessage:
        if turn.text == text:
            raise RuntimeError
        return echo(turn, talk)

    return answer


async def test_the_answer_and_the_finished_update_are_one_commit(hands: Hands, post: Post) -> None:
    hands.take_in("xin chào")
    assert await hands.batch(echo) == 1
    assert hands.counts() == (0, 0)
    assert (post.row.state, post.row.address) == ("queued", "101")


async def test_a_batch_that_takes_long_leaves_the_rest_to_the_next(hands: Hands) -> None:
    for user in range(101, 106):
        hands.take_in("xin chào", user=user)
    hands.monotonic = itertools.count(0, LONGEST * 0.6).__next__
    assert [await hands.batch(echo) for _ in range(4)] == [2, 2, 1, 0]


async def test_a_handler_that_raises_leaves_nothing(hands: Hands, post: Post) -> None:
    hands.take_in("xin chào")
    await hands.batch(fail_half_way)
    with post.database.transaction() as session:
        assert People(session).at("telegram", "777") is None
    assert (hands.counts(), post.rows()) == ((1, 0), [])


@pytest.mark.parametrize(
    ("handler", "kinds"),
    [
        (fail_on_words, ["ValueError", "RuntimeError"]),
        (fail_on_a_row, ["IntegrityError"]),
    ],
)
async def test_of_a_failure_the_type_and_the_place_are_logged_but_no_words(
    hands: Hands, logged: pytest.CaptureFixture[str], handler: FunctionType, kinds: list[str]
) -> None:
    hands.take_in("điều riêng tư")
    await hands.batch(handler)
    [line] = [json.loads(each) for each in logged.readouterr().out.splitlines()]
    assert line["event"] == "update failed"
    assert line["seq"] > 0
    assert all(kind in line["exception"] for kind in kinds)
    assert re.search(rf'test_handling.py", line \d+, in {handler.__name__}', line["exception"])
    assert "riêng tư" not in json.dumps(line, ensure_ascii=False)


async def test_of_a_refused_row_the_column_is_named(
    hands: Hands, logged: pytest.CaptureFixture[str]
) -> None:
    hands.take_in("điều riêng tư")
    await hands.batch(fail_on_a_row)
    names = {"sqlite": "SQLITE_CONSTRAINT_NOTNULL", "postgresql": "NotNullViolation person"}
    assert names[hands.app.database.engine.dialect.name] in logged.readouterr().out


async def test_a_handler_that_recovers_answers_once(
    hands: Hands, post: Post, clock: PushedClock
) -> None:
    hands.take_in("xin chào")
    await hands.batch(fail_half_way)
    clock.push_to(clock.now() + timedelta(seconds=2))
    assert [await hands.batch(echo) for _ in range(2)] == [1, 0]
    assert len(post.rows()) == 1


async def test_after_three_tries_the_person_and_the_admins_are_told(
    hands: Hands, app: App, cast: Cast, post: Post
) -> None:
    lan, minh, thu = cast.lan(), cast.minh(), cast.thu()
    hands.take_in("xin chào")
    for _ in range(3):
        assert hands.counts() == (1, 0)
        await hands.batch(fail_half_way)
        post.pass_seconds(60)
    assert hands.counts() == (0, 1)
    await app.sender.flush()
    assert [len(each.messages) for each in (lan, minh, thu)] == [1, 0, 1]


async def test_of_a_strangers_dead_letter_only_the_admins_hear(
    hands: Hands, cast: Cast, post: Post
) -> None:
    cast.thu()
    hands.take_in("xin chào", user=999)
    for _ in range(3):
        await hands.batch(fail_half_way)
        post.pass_seconds(60)
    assert post.row.address == "104"


async def test_the_admins_are_told_of_dead_letters_once_an_hour(
    hands: Hands, app: App, cast: Cast, post: Post
) -> None:
    thu = cast.thu()
    for user in (998, 999):
        hands.take_in("xin chào", user=user)
        for _ in range(3):
            await hands.batch(fail_half_way)
            post.pass_seconds(60)
    await app.sender.flush()
    assert hands.counts() == (0, 2)
    assert ["chưa xử lý được sau ba lần thử" in each.text for each in thu.messages] == [True]
    hands.take_in("xin chào", user=997)
    post.pass_seconds(3600)
    for _ in range(3):
        await hands.batch(fail_half_way)
        post.pass_seconds(60)
    await app.sender.flush()
    assert len(thu.messages) == 2


async def test_a_failing_update_holds_up_only_its_person(hands: Hands, post: Post) -> None:
    hands.take_in("poison", "after it")
    hands.take_in("xin chào", user=102)
    while await hands.batch(fail_at("poison")):
        pass
    assert (post.row.address, hands.counts()) == ("102", (2, 0))


async def test_failing_updates_cost_the_others_no_commits_of_their_own(
    hands: Hands, post: Post
) -> None:
    for user in range(101, 121):
        hands.take_in("poison" if user % 5 == 0 else "xin chào", user=user)
    hands.monotonic = itertools.repeat(0.0).__next__
    commits: list[Connection] = []
    event.listen(hands.app.database.engine, "commit", commits.append)
    assert await hands.batch(fail_at("poison")) == 20
    assert (len(post.rows()), hands.counts(), len(commits)) == (16, (4, 0), 1 + 2)


async def test_where_the_database_goes_away_no_update_is_counted_as_failed(
    hands: Hands, post: Post, clock: PushedClock
) -> None:
    hands.take_in("xin chào")
    for _ in range(TRIES + 1):
        with pytest.raises(SQLAlchemyError):
            await hands.batch(lose_the_database)
        clock.push_to(clock.now() + timedelta(minutes=1))
    assert hands.counts() == (1, 0)
    assert await hands.batch(echo) == 1
    assert post.row.address == "101"


async def test_a_person_is_answered_in_the_order_of_asking(
    app: App, cast: Cast, telegram: Telegram
) -> None:
    lan = cast.lan()
    telegram.settle = at_once
    for n in range(12):
        await lan.send(f"số {n}")
    await app.pump()
    asked = [update["message"]["text"] for update in telegram.world.updates.made]
    assert asked == [f"số {n}" for n in range(12)]
    assert len(lan.messages) == 12


async def test_answers_leave_in_the_order_of_asking(hands: Hands, app: App, cast: Cast) -> None:
    lan = cast.lan()
    hands.take_in(*map(str, range(12)))
    while await hands.batch(echo):
        pass
    await app.sender.flush()
    assert [message.text for message in lan.messages] == list(map(str, range(12)))


async def test_who_blocks_the_bot_is_not_reached_until_they_come_back(
    cast: Cast, post: Post
) -> None:
    lan = cast.lan()
    await lan.block()
    assert post.reachable() == []
    await lan.unblock()
    assert post.reachable() == ["101"]


async def test_who_writes_can_be_reached_again(cast: Cast, post: Post) -> None:
    lan = cast.lan()
    with post.database.transaction() as session:
        People(session).unreachable("telegram", "101", "Forbidden", post.clock.now())
    await lan.send("xin chào")
    assert post.reachable() == ["101"]


async def test_what_a_group_says_is_not_answered(hands: Hands, post: Post) -> None:
    update = message(1, "xin chào", 101)
    update["message"]["chat"] = {"id": -5, "type": "group", "title": "Nhóm"}
    with post.database.transaction() as session:
        Inbox(session).take_in(hands.app.bot.id, [update], post.clock.now())
    await hands.batch(echo)
    assert (hands.counts(), post.rows()) == ((0, 0), [])


async def test_after_a_quiet_week_people_are_answered_as_before(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    lan = cast.lan()
    await lan.send("/menu")
    clock.push_to(clock.now() + timedelta(days=7))
    with app.database.transaction() as session:
        assert Inbox(session).prune(clock.now()) == 1
    assert "thực hiện việc gì" in await lan.send("/menu")
