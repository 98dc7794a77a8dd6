"""Two processes on one PostgreSQL: each thing is done once, and by somebody."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from itertools import count

import pytest
from sqlalchemy import update

from bot.app import App
from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram, at_once
from storage.database import Database
from storage.inbox import Inbox
from storage.tables import Lease
from tests.bot.post import Ladder, Post
from tests.cast import Cast

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
pytestmark = [
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
    pytest.mark.usefixtures("logged"),
]


def frozen(database: Database) -> None:
    """As if whoever holds the leases had not renewed them in time."""
    with database.transaction() as session:
        session.connection().execute(update(Lease).values(until_at=LONG_AGO))


@pytest.fixture
async def other(
    app: App, settings: Settings, clock: PushedClock, monotonic: Callable[[], float]
) -> AsyncIterator[App]:
    """The second process, which finds all leases taken."""
    tokens = count(1)
    second = App(
        settings,
        clock=clock.now,
        monotonic=monotonic,
        new_token=lambda: f"o{next(tokens)}",
        owner="other",
    )
    await second.start()
    yield second
    await second.close()
    assert app


@pytest.fixture
def lan(cast: Cast) -> Person:
    return cast.lan()


async def take_over(successor: App) -> None:
    frozen(successor.database)
    await successor.desks[0].run(successor.leasing.seek)


async def test_the_second_process_is_passive(app: App, other: App) -> None:
    assert [app.poller.held(), app.sending.held(), app.ticking.held()] == [True] * 3
    assert [other.poller.held(), other.sending.held(), other.ticking.held()] == [False] * 3


async def test_who_has_not_the_lease_sends_nothing(other: App, lan: Person, post: Post) -> None:
    post.reply(lan)
    await other.sender.flush()
    assert lan.messages == []
    assert post.row.state == "queued"


async def test_who_has_not_the_lease_reminds_nobody(
    app: App, other: App, lan: Person, ladder: Ladder, clock: PushedClock, post: Post
) -> None:
    assert lan
    clock.push_to(ladder.step(-30).due_at)
    await other.tick()
    assert post.rows() == []
    await app.tick()
    await other.tick()
    assert len(post.rows()) == 1


async def test_both_handle_and_each_update_is_handled_once(
    app: App, other: App, cast: Cast, telegram: Telegram
) -> None:
    people = [cast.lan(), cast.minh(), cast.hoa(), cast.thu(), cast.vy()]
    telegram.settle = at_once
    for n in range(4):
        for person in people:
            await person.send(f"/tiendo {2020 + n}")
    await app.intake.poll()
    handled = [0, 0]
    while sum(more := await asyncio.gather(app.staff.handle_all(), other.staff.handle_all())):
        handled = [so_far + each for so_far, each in zip(handled, more, strict=True)]
    assert sum(handled) == 20
    await app.sender.flush()
    with app.database.transaction() as session:
        assert (Inbox(session).unfinished(), Inbox(session).dead()) == (0, 0)


async def test_after_a_crash_the_other_takes_over_everything(app: App, other: App) -> None:
    await take_over(other)
    assert [other.poller.held(), other.sending.held(), other.ticking.held()] == [True] * 3
    await app.desks[0].run(app.leasing.seek)
    assert [app.poller.held(), app.sending.held(), app.ticking.held()] == [False] * 3


async def test_what_was_on_the_wire_of_a_dead_sender_is_unknown_or_sent_again(
    app: App, other: App, lan: Person, cast: Cast, post: Post, telegram: Telegram
) -> None:
    post.reply(lan)
    post.remind(cast.minh(), "so-gddt")
    telegram.faults.add(Fault(Kind.HOLD, "sendMessage", times=2, seconds=2))
    await app.sender.round()
    await telegram.is_asked("sendMessage", 2)
    await take_over(other)
    await other.sender.flush()
    told = {"reply": "sent", "reminder:so-gddt": "unknown"}
    assert {row.dedupe_key: row.state for row in post.rows()} == told
    await app.sender.stop()
    assert {row.dedupe_key: row.state for row in post.rows()} == told


async def test_a_sender_that_wakes_up_late_settles_nothing_of_its_successors(
    app: App, other: App, lan: Person, post: Post
) -> None:
    post.reply(lan)
    await take_over(other)
    assert await app.sender.round() == 0
    await other.sender.flush()
    assert len(lan.messages) == 1
    assert post.row.state == "sent"


async def test_a_process_that_ends_gives_its_leases_back(app: App, other: App) -> None:
    await app.desks[0].run(app.leasing.give_up)
    await other.desks[0].run(other.leasing.seek)
    assert other.sending.held()
