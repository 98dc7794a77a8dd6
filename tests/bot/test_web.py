"""What monitors are told: whether the process lives, and whether it can do its work."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from threading import Event

import pytest

from bot.app import App
from bot.metrics import Metrics
from bot.readiness import LoopLag
from bot.settings import Settings
from bot.web import Web
from sandbox.clock import PushedClock
from storage import schema
from tests.bot.door import Door, opened, until
from tests.bot.test_intake import no_inbox
from tests.bot.watch import Watch

CHECKS = {"process", "token", "database", "schema", "telegram", "sender"}


@pytest.fixture
async def door(app: App, settings: Settings) -> AsyncIterator[Door]:
    """Telegram has been heard just now."""
    app.hearing.heard()
    app.hearing.keep()
    async with opened(app, settings) as door:
        yield door


async def problems(door: Door) -> dict[str, str]:
    """What is not right, by check; nothing where 200 is said."""
    status, body = await door.get("/readyz")
    told = json.loads(body)
    assert set(told["checks"]) == CHECKS
    assert (status == 200) == told["ready"]
    return {name: problem for name, problem in told["checks"].items() if problem}


async def test_all_is_well(door: Door) -> None:
    assert await problems(door) == {}
    status, body = await door.get("/healthz")
    assert (status, json.loads(body)["alive"]) == (200, True)


async def test_who_stops_is_alive_but_not_ready(door: Door) -> None:
    door.web.readiness.stopping = True
    assert await problems(door) == {"process": "stopping"}
    assert (await door.get("/healthz"))[0] == 200


async def test_without_the_token_it_is_not_ready(app: App, door: Door) -> None:
    app.sender.token_refused = True
    assert await problems(door) == {"token": "refused by Telegram"}


async def test_not_ready_two_minutes_after_telegram_was_last_heard(
    door: Door, clock: PushedClock
) -> None:
    clock.push_to(clock.now() + timedelta(seconds=120))
    assert "telegram" not in await problems(door)
    clock.push_to(clock.now() + timedelta(seconds=1))
    assert (await problems(door))["telegram"] == "not heard for 121 s"


async def test_not_ready_before_telegram_was_heard(app: App, settings: Settings) -> None:
    async with opened(app, settings) as door:
        assert await problems(door) == {"telegram": "never heard"}


async def test_not_ready_while_nobody_sends(app: App, door: Door) -> None:
    await app.desks[0].run(app.leasing.give_up)
    assert await problems(door) == {"sender": "nobody holds its lease"}


async def test_not_ready_on_an_older_schema(app: App, door: Door) -> None:
    schema.downgrade(app.database, "-1")
    assert (await problems(door))["schema"] == "not the newest"


async def test_not_ready_while_the_database_takes_nothing(app: App, door: Door) -> None:
    with app.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE pulse RENAME TO away")
    assert (await problems(door))["database"].endswith("Error")
    with app.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO pulse")
    assert await problems(door) == {}


async def test_a_database_that_hangs_is_alive_but_not_ready(app: App, door: Door) -> None:
    over = Event()
    hanging = asyncio.create_task(app.desks[0].run(over.wait, 10))
    assert (await problems(door))["database"] == "no write within 1 s"
    assert (await door.get("/healthz"))[0] == 200
    over.set()
    await hanging
    assert await problems(door) == {}


async def test_metrics_are_told_while_the_database_is_away(app: App, door: Door) -> None:
    door.metrics.sent("sent")
    with app.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO away")
    status, page = await door.get("/metrics")
    assert status == 200
    assert 'sends_total{result="sent"} 1.0' in page
    assert "outbox{" not in page


async def test_a_loop_that_is_blocked_is_not_alive(door: Door) -> None:
    door.web.lag = LoopLag(door.metrics, count(0.0, 2.0).__next__, asyncio.sleep)
    running = asyncio.create_task(door.web.lag.run())
    await asyncio.sleep(0)
    status, body = await door.get("/healthz")
    assert (status, json.loads(body)["alive"]) == (503, False)
    running.cancel()


async def test_how_late_the_loop_is_is_measured(watch: Watch) -> None:
    async def oversleep(seconds: float) -> None:
        await watch.sleep(seconds + 0.5)
        await asyncio.sleep(0)

    metrics = Metrics()
    lag = LoopLag(metrics, watch.now, oversleep)
    assert lag.seconds() == 0
    running = asyncio.create_task(lag.run())
    await asyncio.sleep(0.01)
    assert "\nloop_lag_seconds 0.5\n" in metrics.page(None).decode()
    assert lag.seconds() == 0.5
    running.cancel()


async def test_without_a_webhook_there_is_no_path_for_one(door: Door) -> None:
    web = Web("127.0.0.1", 0, lag=door.web.lag, readiness=door.web.readiness, metrics=door.metrics)
    running = asyncio.create_task(web.run())
    await until(lambda: web.port > 0)
    assert (await Door(web, door.webhook, door.metrics).push({"update_id": 7})) == 404
    running.cancel()
    await asyncio.wait([running])


def test_it_is_bound_to_this_machine_unless_told_otherwise() -> None:
    assert Settings(_env_file=None).web_host == "127.0.0.1"
    assert Settings(_env_file=None).web_port is None


async def test_a_push_that_was_refused_leaves_it_ready(app: App, door: Door) -> None:
    async with no_inbox(app):
        await door.push({"update_id": 7})
    assert await problems(door) == {}
