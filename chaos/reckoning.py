"""What the people were told beside what the database holds, after the bot was ended many times."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sqlmodel import col, select

from bench.crowd import Crowd
from bench.process import BotProcess
from chaos.stage import Stage
from chaos.strikes import Hits, Strikes
from storage.database import Database
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.tables import Figure, Report

IN_FLIGHT = 16
"""Replies that can be on the wire at once: the most that one crash can have said twice."""

Kept = dict[tuple[str, str], list[str]]


@dataclass
class Trial:
    """One crowd, one process that is ended again and again, one reckoning."""

    stage: Stage
    bot: BotProcess
    crowd: Crowd
    strikes: int
    within: float
    exit_codes: list[int] = field(default_factory=list)
    ending: list[float] = field(default_factory=list)
    """Seconds that each polite end took."""
    hits: Hits = field(init=False)

    def __post_init__(self) -> None:
        self.hits = Hits(self.stage)

    async def run(self, end: Callable[[], Awaitable[object]], early: float) -> None:
        strikes = Strikes(
            self.bot, self.crowd, self.stage.random, self.messages, self.strikes, early
        )
        if self.bot.has_ended:
            await self.bot.start()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.crowd.talk(self.within))
            group.create_task(strikes.run(end))
        await self.stage.has_settled(self.within)
        await self.bot.is_up()
        await self.terminate()

    async def kill(self) -> None:
        await self.hits.kill(self.bot)

    async def terminate(self) -> None:
        start = time.monotonic()
        self.exit_codes.append(await self.bot.terminate(within=60))
        self.ending.append(time.monotonic() - start)

    @property
    def database(self) -> Database:
        return self.stage.database

    @property
    def messages(self) -> int:
        return sum(1 + 2 * len(each.citizen.codes) for each in self.crowd.respondents.values())

    def given(self) -> Kept:
        """(agency, indicator) → the one answer that was given and confirmed, in its own words."""
        return {
            (each.citizen.agency_id, code): [each.answer_to(code)]
            for each in self.crowd.respondents.values()
            for code in each.citizen.codes
        }

    def lost(self) -> int:
        """Answers that are not there as they were given, as words and as figures."""
        words, figures = (kept(self.database, as_words=which) for which in (True, False))
        return sum(
            answer[0] not in words.get(place, ()) or answer[0] not in figures.get(place, ())
            for place, answer in self.given().items()
        )

    def twice(self) -> int:
        """Rows beside the one that each answer should have: applied twice, or somebody else's."""
        found = kept(self.database, as_words=True)
        return sum(map(len, found.values())) - len(self.given().keys() & found.keys())

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
        left.pop("sent", None)
        left["unconfirmed"] = len(self.crowd.telegram.world.updates)
        return {name: count for name, count in left.items() if count}

    def _outbox(self) -> dict[str, int]:
        with self.database.transaction() as session:
            return Outbox(session).counts()


def kept(database: Database, *, as_words: bool) -> Kept:
    """(agency, indicator) → what the database holds, superseded rows included: an answer that
    was applied twice has two.
    """
    query = select(Report.agency_id, Figure).join(Figure, col(Figure.report_id) == col(Report.id))
    found: Kept = {}
    with database.transaction() as session:
        for agency_id, row in session.exec(query):
            figure = row.words if as_words else f"{row.numerator}/{row.denominator}"
            found.setdefault((agency_id, row.indicator), []).append(figure)
    return found


def is_sound(database: Database) -> bool:
    """SQLite's own check of the whole file; a server looks after its own."""
    if not database.is_sqlite:
        return True
    with database.engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
