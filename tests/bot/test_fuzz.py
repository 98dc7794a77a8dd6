"""Whatever comes in: nothing breaks, nothing hangs, and what is behind it is answered."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from bot.app import App
from bot.handling import UnreadableError, _read
from bot.intake import Polling
from bot.settings import Settings
from bot.webhook import parsed
from handlers.turns import turn_of
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage.database import Database
from storage.inbox import Inbox, number_of
from storage.tables import InboxRow
from tests.bot.answering import answering
from tests.bot.door import opened, said
from tests.bot.mutants import as_bytes, mutants, of_another, one_of_each, spoilt
from tests.cast import Cast
from tests.conftest import POSTGRES

CHUNK, BATCH = 2500, 100
CHUNKS = 10 if os.environ.get(POSTGRES) else 20
"""50,000 in all, others on each of the databases that there are."""
POLLED, PUSHED, DEEP = 2500, 600, 100
"""So many more by Telegram's own two ways, through the pace of each person."""
WHOLE, CROWD, ROUNDS = 500, 30, 200
BOT = 123456

pytestmark = pytest.mark.usefixtures("logged")


@pytest.fixture
async def seeds(cast: Cast, telegram: Telegram) -> list[dict[str, Any]]:
    return await one_of_each(cast.lan(), telegram)


def take_in(database: Database, updates: list[Any], app: App) -> int:
    with database.transaction() as session:
        return Inbox(session).take_in(BOT, updates, app.clock())


def random_for(app: App, seed: object) -> Random:
    """Another one on each database."""
    return Random(f"{seed} {app.database.engine.dialect.name}")


def numbers(app: App) -> set[int]:
    with app.database.transaction() as session:
        return set(session.exec(select(InboxRow.update_id).where(InboxRow.bot_id == app.bot.id)))


def is_deep(raw: object) -> bool:
    return as_bytes(raw).count(b"[{") > DEEP or b"[" * DEEP in as_bytes(raw)


def as_list(updates: list[Any]) -> bytes:
    return b"[" + b",".join(map(as_bytes, updates)) + b"]"


def is_update(body: bytes) -> bool:
    try:
        return number_of(parsed(body)) is not None
    except ValueError:
        return False


def left(app: App) -> int:
    with app.database.transaction() as session:
        return Inbox(session).unfinished()


def payloads(database: Database) -> Iterator[str]:
    with database.transaction() as session:
        yield from session.exec(select(InboxRow.payload).where(InboxRow.bot_id == BOT))


@pytest.mark.parametrize("seed", range(CHUNKS))
async def test_what_is_no_update_is_taken_in_or_left_out(
    app: App, seeds: list[dict[str, Any]], seed: int
) -> None:
    bad = list(mutants(seeds, CHUNK, random_for(app, seed)))
    kept = sum(take_in(app.database, bad[n : n + BATCH], app) for n in range(0, CHUNK, BATCH))
    assert kept == len({number_of(raw) for raw in bad} - {None})
    for payload in payloads(app.database):
        with suppress(UnreadableError):
            turn_of(_read(payload, app.bot))


async def test_what_is_polled_is_confirmed_whatever_it_is(
    app: App, settings: Settings, seeds: list[dict[str, Any]]
) -> None:
    # An answer that is nested as deeply as no parser goes has no numbers that could be confirmed.
    made = mutants(seeds, 2 * POLLED, random_for(app, "polled"))
    bad = list(islice((raw for raw in made if not is_deep(raw)), POLLED))
    batches = [as_list([*bad[n : n + BATCH], said(20_000 + n)]) for n in range(0, POLLED, BATCH)]
    known, before = numbers(app), app.reception.flood.dropped
    async with answering(settings, batches) as (bot, served):
        polling = Polling(bot, app.reception, seconds=1, hearing=app.hearing, tenure=app.poller)
        for n in range(len(batches)):
            assert await polling.poll() > 0
            assert served.number == n
        assert await polling.poll() == 0
    came = {number_of(raw) for raw in bad} - {None}
    new, dropped = numbers(app) - known, app.reception.flood.dropped - before
    assert len(came - known) <= len(new) + dropped - len(batches) <= len(came)
    assert {20_000 + n for n in range(0, POLLED, BATCH)} <= new


async def test_what_is_pushed_at_the_door_is_taken_or_refused(
    app: App, settings: Settings, seeds: list[dict[str, Any]]
) -> None:
    random = random_for(app, "pushed")
    bodies = [as_bytes(raw) for raw in mutants(seeds, PUSHED, random)]
    bodies = [spoilt(each, random) if random.random() < 0.3 else each for each in bodies]
    async with opened(app, settings) as door:
        for body in bodies:
            assert await door.push(body) == (200 if is_update(body) else 400)
        assert await door.push(said(50_000)) == 200
    assert 50_000 in numbers(app)


async def test_what_is_pushed_is_read_or_refused(seeds: list[dict[str, Any]]) -> None:
    random = Random(1)
    for raw in mutants(seeds, 12_500, random):
        for body in (as_bytes(raw), spoilt(as_bytes(raw), random)):
            with suppress(ValueError):
                assert number_of(parsed(body)) is not None


@pytest.mark.timeout(300)  # every broken one is tried three times, and its error is logged
async def test_what_is_behind_it_is_answered(
    app: App, seeds: list[dict[str, Any]], cast: Cast, clock: PushedClock
) -> None:
    an, minh = cast.an(), cast.minh()
    crowd = [cast.member(200 + n, f"Người {n}", "quan-1", "focal").chat_id for n in range(CROWD)]
    theirs = [of_another(raw, 101, who) for who in crowd for raw in seeds]
    take_in(app.database, [*mutants(theirs, WHOLE, Random(7)), said(50_000)], app)
    await app.pump()
    assert an.last.text
    for _ in range(ROUNDS):
        if left(app) == 0:
            break
        clock.push_to(clock.now() + timedelta(seconds=10))
        await app.desks[0].run(app.leasing.seek)
        await app.pump()
    assert left(app) == 0
    assert await minh.send("/baocao")
