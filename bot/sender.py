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
from storage.database import Database
from storage.leases import Leases
from storage.letters import Lane
from storage.outbox import Letter, Outbox
from storage.pauses import paused_until

log = structlog.get_logger()
REPLIES_IN_FLIGHT = 16
MANY = 4
"""On the wire at once: then it is worth while to wait for more of them to come back."""
QUIET_SECONDS = 1.0
OFFLINE_LEAST, OFFLINE_MOST = 2.0, 60.0
# Long enough to learn of a connection that does not come about: that letter never left.
STOPPING = Line.connect_seconds + 1.0

Render = Callable[[Letter], Message | str]
"""The message of a letter as it is true now, or the reason why it is not sent any more."""
Prepare = Callable[[Sequence[Letter], Session, datetime], Render]
"""What the letters of one round have in common is looked up once."""


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
        tenure: Tenure,
        metrics: Metrics,
    ) -> None:
        self.bot, self.database, self.desk, self.clock = bot, database, desk, clock
        self.prepare, self.pace, self.per_chat = prepare, pace, per_chat
        self.bulk_in_flight, self.office_open = bulk_in_flight, office_open
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
            try:
                found, leaving = await self.desk.run(self._turn_over, results, *room)
            except BaseException:
                # The database is away: what has come back must still be written down later.
                self._results = [*results, *self._results]
                raise
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
        self, results: list[Result], replies: int, bulk: int
    ) -> tuple[int, list[tuple[Letter, Message]]]:
        """How many letters were found, and those of them that leave."""
        now = self.clock()
        with self.database.transaction() as session:
            settle(results, session, now)
            if not (replies or bulk) or not self._takes_its_turn(session):
                return 0, []
            outbox = Outbox(session, self._fence)
            leaving = []
            # What was queued in office hours may still be here when the office has closed.
            silent = not self.office_open(now)
            busy = self.per_chat.busy()
            due = outbox.due(now, replies=replies, bulk=bulk, busy=busy, silent=silent)
            if self.pace.halted_for():
                return len(due), []  # The one before was asked to wait, or may have sent just now.
            render = self.prepare(due, session, now)
            for letter in due:
                message = self._text_of(letter, render, now)
                if isinstance(message, Message):
                    leaving.append((letter, message))
                else:
                    state, reason = message
                    outbox.drop(letter.id, state, reason)
            moved = outbox.sending([letter for letter, _ in leaving], now)
        return len(due), [each for each in leaving if each[0].id in moved]

    def _takes_its_turn(self, session: Session) -> bool:
        """Whether this process is the sender, and stays it until the transaction ends.

        A new holder first settles what the one before left on the wire.
        """
        fence = self.tenure.fence
        leases = Leases(session, self.clock())
        if fence is None or not leases.holds(self.tenure.name, fence):
            return False
        if fence != self._fence:
            resent, unknown = Outbox(session, fence).recover()
            self.metrics.left_unknown(unknown)
            if resent or unknown:
                log.warning("left on the wire by another", resent=resent, unknown=unknown)
            self._wait_as_asked(session)
            if not leases.alone:
                # What another may have sent in this very second counts for the pace, too.
                self.pace.halt(QUIET_SECONDS)
            self._fence = fence
        return True

    def _wait_as_asked(self, session: Session) -> None:
        """Telegram told the one before, and remembers; a process that was killed does not."""
        until = paused_until(session)
        if until is not None:
            self.pace.halt((until - self.clock()).total_seconds())

    def _text_of(self, letter: Letter, render: Render, now: datetime) -> Message | tuple[str, str]:
        if letter.send_by_at is not None and letter.send_by_at < now:
            return "expired", "past its time"
        try:
            message = render(letter)
        except Exception:
            # One letter that cannot be put into words must not hold up all others.
            log.exception("letter not worded", outbox_id=letter.id)
            return "failed", "cannot be put into words"
        if isinstance(message, str):
            return "cancelled", message
        # The row knows better than the text where to: the chat may have moved since.
        return message.model_copy(update={"chat_id": letter.address})

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
