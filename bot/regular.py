"""What is done every so often. APScheduler keeps the times, and is itself looked after."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import system_clock
from plan.calendars import ZONE

LOOK_SECONDS = 60.0
LATE_NOT_NEVER = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
Job: TypeAlias = tuple[timedelta, Callable[[], Awaitable[None]]]


class Regular:
    def __init__(self, jobs: Sequence[Job], look_seconds: float = LOOK_SECONDS) -> None:
        self.jobs, self.look_seconds = jobs, look_seconds

    async def run(self) -> None:
        """Until cancelled; a job that is under way is cancelled with it."""
        scheduler = self.schedule()
        scheduler.start()
        try:
            while True:
                await asyncio.sleep(self.look_seconds)
                bring_near(scheduler, system_clock())
        finally:
            scheduler.shutdown(wait=False)

    def schedule(self) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(timezone=ZONE)
        for interval, work in self.jobs:
            seconds = interval.total_seconds()
            scheduler.add_job(work, "interval", seconds=seconds, **LATE_NOT_NEVER)
        return scheduler


def bring_near(scheduler: AsyncIOScheduler, now: datetime) -> None:
    """Its times are those of the wall clock. Where that was two years ahead and is set right, no
    job would run for two years.
    """
    for job in scheduler.get_jobs():
        latest = now + job.trigger.interval
        if job.next_run_time > latest:
            job.modify(next_run_time=latest)
