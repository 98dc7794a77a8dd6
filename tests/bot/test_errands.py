"""Files are made by a job of its own; one that cannot be made is told, and holds up nobody."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.app import App
from bot.errands import PAUSES
from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.erasure import Erasure
from storage.errands import FAILED, MADE, WANTED, Errands
from storage.people import People
from storage.tables import Errand
from tests.cast import Cast


@pytest.fixture
def thu(cast: Cast) -> Person:
    return cast.thu()


def ask(app: App, wanted: dict[str, Any]) -> bool:
    with app.database.transaction() as session:
        member = People(session).at("telegram", "104")
        assert member
        return Errands(session).ask(
            "diary",
            wanted,
            person_id=member.person_id,
            channel="telegram",
            address="104",
            now=app.clock(),
        )


def state(app: App, errand_id: int = 1) -> str | None:
    with app.database.transaction() as session:
        row = session.get(Errand, errand_id)
        return row.state if row else None


def files(person: Person) -> int:
    return sum("document" in each.attachment for each in person.messages)


async def test_what_was_asked_before_a_restart_comes_after_it(
    thu: Person,
    app: App,
    settings: Settings,
    clock: PushedClock,
    monotonic: Callable[[], float],
) -> None:
    ask(app, {"year": 2024, "form": "csv"})
    again = App(settings, clock=clock.now, monotonic=monotonic)
    await app.desks[0].run(app.leasing.give_up)
    await again.start()
    await again.pump()
    await again.close()
    assert state(app) == MADE
    assert files(thu) == 1


async def test_the_same_is_not_made_twice_at_once(thu: Person, app: App) -> None:
    assert ask(app, {"year": 2024, "form": "csv"})
    assert not ask(app, {"year": 2024, "form": "csv"})
    await app.pump()
    assert files(thu) == 1
    assert ask(app, {"year": 2024, "form": "csv"})


async def test_one_that_cannot_be_made_is_told_and_holds_up_nobody(
    thu: Person, app: App, clock: PushedClock
) -> None:
    ask(app, {"form": "csv"})  # of no year
    ask(app, {"year": 2024, "form": "xlsx"})
    await app.pump()
    assert (state(app), state(app, 2)) == (WANTED, MADE)
    for pause in PAUSES:
        clock.push_to(clock.now() + pause)
        await app.pump()
    assert state(app) == FAILED
    assert "chưa lập được tệp" in thu.last.text
    assert files(thu) == 1


async def test_whoever_was_erased_gets_none(thu: Person, app: App) -> None:
    ask(app, {"year": 2024, "form": "csv"})
    with app.database.transaction() as session:
        Erasure(session).forget(1, "Người dùng đã xóa", app.clock())
    await app.pump()
    assert state(app) is None
    assert files(thu) == 0
