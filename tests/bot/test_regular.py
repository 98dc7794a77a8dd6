"""Every so often, whatever is done to the clock on the wall."""

import asyncio
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import system_clock
from bot.regular import Regular, bring_near
from tests.bot.door import until

HOUR = timedelta(hours=1)
YEARS = timedelta(days=730)


async def nothing() -> None:
    return


class Ahead(Regular):
    """Started by a clock that was two years ahead, and has been set right since."""

    def schedule(self) -> AsyncIOScheduler:
        scheduler = super().schedule()
        for job in scheduler.get_jobs():
            job.modify(next_run_time=system_clock() + YEARS)
        return scheduler


async def test_a_clock_that_was_ahead_and_is_set_right_holds_up_nothing() -> None:
    done: list[datetime] = []

    async def work() -> None:
        done.append(system_clock())

    task = asyncio.create_task(Ahead([(timedelta(seconds=0.2), work)], look_seconds=0.1).run())
    await until(lambda: len(done) > 1)
    task.cancel()
    await asyncio.wait([task])


async def test_what_is_due_within_its_interval_is_left_as_it_is() -> None:
    scheduler = AsyncIOScheduler(timezone=UTC)
    now = system_clock()
    given = {"soon": now + HOUR / 2, "just": now + HOUR, "late": now + HOUR + YEARS}
    for name, at in given.items():
        scheduler.add_job(nothing, "interval", hours=1, id=name, next_run_time=at)
    scheduler.start()
    bring_near(scheduler, now)
    assert {job.id: job.next_run_time for job in scheduler.get_jobs()} == {
        **given,
        "late": now + HOUR,
    }
    scheduler.shutdown(wait=False)


async def test_when_it_ends_what_is_under_way_is_cancelled() -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    task = asyncio.create_task(Regular([(timedelta(seconds=0.1), work)]).run())
    async with asyncio.timeout(10):
        await begun.wait()
    task.cancel()
    async with asyncio.timeout(10):
        await cancelled.wait()
    await asyncio.wait([task])
