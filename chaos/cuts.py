"""R9: the database is away while people type and a notice runs: in the midst of their commits."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from bench.process import BotProcess
from chaos import notices
from chaos.hasty import QUESTIONS, Hasty
from chaos.notices import Notice
from chaos.probe import Probe
from chaos.proxy import HOST, Proxy
from chaos.reckoning import is_sound, kept
from chaos.report import Row
from chaos.stage import BULK_IN_FLIGHT, MONDAY, PATIENCE, Case, Stage, stage

YEAR = 2024
CAUGHT_UP_WITHIN = 60.0
PER_SECOND = 50.0
POSTGRES_PORT = 5432
PACE = 250
"""Five times what people type: what a minute has left waiting has to leave within one."""
BEFORE = 2.0
"""Seconds in which people type before the first cut."""
AGAIN, APART = (5.0, 12.0), (1.0, 6.0)
"""Seconds of the later cuts, and between them."""


@asynccontextmanager
async def held(here: Stage, proxy: Proxy | None) -> AsyncIterator[None]:
    """On SQLite by another connection's lock; on PostgreSQL the way to it is cut."""
    if proxy:
        await proxy.cut()
        yield
        await proxy.open()
        return
    with here.database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")  # begins, and a transaction here is immediate
        yield
        connection.rollback()


@asynccontextmanager
async def way_to(url: str) -> AsyncIterator[tuple[str, Proxy | None]]:
    """The database's address, and what can cut it off."""
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        yield url, None
        return
    async with Proxy([made.port or POSTGRES_PORT], made.host or HOST) as proxy:
        through = made.set(host="127.0.0.1", port=proxy.port)
        yield through.render_as_string(hide_password=False), proxy


@dataclass
class Siege:
    """`cuts` are the seconds of each; `refused` is what Telegram heard of the webhook."""

    here: Stage
    bot: BotProcess
    proxy: Proxy | None
    hasty: Hasty
    later: Hasty
    """Those who type through all cuts but the first."""
    notice: Notice
    probe: Probe
    cuts: list[float]
    refused: str = ""
    took: float = 0.0
    settled: bool = False

    async def play(self) -> None:
        await self.bot.start()
        await self.probe.is_ready(within=PATIENCE)
        await self.notice.announce()
        watching = asyncio.create_task(self.probe.run())
        typing = asyncio.create_task(self.hasty.type(PER_SECOND))
        await asyncio.sleep(BEFORE)
        await self.notice.reaches(len(self.notice.recipients) // 20)
        await self._cut(self.cuts[0])
        await typing
        back = time.monotonic()
        await self.hasty.is_answered(within=PATIENCE)
        self.took = time.monotonic() - back
        await self._cut_again()
        await self.probe.is_ready(within=PATIENCE)
        watching.cancel()
        self.settled = await self.here.has_settled(within=CAUGHT_UP_WITHIN)

    async def _cut(self, seconds: float) -> None:
        async with held(self.here, self.proxy):
            await asyncio.sleep(seconds)
            error = self.here.telegram.world.webhook.last_error
            self.refused = self.refused or (error[1] if error else "")

    async def _cut_again(self) -> None:
        """Others type, and it is cut off before they are through, again and again."""
        typing = asyncio.create_task(self.later.type(PER_SECOND))
        for seconds in self.cuts[1:]:
            await asyncio.sleep(self.here.random.uniform(*APART))
            await self._cut(seconds)
        await typing
        await self.later.is_answered(within=PATIENCE)

    def rows(self) -> list[Row]:
        lengths = f"{self.cuts[0]:.0f} s"
        if len(self.cuts) > 1:
            lengths += f", and {len(self.cuts) - 1} × {AGAIN[0]:.0f} to {AGAIN[1]:.0f} s"
        done = f"{len(self.given())} answers at {PER_SECOND:.0f}/s, database away {lengths}"
        return [self._answers(done), self._noticed()]

    def given(self) -> dict[tuple[str, str], list[str]]:
        return self.hasty.given() | self.later.given()

    def _answers(self, done: str) -> Row:
        found, given = kept(self.here.database, as_words=True), self.given()
        lost = sum(answer[0] not in found.get(place, ()) for place, answer in given.items())
        twice = sum(len(found.get(place, ())) > 1 for place in given)
        ready, alive = sorted(self.probe.ready), sorted(self.probe.alive)
        told = f"{lost} lost, {twice} twice, caught up in {self.took:.1f} s, /readyz {ready}"
        told += f", /healthz {alive}" + ("" if self.settled else ", NOT SETTLED")
        well = not (lost or twice or self.bot.has_ended) and self.took <= CAUGHT_UP_WITHIN
        well = well and self.settled and 503 in ready and alive == [200]
        well = well and is_sound(self.here.database)
        if self.here.case.intake == "webhook":
            told += f", Telegram was told: {self.refused.rpartition(': ')[2] or 'nothing'}"
            well = well and "503" in self.refused
        limit = f"0, 0, {CAUGHT_UP_WITHIN:.0f} s, 503, 200"
        return self.here.case.row("R9", done, told, limit, kept=well)

    def _noticed(self) -> Row:
        """What is on the wire when the database goes away is written down when it is back; only a
        commit that was cut in its midst may leave letters of which nobody knows.
        """
        reckoned, most = self.notice.reckon(), BULK_IN_FLIGHT * len(self.cuts)
        clean = self.settled and reckoned.is_clean and reckoned.unknown <= most
        done = f"notice to {len(self.notice.recipients)} through {len(self.cuts)} cuts"
        limit = f"0 twice, 0 lost, unknown ≤ {BULK_IN_FLIGHT} a cut"
        return self.here.case.row("R9", done, str(reckoned), limit, kept=clean)


async def without_database(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home, start=MONDAY) as here, way_to(url) as (way, proxy):
        random = here.random
        cuts = [float(case.size(8, 60)), *(random.uniform(*AGAIN) for _ in range(case.size(0, 5)))]
        through = _people(BEFORE + cuts[0])
        later = _people(sum(cuts[1:]) + sum(APART) / 2 * (len(cuts) - 1))
        citizens = here.people(through + later + case.size(300, 4_000), QUESTIONS)
        bot = here.bot({"SEND_PER_SECOND": str(PACE)}, url=way)
        siege = Siege(
            *(here, bot, proxy),
            Hasty(here.telegram, citizens[:through], YEAR),
            Hasty(here.telegram, citizens[through : through + later], YEAR),
            notices.for_citizens(here, citizens),
            Probe(bot),
            cuts,
        )
        await siege.play()
        return siege.rows()


def _people(seconds: float) -> int:
    """As many as it takes to type for so long."""
    return round(seconds * PER_SECOND / (1 + 2 * QUESTIONS))
