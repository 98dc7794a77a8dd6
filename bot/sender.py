"""The only place that talks to Telegram: lanes, pace, and an honest account of each message.

A letter is marked `sending`, committed, before the wire is touched. Outcomes are written and
the next letters taken in one transaction. Telegram has no idempotency for sends, so what is
ambiguous becomes `unknown` instead of being guessed at.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from aiogram import Bot
from sqlmodel import Session

from bot.clock import Clock
from bot.desk import Desk
from bot.leasing import Tenure
from bot.metrics import Metrics
from bot.outcomes import Fate, Message, Outcome, attempt
from bot.pace import Pace, PerChat
from bot.session import Session as Line
from bot.settling import TOKEN_PAUSE, Result, settle
from bot.waiting import either
from bot.wording import Prepare, put_into_words
from storage.database import Database
from storage.leases import Leases
from storage.letters import Lane
from storage.outbox import Letter, Outbox
from storage.pauses import paused_for

log = structlog.get_logger()
REPLIES_IN_FLIGHT = 16
MANY = 4
"""On the wire at once: then it is worth while to wait for more of them to come back."""
QUIET_SECONDS = 1.0
OFFLINE_LEAST, OFFLINE_MOST = 2.0, 60.0
# Long enough to learn of a connection that does not come about: that letter never left.
STOPPING = Line.connect_seconds + 1.0


class Sender:
    def __init__(
        self,
        bot: Bot,
        database: Database,
        desk: Desk,
        clock: Clock,
        prepare: Prepare,
        *,
        pace: Pace,
        per_chat: PerChat,
        bulk_in_flight: int,
        office_open: Callable[[datetime], bool],
        trusts: Callable[[datetime], bool],
        tenure: Tenure,
        metrics: Metrics,
    ) -> None:
        """While the clock is not trusted nothing leaves but replies, and nothing is too late."""
        self.bot, self.database, self.desk, self.clock = bot, database, desk, clock
        self.prepare, self.pace, self.per_chat = prepare, pace, per_chat
        self.bulk_in_flight = bulk_in_flight
        self.office_open, self.trusts = office_open, trusts
        self.replies_in_flight = max(REPLIES_IN_FLIGHT, bulk_in_flight)
        self.tenure, self.metrics = tenure, metrics
        self.wake = asyncio.Event()
        self.stopping = False
        self._turn = asyncio.Lock()
        self._results: list[Result] = []
        self._flying: dict[asyncio.Task[None], Letter] = {}
        self._ashore: set[asyncio.Task[None]] = set()
        self._offline = 0.0
        self._fence = 0
        self._careful = False
        self._more = False
        self.token_refused = False

    async def round(self) -> int:
        """Writes down what has come back, takes the next letters and lets them go."""
        async with self._turn:
            results, self._results = self._results, []
            bulk = sum(letter.lane > Lane.REPLY for letter in self._flying.values())
            replies = self.replies_in_flight - (len(self._flying) - bulk)
            # In a halt they would wait marked as leaving, and a crash would make them unknown.
            idle = self.stopping or not self.tenure.held() or bool(self.pace.halted_for())
            room = (0, 0) if idle else (replies, self.bulk_in_flight - bulk)
            if not results and room == (0, 0):
                self._more = False
                return 0
            aboard = {each.id for each in self._flying.values()}
            try:
                found, leaving = await self.desk.run(self._turn_over, results, aboard, *room)
            except BaseException:
                # The database is away: what has come back must still be written down later.
                self._results = [*results, *self._results]
                self._careful = True
                raise
            self._careful = False
            self._more = len(leaving) < found
            for letter, message in leaving:
                task = asyncio.create_task(self._fly(letter, message, self._fence))
                self._flying[task] = letter
                task.add_done_callback(self._landed)
            return len(leaving) + len(results)

    async def flush(self) -> None:
        """Rounds until nothing that is due is left and nothing is on the wire."""
        while await self.round() or self._flying or await self._rested():
            if self._flying:
                await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)

    async def _rested(self) -> bool:
        """After the moment that follows taking over, where letters wait for its end."""
        seconds = self.pace.halted_for()
        if not self._more or not 0 < seconds <= QUIET_SECONDS:
            return False
        await self.pace.sleep(seconds)
        return True

    async def run(self) -> None:
        """Sends until `stop`; looks again at least every second.

        Stop it before cancelling it: in the middle of a round, letters marked `sending` would
        never leave, and what came back would never be written down.
        """
        while not self.stopping:
            self.wake.clear()
            await self.round()
            # What lands, and what is queued, wakes it. Only letters that were dropped leave room
            # behind which others wait in silence.
            if not self._more:
                await either(self.wake, min(1.0, self.pace.halted_for() or 1.0))
            if len(self._flying) >= MANY:
                await self.pace.breathe()

    async def stop(self, seconds: float = STOPPING) -> None:
        """Takes nothing new, lets what is on the wire come back, writes it down.

        What still waits for its turn, perhaps for the end of a halt, goes back into the queue.
        """
        self.stopping = True
        async with self._turn:
            flying = list(self._flying)
        for task in self._ashore:
            task.cancel()
        if flying:
            await asyncio.wait(flying, timeout=seconds)
        await self.round()

    def _turn_over(
        self, results: list[Result], aboard: set[int], replies: int, bulk: int
    ) -> tuple[int, list[tuple[Letter, Message]]]:
        """How many letters were found, and those of them that leave; `aboard` are on the wire."""
        now = self.clock()
        bulk = bulk if self.trusts(now) else 0
        due: Sequence[Letter] = []
        leaving: list[tuple[Letter, Message]] = []
        with self.database.transaction() as session:
            settle(results, session, now)
            fence = self._takes_its_turn(session) if replies or bulk else None
            if fence is not None:
                outbox = Outbox(session, fence)
                if self._careful:
                    # Of a round that failed, or of which only the end of the commit was not seen.
                    outbox.call_back(aboard)
                due = self._due(outbox, now, replies, bulk)
                # The one before was asked to wait, or may have sent just now.
                if not self.pace.halted_for():
                    worded = put_into_words(due, self.prepare, outbox, now, careful=self._careful)
                    moved = outbox.sending([letter for letter, _ in worded], now)
                    leaving = [each for each in worded if each[0].id in moved]
        # Not before the commit: else what another left on the wire might stay there for ever.
        self._fence = fence or self._fence
        return len(due), leaving

    def _due(self, outbox: Outbox, now: datetime, replies: int, bulk: int) -> Sequence[Letter]:
        # What was queued in office hours may still be here when the office has closed.
        silent, busy = not self.office_open(now), self.per_chat.busy()
        return outbox.due(now, replies=replies, bulk=bulk, busy=busy, silent=silent)

    def _takes_its_turn(self, session: Session) -> int | None:
        """The fence under which this process is the sender, and stays it until the transaction
        ends; None where it is not.

        A new holder first settles what the one before left on the wire.
        """
        fence = self.tenure.fence
        leases = Leases(session, self.clock())
        if fence is None or not leases.holds(self.tenure.name, fence):
            return None
        if fence != self._fence:
            resent, unknown = Outbox(session, fence).recover()
            self.metrics.left_unknown(unknown)
            if resent or unknown:
                log.warning("left on the wire by another", resent=resent, unknown=unknown)
            self.pace.halt(paused_for(session, self.clock()).total_seconds())
            if not leases.alone:
                # What another may have sent in this very second counts for the pace, too.
                self.pace.halt(QUIET_SECONDS)
        return fence

    async def _fly(self, letter: Letter, message: Message, fence: int) -> None:
        if not await self._turn_comes() or self.stopping or not self.tenure.held():
            held_back = Outcome(Fate.HELD_BACK, "called back before its turn")
            self._results.append(Result(letter, fence, held_back))
            return
        try:
            outcome = await attempt(self.bot, message)
        except Exception as error:
            # Whatever went wrong, it went wrong after the letter was marked as leaving.
            log.exception("send failed", outbox_id=letter.id)
            outcome = Outcome(Fate.UNKNOWN, type(error).__name__)
        self._results.append(Result(letter, fence, self._heed(outcome)))
        if outcome.fate is Fate.UNKNOWN and letter.on_unknown == "hold":
            self.metrics.left_unknown(1)
        if letter.lane > Lane.REPLY:
            self.per_chat.sent(letter.address)

    async def _turn_comes(self) -> bool:
        """False where the sender is stopped before: the wire has not been touched."""
        task = asyncio.current_task()
        if self.stopping or task is None:
            return False
        self._ashore.add(task)
        try:
            return await self.pace.turn()
        except asyncio.CancelledError:
            if not self.stopping:
                raise
            return False
        finally:
            self._ashore.discard(task)

    def _heed(self, outcome: Outcome) -> Outcome:
        """What one letter meets holds for those behind it."""
        self.metrics.sent(outcome.fate.value)
        if outcome.fate is Fate.OFFLINE:
            return replace(outcome, retry_after=self._wait_for_the_line(outcome.detail))
        self._offline = 0.0
        self.token_refused = outcome.fate is Fate.TOKEN
        if outcome.fate is Fate.SLOW_DOWN:
            self.metrics.waited(outcome.retry_after)
            self.pace.halt(outcome.retry_after)
        elif outcome.fate is Fate.TOKEN:
            log.error("Telegram refuses the token: nothing is sent until it is right again")
            self.pace.halt(TOKEN_PAUSE)
        return outcome

    def _wait_for_the_line(self, detail: str) -> float:
        """Seconds until the next try; they double from failure to failure."""
        # Letters that left together fail together: that is one failure, not many.
        if not self.pace.halted_for():
            self._offline = min(max(self._offline * 2, OFFLINE_LEAST), OFFLINE_MOST)
            self.pace.halt(self._offline)
            log.warning("Telegram is out of reach", detail=detail, again_in=self._offline)
        return max(self._offline, OFFLINE_LEAST)

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]
        self.wake.set()
