"""R7: mornings of two processes; who decides one is killed just before it, in it, or just after."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import col, select

from bench.town import Citizen
from chaos import notices, plans
from chaos.reminders import begin
from chaos.replicas import Pair
from chaos.report import Row
from chaos.stage import (
    BULK_IN_FLIGHT,
    LOOK_SECONDS,
    MONDAY,
    Case,
    Patience,
    Stage,
    stage,
)
from storage.tables import OutboxRow

BEFORE = timedelta(seconds=15)
AROUND = 2.0
"""Seconds before and after the decision in which its maker is killed."""
WAITED = 60.0
PACE = 50
"""Letters of a morning then leave for as long as kills may come."""


@dataclass
class Mornings:
    """`missing` is by person: each of theirs has to be among the unknown."""

    here: Stage
    pair: Pair
    citizens: Sequence[Citizen]
    twice: int = 0
    early: int = 0
    undecided: int = 0
    """Kills that came before the morning was decided."""
    missing: Counter[int] = field(default_factory=Counter)

    async def pass_one(self, number: int, day: date) -> None:
        """Nobody runs while the clock is moved: here it is trusted."""
        due_at, sent = plans.announced_at(day), self.here.telegram.sent
        self.here.move_to(due_at - BEFORE)
        open_before, said = sum(self.here.outbox().values()), len(sent)
        await self.pair.start()
        await self.pair.are_ready()
        first = time.monotonic() + self.here.clock.until(due_at)
        kill_at = first + self.here.random.uniform(-AROUND, AROUND)
        await asyncio.sleep(max(kill_at - time.monotonic(), 0))
        self.undecided += sum(self.here.outbox().values()) == open_before
        await self.pair.lose_leader("ticker", sending=False)
        await self.is_told(number, said)
        self._note(number, said, first)
        await self.pair.terminate()

    def row(self, count: int) -> Row:
        lost = (self.missing - self._listed()).total()
        unknown, kills = self.here.outbox().get("unknown", 0), len(self.pair.ticks)
        wanted = {citizen.chat_id for citizen in self.citizens}
        busiest = notices.busiest_second(self.here.telegram.sent, wanted)
        found = f"{self.twice} twice, {lost} missing, {unknown} unknown, {self.early} early"
        found += f", ≤ {busiest}/s to a chat"
        kept = not (lost or self.twice or self.early) and unknown <= kills * BULK_IN_FLIGHT
        done = f"{count} mornings of {len(wanted)} people"
        done += f", a kill around each decision ({self.undecided} before it)"
        return self.pair.row(done, found, kept=kept and busiest <= 1)

    async def is_told(self, number: int, said: int = 0) -> None:
        """Or not, and the row tells how many there are."""
        patience, before = Patience(WAITED), self.here.outbox().get("unknown", 0)
        while not patience.has_run_out(count := len(self.told(number, said))):
            unknown = self.here.outbox().get("unknown", 0) - before
            if count + unknown >= len(self.citizens):
                break
            await asyncio.sleep(LOOK_SECONDS)
        await self.here.has_settled(within=WAITED)

    def told(self, number: int, said: int = 0) -> Counter[int]:
        """Another day's own morning may name this day, too."""
        sent, name = self.here.telegram.sent[said:], plans.name_of(number)
        return Counter(each.chat_id for each in sent if name in each.text)

    def _note(self, number: int, said: int, first: float) -> None:
        told = self.told(number, said)
        self.twice += sum(count > 1 for count in told.values())
        self.early += sum(each.at < first for each in self.here.telegram.sent[said:])
        self.missing.update({each.chat_id for each in self.citizens} - told.keys())

    def _listed(self) -> Counter[int]:
        """How many letters to each are shown as unknown."""
        query = select(OutboxRow.address).where(col(OutboxRow.state) == "unknown")
        with self.here.database.transaction() as session:
            return Counter(int(address) for address in session.exec(query))


async def reminded_by_two(case: Case, url: str, home: Path) -> list[Row]:
    """Whatever falls due on a morning is in one letter to each."""
    days = plans.working_days(MONDAY, case.size(1, 12))
    plan = plans.write(home / "plan.toml", days)
    async with stage(case, url, home, start=plans.announced_at(days[0]) - BEFORE) as here:
        citizens = here.people(case.size(60, 200))
        pair = Pair(here, {**plan, "SEND_PER_SECOND": str(PACE)})
        mornings = Mornings(here, pair, citizens)
        await begin(here, pair.bots[0], plans.announced_at(days[0]))
        for number, day in enumerate(days):
            await mornings.pass_one(number, day)
        return [mornings.row(len(days))]
