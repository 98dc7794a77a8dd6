"""Each figure from where it comes: a bad day of the whole bot, and then its page for Prometheus."""

from datetime import datetime, timedelta

from bot.app import App
from bot.flood import BURST
from bot.settings import Settings
from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.faults import Fault, Kind
from sandbox.telegram import Telegram, at_once
from storage.outbox import Outbox
from tests.bot.door import opened
from tests.bot.post import Post
from tests.cast import Cast

MORNING = datetime(2024, 11, 1, 8, tzinfo=ZONE)
"""A morning on which agencies that have not reported are reminded."""


async def page(app: App, settings: Settings) -> dict[str, float]:
    async with opened(app, settings) as door:
        _, text = await door.get("/metrics")
    told = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in told}


def sent(found: dict[str, float], fate: str) -> float:
    return found[f'sends_total{{result="{fate}"}}']


async def test_updates_by_what_became_of_them(
    app: App, cast: Cast, telegram: Telegram, clock: PushedClock, settings: Settings
) -> None:
    lan, minh = cast.lan(), cast.minh()
    await lan.send("/menu")
    telegram.world.updates.add("message", {"from": {"id": 105}}, timedelta(days=1), ("chat", 0))
    for _ in range(3):
        await app.pump()
        clock.push_to(clock.now() + timedelta(minutes=1))
    telegram.settle = at_once
    for _ in range(int(BURST) + 5):
        await minh.send("xin chào")
    clock.push_to(clock.now() + timedelta(seconds=20))
    await app.pump()
    await app.reception.keep([telegram.world.updates.made[0]])
    found = await page(app, settings)
    results = ("applied", "dead", "dropped", "duplicate")
    counts = {result: found[f'updates_total{{result="{result}"}}'] for result in results}
    assert counts == {"applied": 1 + BURST, "dead": 1, "dropped": 5, "duplicate": 1}
    assert found["update_lag_seconds_count"] == 1 + BURST
    assert found["update_lag_seconds_sum"] == 0


async def test_sends_by_their_fate_and_those_that_stay_unknown(
    app: App, cast: Cast, post: Post, telegram: Telegram, clock: PushedClock, settings: Settings
) -> None:
    lan, minh = cast.lan(), cast.minh()
    post.remind(minh, "so-gddt")
    with app.database.transaction() as session:  # As of a process that was killed meanwhile.
        outbox = Outbox(session)
        outbox.sending(outbox.due(clock.now(), replies=0, bulk=1), clock.now())
    await lan.send("/menu")
    for fault in (Fault(Kind.FLOOD, retry_after=3), Fault(Kind.LOST_ANSWER)):
        fault.method = "sendMessage"
        telegram.faults.add(fault)
        await lan.send("/menu")
        clock.push_to(clock.now() + timedelta(seconds=5))
        await app.pump()
    found = await page(app, settings)
    assert {fate: sent(found, fate) for fate in ("sent", "slow down", "unknown")} == {
        "sent": 3,
        "slow down": 1,
        "unknown": 1,
    }
    assert found["retry_after_seconds_total"] == 3
    assert found["outbox_unknown_total"] == 1


async def test_a_reminder_is_late_by_so_much_and_may_stay_unknown(
    app: App, cast: Cast, telegram: Telegram, clock: PushedClock, settings: Settings
) -> None:
    cast.lan()
    clock.push_to(MORNING + timedelta(seconds=40))
    telegram.faults.add(Fault(Kind.LOST_ANSWER, "sendMessage"))
    await app.tick()
    await app.pump()
    found = await page(app, settings)
    assert found["reminder_lateness_seconds_count"] == 1
    assert found["reminder_lateness_seconds_sum"] == 40
    assert (sent(found, "unknown"), found["outbox_unknown_total"]) == (1, 1)
