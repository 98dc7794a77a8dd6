"""What the people were told beside what the database holds, after the bot was ended many times."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from sqlmodel import col, select

from bench.chaos import Chaos
from bench.crowd import Crowd
from bench.process import BotProcess
from storage.database import Database
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.tables import Figure, Report

IN_FLIGHT = 16
"""Replies that can be on the wire at once: the most that one crash can have said twice."""


@dataclass
class Trial:
    """One crowd, one process that is ended again and again, one reckoning."""

    bot: BotProcess
    crowd: Crowd
    database: Database
    random: Random
    strikes: int
    within: float
    exit_codes: list[int] = field(default_factory=list)

    async def run(self, end: Callable[[], Awaitable[object]], early: float) -> None:
        chaos = Chaos(self.bot, self.crowd, self.random, self.messages, self.strikes, early)
        await self.bot.start()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.crowd.talk(self.within))
            group.create_task(chaos.run(end))
        await self.terminate()

    async def kill(self) -> None:
        await self.bot.kill()

    async def terminate(self) -> None:
        self.exit_codes.append(await self.bot.terminate())

    @property
    def messages(self) -> int:
        return sum(1 + 2 * len(each.citizen.codes) for each in self.crowd.respondents.values())

    def given(self) -> dict[tuple[str, str], list[str]]:
        """(agency, indicator) → the one answer that was given and confirmed, in its own words."""
        return {
            (each.citizen.agency_id, code): [each.answer_to(code)]
            for each in self.crowd.respondents.values()
            for code in each.citizen.codes
        }

    def kept(self, *, as_words: bool) -> dict[tuple[str, str], list[str]]:
        """The same from the database, superseded rows included: an answer that was applied
        twice has two.
        """
        query = select(Report.agency_id, Figure).join(
            Figure, col(Figure.report_id) == col(Report.id)
        )
        found: dict[tuple[str, str], list[str]] = {}
        with self.database.transaction() as session:
            for agency_id, row in session.exec(query):
                figure = row.words if as_words else f"{row.numerator}/{row.denominator}"
                found.setdefault((agency_id, row.indicator), []).append(figure)
        return found

    def untold(self) -> list[tuple[int, str]]:
        """Answers whose receipt never came."""
        told = self.crowd.receipts()
        people = self.crowd.respondents.values()
        asked = [(each.citizen.chat_id, code) for each in people for code in each.citizen.codes]
        return [answer for answer in asked if told[answer] == 0]

    def repeated(self) -> int:
        """Messages of the bot that came a second time: sent, and ended before it was noted."""
        return len(self.crowd.telegram.sent) - self._outbox().get("sent", 0)

    def unsettled(self) -> dict[str, int]:
        """What is left over where nothing should be."""
        with self.database.transaction() as session:
            inbox = Inbox(session)
            left = {"unfinished": inbox.unfinished(), "dead": inbox.dead()}
        left |= self._outbox()
        left.pop("sent")
        left["unconfirmed"] = len(self.crowd.telegram.world.updates)
        return {name: count for name, count in left.items() if count}

    def is_sound(self) -> bool:
        """SQLite's own check of the whole file."""
        if not self.database.is_sqlite:
            return True
        with self.database.engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"

    def _outbox(self) -> dict[str, int]:
        with self.database.transaction() as session:
            return Outbox(session).counts()
