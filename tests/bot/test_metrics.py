"""Figures for Prometheus: each by its name, each from its source, and never the token."""

from collections.abc import AsyncIterator
from datetime import timedelta
from math import inf
from sqlite3 import sqlite_version

import pytest
from sqlmodel import Session

from bot.app import App
from bot.metrics import Metrics
from bot.outcomes import Fate
from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage.outbox import Lane, Outbox
from storage.pulses import Pulses
from storage.stock import Stock, take_stock
from tests.bot.door import Door, opened, said
from tests.bot.post import Post
from tests.cast import Cast

NAMES = {
    "updates_total",
    "update_lag_seconds",
    "outbox",
    "oldest_queued_seconds",
    "sends_total",
    "retry_after_seconds_total",
    "outbox_unknown_total",
    "reminder_lateness_seconds",
    "db_tx_seconds",
    "loop_lag_seconds",
    "backup_age_seconds",
    "webhook_answers_total",
    "process_resident_memory_bytes",
}


@pytest.fixture
async def door(app: App, settings: Settings) -> AsyncIterator[Door]:
    async with opened(app, settings) as door:
        yield door


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def figures(metrics: Metrics, stock: Stock | None = None) -> dict[str, float]:
    lines = metrics.page(stock).decode().splitlines()
    told = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in told}


def test_updates_are_counted_by_what_became_of_them(metrics: Metrics) -> None:
    metrics.updated("applied", 0.02)
    metrics.updated("applied", 0.04)
    metrics.updated("dead")
    metrics.updated("duplicate", times=3)
    found = figures(metrics)
    assert found['updates_total{result="applied"}'] == 2
    assert found['updates_total{result="dead"}'] == 1
    assert found['updates_total{result="duplicate"}'] == 3
    assert found["update_lag_seconds_count"] == 2
    assert found["update_lag_seconds_sum"] == pytest.approx(0.06)


def test_sends_are_counted_by_their_fate(metrics: Metrics) -> None:
    for fate in (Fate.SENT, Fate.SENT, Fate.UNREACHABLE, Fate.UNKNOWN):
        metrics.sent(fate)
    found = figures(metrics)
    assert found['sends_total{result="sent"}'] == 2
    assert found['sends_total{result="unreachable"}'] == 1
    assert found["outbox_unknown_total"] == 0


def test_letters_that_stay_unknown_are_counted_apart(metrics: Metrics) -> None:
    metrics.left_unknown(2)
    assert figures(metrics)["outbox_unknown_total"] == 2


def test_waits_and_lateness_are_summed_up(metrics: Metrics) -> None:
    metrics.waited(3)
    metrics.waited(0.5)
    metrics.reminded(0.4)
    metrics.reminded(-0.1)
    found = figures(metrics)
    assert found["retry_after_seconds_total"] == 3.5
    assert found["reminder_lateness_seconds_sum"] == pytest.approx(0.4)
    assert found['reminder_lateness_seconds_bucket{le="0.01"}'] == 1


async def test_all_that_was_promised_is_there(cast: Cast, post: Post, door: Door) -> None:
    post.reply(cast.an())
    await door.push(said(7))
    door.metrics.updated("applied")
    door.metrics.sent(Fate.SENT)
    _, page = await door.get("/metrics")
    kinds = {line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")}
    assert kinds >= NAMES


def test_the_outbox_is_shown_by_state_and_lane(
    app: App, cast: Cast, post: Post, metrics: Metrics
) -> None:
    lan, minh = cast.lan(), cast.minh()
    post.reply(lan)
    post.remind(lan)
    post.remind(minh, "so-gddt")
    with app.database.transaction() as session:
        [letter] = Outbox(session).due(app.clock(), replies=1, bulk=0)
        Outbox(session).sending([letter], app.clock())
        found = figures(metrics, take_stock(session, app.clock()))
    assert found['outbox{lane="reply",state="sending"}'] == 1
    assert found['outbox{lane="reminder",state="queued"}'] == 2


def test_the_oldest_letter_that_could_leave_has_an_age(
    app: App, cast: Cast, post: Post, metrics: Metrics, clock: PushedClock
) -> None:
    post.reply(cast.lan())
    clock.push_to(clock.now() + timedelta(seconds=90))
    with app.database.transaction() as session:
        stock = take_stock(session, app.clock())
    assert stock.oldest == {**dict.fromkeys(Lane, 0), Lane.REPLY: 90}
    assert figures(metrics, stock)['oldest_queued_seconds{lane="reply"}'] == 90


def test_a_backup_ages_and_one_that_never_was_is_infinitely_old(
    app: App, metrics: Metrics, clock: PushedClock
) -> None:
    with app.database.transaction() as session:
        never = take_stock(session, clock.now())
        Pulses(session).beat("backup", clock.now())
        old = take_stock(session, clock.now() + timedelta(hours=1))
    assert figures(metrics, never)["backup_age_seconds"] == inf
    assert figures(metrics, old)["backup_age_seconds"] == 3600


def test_a_backup_of_a_clock_that_was_ahead_has_no_age(
    app: App, metrics: Metrics, clock: PushedClock
) -> None:
    with app.database.transaction() as session:
        Pulses(session).beat("backup", clock.now() + timedelta(days=730))
        ahead = take_stock(session, clock.now())
        Pulses(session).beat("backup", clock.now() + timedelta(seconds=30))
        just = take_stock(session, clock.now())
    assert figures(metrics, ahead)["backup_age_seconds"] == inf
    assert figures(metrics, just)["backup_age_seconds"] == 0


def test_before_the_database_has_told_of_one_there_is_no_backup(metrics: Metrics) -> None:
    assert figures(metrics)["backup_age_seconds"] == inf


def test_what_has_left_the_outbox_leaves_the_page(metrics: Metrics) -> None:
    figures(metrics, Stock({("queued", Lane.REPLY): 1}, {}, None))
    assert not any(name.startswith("outbox{") for name in figures(metrics, Stock({}, {}, None)))


def refuse(session: Session) -> None:
    Pulses(session).all()
    raise LookupError


def test_transactions_are_timed_whether_they_commit_or_not(app: App) -> None:
    before = figures(app.metrics)["db_tx_seconds_count"]
    with app.database.transaction() as session:
        Pulses(session).all()
    with pytest.raises(LookupError), app.database.transaction() as session:
        refuse(session)
    assert figures(app.metrics)["db_tx_seconds_count"] == before + 2


def test_the_library_is_named_where_it_is_the_database(app: App, metrics: Metrics) -> None:
    metrics.watch(app.database.engine)
    name = f'sqlite_version_info{{version="{sqlite_version}"}}'
    assert (name in figures(metrics)) == app.database.is_sqlite


def test_two_bots_in_one_process_count_apart(metrics: Metrics) -> None:
    metrics.sent(Fate.SENT)
    assert 'sends_total{result="sent"}' not in figures(Metrics())


async def test_neither_the_token_nor_the_secret_is_among_the_figures(
    cast: Cast, post: Post, door: Door, telegram: Telegram
) -> None:
    post.reply(cast.an())
    for fate in Fate:
        door.metrics.sent(fate)
    await door.push(said(7, telegram.token))
    await door.push(b"{", telegram.token)
    _, page = await door.get("/metrics")
    assert 'webhook_answers_total{status="401"} 1.0' in page
    for secret in (telegram.token, telegram.token.split(":")[1], door.webhook.secret):
        assert secret not in page
    assert door.webhook.path not in page
