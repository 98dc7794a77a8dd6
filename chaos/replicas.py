"""R7: two processes on one PostgreSQL, their clocks three seconds apart, the leader killed."""

import asyncio
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from bench.process import BotProcess
from chaos import notices, plans
from chaos.probe import Probe
from chaos.report import Row
from chaos.stage import BULK_IN_FLIGHT, MONDAY, PATIENCE, Case, Stage, stage

APART = 3.0
TAKEN_OVER_WITHIN = 20.0
ON_THE_WIRE = 1.0
"""What the killed one had sent may still arrive."""
BEFORE = timedelta(seconds=20)


class Pair:
    """`takeovers` are the seconds from each kill to Telegram's next message."""

    def __init__(self, here: Stage, environment: dict[str, str]) -> None:
        self.here = here
        self.bots = [here.bot(environment), here.bot(environment, ahead=APART)]
        self.takeovers: list[float] = []
        self.frozen = 0

    async def start(self) -> None:
        for bot in self.bots:
            await bot.start()
        await self.bots[0].is_up()

    async def lose_leader(self) -> None:
        """Kills it, waits until the other one sends, and starts it again."""
        bot = await self._leader()
        await bot.kill()
        at = time.monotonic()
        await bot.start()
        await self._taken_over(at)

    async def freeze_leader(self) -> None:
        """It knows nothing of having been replaced, and wakes up in the middle of its work."""
        bot = await self._leader()
        bot.freeze()
        await self._taken_over(time.monotonic())
        bot.thaw()
        self.frozen += 1

    async def _taken_over(self, since: float) -> None:
        async with asyncio.timeout(PATIENCE):
            while (at := self._first_after(since + ON_THE_WIRE)) is None:
                await self.here.telegram.world.changed.wait()
        self.takeovers.append(at - since)

    def _first_after(self, moment: float) -> float | None:
        return next((sent.at for sent in self.here.telegram.sent if sent.at > moment), None)

    async def _leader(self) -> BotProcess:
        """Once both are at work: who starts still is no successor."""
        for bot in self.bots:
            await Probe(bot).is_ready(within=PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while True:
                pid = await asyncio.to_thread(self.here.leader)
                for bot in self.bots:
                    if not bot.has_ended and bot.pid == pid:
                        return bot
                await asyncio.sleep(0.2)

    def row(self, done: str, found: str, *, kept: bool) -> Row:
        longest = max(self.takeovers)
        killed = len(self.takeovers) - self.frozen
        done += f", {killed} leaders killed, {self.frozen} frozen, clocks {APART:.0f} s apart"
        limit = f"0 twice, 0 lost, {TAKEN_OVER_WITHIN:.0f} s"
        kept = kept and longest <= TAKEN_OVER_WITHIN
        found += f", take-over ≤ {longest:.1f} s"
        return self.here.case.row("R7", done, found, limit, kept=kept)


async def noticed_by_two(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home, start=MONDAY) as here:
        notice = notices.for_citizens(here, here.people(case.size(300, 10_000)))
        pair = Pair(here, {"SEND_PER_SECOND": str(case.size(40, 200))})
        await pair.start()
        await notice.announce()
        kills = case.size(2, 8)
        for n in range(kills):
            await notice.reaches((n + 1) * len(notice.recipients) // (kills + 2))
            await (pair.freeze_leader() if n % 2 else pair.lose_leader())
        settled = await here.has_settled(within=PATIENCE)
        found = notice.reckon()
        kept = settled and found.is_clean and found.unknown <= kills * BULK_IN_FLIGHT
        return [pair.row(f"notice to {len(notice.recipients)}", str(found), kept=kept)]


async def reminded_by_two(case: Case, url: str, home: Path) -> list[Row]:
    """One morning's letter to each: whatever falls due on it is in that one."""
    people, kills = case.size(60, 3000), case.size(1, 3)
    due_at = plans.announced_at(plans.working_days(MONDAY, 1)[0])
    plan = plans.write(home / "plan.toml", plans.working_days(MONDAY, 1))
    async with stage(case, url, home, start=due_at - BEFORE) as here:
        citizens = here.people(people)
        pair = Pair(here, plan)
        # Schedules begin with the first start, and that has to be before any of them is due.
        here.move_to(due_at - timedelta(hours=1))
        await pair.bots[0].start()
        await pair.bots[0].is_up()
        await pair.bots[0].terminate(within=60)
        here.move_to(due_at - BEFORE)
        await pair.start()
        first = here.clock.until(due_at) + time.monotonic()
        for n in range(kills):
            async with asyncio.timeout(PATIENCE):
                while len(here.telegram.sent) < 1 + n * people // (kills + 1):
                    await here.telegram.world.changed.wait()
            await pair.lose_leader()
        settled = await here.has_settled(within=PATIENCE)
        name = plans.name_of(0)
        told = Counter(each.chat_id for each in here.telegram.sent if name in each.text)
        unknown = here.outbox().get("unknown", 0)
        wanted = {citizen.chat_id for citizen in citizens}
        missing = len(wanted - told.keys())
        twice = sum(count > 1 for count in told.values())
        early = sum(each.at < first for each in here.telegram.sent)
        busiest = notices.busiest_second(here.telegram.sent, wanted)
        found = f"{twice} twice, {missing} missing of {unknown} unknown, {early} early"
        found += f", ≤ {busiest}/s to a chat"
        kept = settled and not (twice or early) and missing <= unknown <= kills * BULK_IN_FLIGHT
        done = f"morning letters to {people}"
        return [pair.row(done, found, kept=kept and busiest <= 1)]
