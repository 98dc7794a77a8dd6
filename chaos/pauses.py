"""R6: the pauses that Telegram asks for, each of its own length; some outlive the process."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from sqlmodel import col, select

from bench.process import BotProcess
from chaos.report import Row
from chaos.stage import BULK_IN_FLIGHT, PATIENCE, Patience, Stage, StalledError
from sandbox.counts import Request
from sandbox.faults import Fault, Kind
from sandbox.refusals import RefusalError
from storage.tables import OutboxRow

SHORT, LONG = (1,), (3, 4, 5)
"""Seconds. A process that was killed is back within two: only a long one is still there then."""
ON_THE_WIRE = 0.5
"""Seconds in which what had left before the pause was heard of may still arrive."""
SLACK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """`until` is its end, or the moment from which on nobody is left who has heard of it."""

    at: float
    until: float


@dataclass(slots=True)
class Flood(Fault):
    """Refuses with a 429 as often as it is met, for a time that is drawn anew."""

    lengths: Sequence[int] = SHORT
    random: Random = field(default_factory=Random)
    pauses: list[Pause] = field(default_factory=list)

    def refusal(self) -> RefusalError | None:
        self.retry_after = self.random.choice(self.lengths)
        now = time.monotonic()
        self.pauses.append(Pause(now, now + self.retry_after))
        return Fault.refusal(self)


@dataclass
class Pauses:
    """All that were asked for, and the kills in their midst."""

    here: Stage
    floods: list[Flood] = field(default_factory=list)
    kills: int = 0
    unheard: int = 0

    def rain(self, chance: float, lengths: Sequence[int]) -> None:
        self.here.telegram.faults.add(self._flood(None, chance, lengths))

    async def kill_in_one(self, bot: BotProcess) -> None:
        """A moment after a long one was asked for: the answer may still be on the wire."""
        flood = self._flood(1, 1.0, LONG)
        self.here.telegram.faults.rules.insert(0, flood)
        patience = Patience(PATIENCE)
        while not flood.met:
            if patience.has_run_out(len(self.here.telegram.sent)):
                raise StalledError("nothing was sent that could have been put off")
            await asyncio.sleep(0.01)
        await asyncio.sleep(self.here.random.uniform(0, 0.3))
        await bot.kill()
        self.kills += 1
        [pause] = flood.pauses
        if not self._is_noted(pause):
            self.unheard += 1
            flood.pauses[:] = [replace(pause, until=time.monotonic())]

    def row(self) -> Row:
        pauses = [pause for flood in self.floods for pause in flood.pauses]
        early, flying = disobeyed(self.here.telegram.requests, pauses)
        done = (
            f"{len(pauses)} pauses of {SHORT[0]} to {max(LONG)} s asked for, {self.kills} kill -9"
        )
        done += f" in the midst of one, {self.unheard} of them before it was heard of"
        found = f"{early} sent before their end, {flying} were on the wire when it began"
        return self.here.case.row("R6", done, found, "0", kept=early == 0 and bool(pauses))

    def _flood(self, times: int | None, chance: float, lengths: Sequence[int]) -> Flood:
        made = Flood(
            *(Kind.FLOOD, "sendMessage"),
            times=times,
            probability=chance,
            lengths=lengths,
            random=self.here.random,
        )
        self.floods.append(made)
        return made

    def _is_noted(self, pause: Pause) -> bool:
        """Whether a letter that was put off until its end had been written down."""
        ends_at = self.here.clock() + timedelta(seconds=pause.until - time.monotonic())
        query = select(OutboxRow.id).where(
            col(OutboxRow.state) == "queued",
            col(OutboxRow.error).is_not(None),
            col(OutboxRow.not_before_at) >= ends_at - SLACK,
        )
        with self.here.database.transaction() as session:
            return session.exec(query).first() is not None


def disobeyed(requests: Iterable[Request], pauses: Iterable[Pause]) -> tuple[int, int]:
    """Whatever was written to a chat before the end of a pause, beyond what was on the wire when
    that was asked for; and how many were on the wire.
    """
    times = [each.at for each in requests if each.chat_id is not None]
    early = flying = 0
    for pause in pauses:
        within = [at for at in times if pause.at < at < pause.until]
        left = sum(at < pause.at + ON_THE_WIRE for at in within[: BULK_IN_FLIGHT - 1])
        flying += left
        early += len(within) - left
    return early, flying
