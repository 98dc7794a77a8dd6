"""R7: two processes on one PostgreSQL, their clocks three seconds apart, the leader killed."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from bench.process import BotProcess
from chaos import notices
from chaos.probe import Probe
from chaos.report import Row
from chaos.stage import (
    BULK_IN_FLIGHT,
    LOOK_SECONDS,
    MONDAY,
    PATIENCE,
    Case,
    Patience,
    Stage,
    StalledError,
    stage,
)

APART = 3.0
TAKEN_OVER_WITHIN = 20.0
ON_THE_WIRE = 1.0
"""What the killed one had sent may still arrive."""


class Pair:
    """`sends` and `ticks` are the seconds from each loss of a leader to its successor's: to
    Telegram's next message, or to the lease where nothing may be due; and to the ticker's lease.
    """

    def __init__(self, here: Stage, environment: dict[str, str], ports: Sequence[int] = ()) -> None:
        self.here = here
        own = [{"WEB_PORT": str(port)} for port in ports] or [{}, {}]
        first, second = ({**environment, **each} for each in own)
        self.bots = [here.bot(first), here.bot(second, ahead=APART)]
        self.sends: list[float] = []
        self.ticks: list[float] = []
        self.frozen = 0

    async def start(self) -> None:
        for bot in self.bots:
            await bot.start()
        await self.bots[0].is_up()

    async def are_ready(self) -> None:
        """Both are at work: who starts still is no successor."""
        for bot in self.bots:
            await Probe(bot).is_ready(within=PATIENCE)

    async def terminate(self) -> None:
        for bot in self.bots:
            await bot.terminate(within=60)

    async def lose_leader(self, lease: str = "sender", *, sending: bool = True) -> None:
        """Kills it, waits until the other one is at work, and starts it again."""
        bot = await self._leader(lease)
        gone = bot.pid
        await bot.kill()
        at = time.monotonic()
        await bot.start()
        await self._taken_over(at, gone, sending=sending)

    async def freeze_leader(self) -> None:
        """It knows nothing of having been replaced, and wakes up in the middle of its work."""
        bot = await self._leader()
        bot.freeze()
        await self._taken_over(time.monotonic(), bot.pid, sending=True)
        bot.thaw()
        self.frozen += 1

    async def _taken_over(self, since: float, gone: int, *, sending: bool) -> None:
        sends = self._sends_again(since) if sending else self._changes_hands("sender", gone)
        sent_at, ticked_at = await asyncio.gather(sends, self._changes_hands("ticker", gone))
        self.sends.append(sent_at - since)
        self.ticks.append(ticked_at - since)

    async def _sends_again(self, since: float) -> float:
        async with asyncio.timeout(PATIENCE):
            while (at := self._first_after(since + ON_THE_WIRE)) is None:
                await self.here.telegram.world.changed.wait()
        return at

    async def _changes_hands(self, lease: str, gone: int) -> float:
        patience = Patience(PATIENCE)
        while await asyncio.to_thread(self.here.leader, lease) in {None, gone}:
            if patience.has_run_out(0):
                raise StalledError(f"nobody takes the {lease}'s lease")
            await asyncio.sleep(LOOK_SECONDS)
        return time.monotonic()

    def _first_after(self, moment: float) -> float | None:
        return next((sent.at for sent in self.here.telegram.sent if sent.at > moment), None)

    async def _leader(self, lease: str = "sender") -> BotProcess:
        await self.are_ready()
        async with asyncio.timeout(PATIENCE):
            while True:
                pid = await asyncio.to_thread(self.here.leader, lease)
                for bot in self.bots:
                    if not bot.has_ended and bot.pid == pid:
                        return bot
                await asyncio.sleep(LOOK_SECONDS)

    def row(self, done: str, found: str, *, kept: bool) -> Row:
        killed = len(self.ticks) - self.frozen
        done += f", {killed} leaders killed, {self.frozen} frozen, clocks {APART:.0f} s apart"
        limit = f"0 twice, 0 lost, {TAKEN_OVER_WITHIN:.0f} s"
        kept = kept and max(*self.sends, *self.ticks) <= TAKEN_OVER_WITHIN
        found += f", take-over: sender {_seconds(self.sends)}, ticker {_seconds(self.ticks)}"
        return self.here.case.row("R7", done, found, limit, kept=kept)


def _seconds(found: Sequence[float]) -> str:
    return " ".join(f"{each:.1f}" for each in found) + " s"


async def noticed_by_two(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home, start=MONDAY) as here:
        notice = notices.for_citizens(here, here.people(case.size(300, 10_000)))
        pair = Pair(here, {"SEND_PER_SECOND": str(case.size(40, 200))})
        await pair.start()
        await notice.announce()
        kills = case.size(2, 12)
        for n in range(kills):
            await notice.reaches((n + 1) * len(notice.recipients) // (kills + 2))
            await (pair.freeze_leader() if n % 2 else pair.lose_leader())
        settled = await here.has_settled(within=PATIENCE)
        found = notice.reckon()
        kept = settled and found.is_clean and found.unknown <= kills * BULK_IN_FLIGHT
        return [pair.row(f"notice to {len(notice.recipients)}", str(found), kept=kept)]
