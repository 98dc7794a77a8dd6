"""Whatever comes in: nothing breaks, nothing hangs, and what is behind it is answered."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from bot.app import App
from bot.handling import UnreadableError, _read
from bot.webhook import parsed
from handlers.turns import turn_of
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage.database import Database
from storage.inbox import Inbox, number_of
from storage.tables import InboxRow
from tests.bot.door import said
from tests.bot.mutants import as_bytes, mutants, of_another, one_of_each, spoilt
from tests.cast import Cast

CHUNKS, CHUNK, BATCH = 10, 2500, 100
"""On each of the two databases: 50,000 in all, and as many again through the webhook's reader."""
WHOLE, CROWD, ROUNDS = 500, 30, 200
BOT = 123456

pytestmark = pytest.mark.usefixtures("logged")


@pytest.fixture
async def seeds(cast: Cast, telegram: Telegram) -> list[dict[str, Any]]:
    return await one_of_each(cast.lan(), telegram)


def take_in(database: Database, updates: list[Any], app: App) -> int:
    with database.transaction() as session:
        return Inbox(session).take_in(BOT, updates, app.clock())


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
    bad = list(mutants(seeds, CHUNK, Random(seed)))
    kept = sum(take_in(app.database, bad[n : n + BATCH], app) for n in range(0, CHUNK, BATCH))
    assert kept == len({number_of(raw) for raw in bad} - {None})
    for payload in payloads(app.database):
        with suppress(UnreadableError):
            turn_of(_read(payload, app.bot))


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
