"""Those who come together are kept together, and told apart when something is wrong."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy.exc import OperationalError

from bot.gathering import Gathering, Raw


@dataclass
class Shelf:
    """Takes its time, and not everything."""

    batches: list[list[object]] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    away: bool = False

    async def keep(self, updates: Sequence[Raw]) -> None:
        self.batches.append([raw["update_id"] for raw in updates])
        await self.open.wait()
        if self.away:
            raise OperationalError("", {}, OSError())
        if any("poison" in raw for raw in updates):
            raise ValueError


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def gathering(shelf: Shelf) -> Gathering:
    return Gathering(shelf.keep)


async def pushed(gathering: Gathering, *updates: Raw, seconds: float = 5) -> list[object]:
    adding = [gathering.add(raw, seconds) for raw in updates]
    return await asyncio.gather(*adding, return_exceptions=True)


def updates(*numbers: int) -> list[Raw]:
    return [{"update_id": number} for number in numbers]


async def test_who_comes_during_a_commit_shares_the_next(
    gathering: Gathering, shelf: Shelf
) -> None:
    first = asyncio.create_task(pushed(gathering, *updates(1)))
    await asyncio.sleep(0.01)
    others = asyncio.create_task(pushed(gathering, *updates(2, 3, 4)))
    await asyncio.sleep(0.01)
    shelf.open.set()
    assert await first + await others == [None] * 4
    assert shelf.batches == [[1], [2, 3, 4]]


async def test_one_that_cannot_be_kept_does_not_hold_up_those_beside_it(
    gathering: Gathering, shelf: Shelf
) -> None:
    shelf.open.set()
    one, other = updates(1, 3)
    kept = await pushed(gathering, one, {"update_id": 2, "poison": True}, other)
    assert [type(result) for result in kept] == [type(None), ValueError, type(None)]


async def test_a_database_that_is_away_is_asked_once(gathering: Gathering, shelf: Shelf) -> None:
    shelf.open.set()
    shelf.away = True
    results = await pushed(gathering, *updates(1, 2, 3))
    assert {type(result) for result in results} == {OperationalError}
    assert shelf.batches == [[1, 2, 3]]


async def test_who_gave_up_is_not_kept_afterwards(gathering: Gathering, shelf: Shelf) -> None:
    hanging = asyncio.create_task(pushed(gathering, *updates(1)))
    await asyncio.sleep(0.01)
    [given_up] = await pushed(gathering, *updates(2), seconds=0.01)
    assert isinstance(given_up, TimeoutError)
    shelf.open.set()
    assert await hanging == [None]
    assert await pushed(gathering, *updates(3)) == [None]
    assert shelf.batches == [[1], [3]]
