"""Making the files that people asked for: a job of its own, so that no conversation waits for it.

What was asked for is a row, so a restart in the middle loses nothing: it is made anew. Whatever is
read is read piece by piece on a desk; cells are filled on a thread beside it.
"""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import structlog
from aiogram.methods import SendMessage
from sqlmodel import Session

from bot.clock import Clock
from bot.desk import Desk
from bot.handling import queue_reply
from bot.leasing import Tenure
from bot.rehearsal import Rehearsal
from bot.rulebook import Rulebook
from bot.waiting import either
from handlers.errands.asking import REHEARSAL, may_have, parcel
from handlers.errands.making import MAKERS
from handlers.errands.material import Material
from handlers.language import DEFAULT, Markup, Words, words_for
from handlers.reminding import rehearsed
from handlers.reminding.rehearsed import Rehearsed, Telling
from storage.database import Database
from storage.errands import DROPPED, FAILED, MADE, WANTED, Errands
from storage.files import Files
from storage.outbox import Outbox
from storage.people import People
from storage.tables import Errand

T = TypeVar("T")
log = structlog.get_logger()
PAUSES = tuple(timedelta(seconds=pause) for pause in (5, 60))


class Runner:
    def __init__(
        self,
        database: Database,
        desk: Desk,
        clock: Clock,
        files: Files,
        rulebook: Rulebook,
        *,
        wake_sender: Callable[[], None],
        tenure: Tenure,
    ) -> None:
        """Of several processes the one that ticks makes them."""
        self.database, self.desk, self.clock = database, desk, clock
        self.files, self.rulebook = files, rulebook
        self.wake_sender, self.tenure = wake_sender, tenure
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Makes files until cancelled; what was cut off is made anew after the next start."""
        while True:
            self.wake.clear()
            if not self.tenure.held() or not await self.round():
                await either(self.wake, 5.0)

    async def round(self) -> int:
        """Looks after one of them, if there is any; returns how many that were."""
        row = await self.desk.run(self._do, lambda session: Errands(session).next(self.clock()))
        if row is None:
            return 0
        if row.state != WANTED:
            await asyncio.to_thread(self.files.remove, row.name)
            await self.desk.run(self._do, lambda session: Errands(session).forget(row.id or 0))
            return 1
        try:
            said, data = await self._made(row)
        except Exception:
            # One file that cannot be made must not hold up the others.
            log.exception("file not made", errand_id=row.id, kind=row.kind)
            await self.desk.run(self._do, lambda session: self._try_later(session, row))
            return 1
        if data:
            await asyncio.to_thread(self.files.keep, row.name, data)
        await self.desk.run(self._do, lambda session: self._settle(session, row, said, data))
        self.wake_sender()
        return 1

    async def _made(self, row: Errand) -> tuple[list[Markup], bytes]:
        """What is said before the file, and the file; nothing for whom it is no more."""
        words = await self.desk.run(self._do, lambda session: _words_for(session, row))
        if words is None:
            return [], b""
        if row.kind == REHEARSAL:
            return await self._rehearsed(row, words)
        write = await self.desk.run(self._do, lambda session: self._gathered(session, row, words))
        return [], await asyncio.to_thread(write)

    async def _rehearsed(self, row: Errand, words: Words) -> tuple[list[Markup], bytes]:
        """Batch by batch: between two of them the desk is free for whoever writes meanwhile."""
        first, last = (date.fromisoformat(row.wanted[name]) for name in ("first", "last"))
        batches = Rehearsal(self.database, self.rulebook, first, last).batches()
        letters: list[Rehearsed] = []
        while (batch := await self.desk.run(next, batches, None)) is not None:
            letters += batch
        told = Telling(words, self.rulebook(), self.rulebook.catalogue)
        said = rehearsed.summary(told, first, last, letters)
        return said, await asyncio.to_thread(rehearsed.workbook, told, letters)

    def _gathered(self, session: Session, row: Errand, words: Words) -> Callable[[], bytes]:
        self.rulebook.refresh(session)
        kept = self.rulebook.catalogue, self.rulebook()
        return MAKERS[row.kind](row, Material(session, words, *kept, self.clock()))

    def _settle(self, session: Session, row: Errand, said: list[Markup], data: bytes) -> None:
        """The file and the letter that brings it, in one commit."""
        state = MADE if data else DROPPED
        if not Errands(session).settle(row.id or 0, state) or not data:
            return
        outbox, now = Outbox(session), self.clock()
        for number, text in enumerate(said, 1):
            letter = SendMessage(chat_id=row.address, text=text, parse_mode="HTML")
            queue_reply(outbox, f"errand:{row.id}:{number}", letter, now)
        queue_reply(outbox, f"errand:{row.id}", parcel(row), now)

    def _try_later(self, session: Session, row: Errand) -> None:
        now, tries = self.clock(), row.attempts + 1
        if tries <= len(PAUSES):
            Errands(session).again(row.id or 0, tries, now + PAUSES[row.attempts])
        elif Errands(session).settle(row.id or 0, FAILED):
            words = _words_for(session, row) or words_for(DEFAULT)
            told = words(
                "The file that you asked for could not be made. Please ask for it again; if it "
                "fails once more, tell whoever runs the system."
            )
            letter = SendMessage(chat_id=row.address, text=told, parse_mode="HTML")
            queue_reply(Outbox(session), f"errand:{row.id}", letter, now)

    def _do(self, work: Callable[[Session], T]) -> T:
        with self.database.transaction() as session:
            found = work(session)
            session.flush()
            session.expunge_all()
            return found


def _words_for(session: Session, row: Errand) -> Words | None:
    """Of whoever asked; None where they may not have it any more."""
    member = People(session).at(row.channel, row.address)
    return words_for(member.language) if member and may_have(member, row) else None
