"""What the bot is measured beside: bare transactions, aiosqlite, stock aiogram in memory."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Message, Update
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bench.still import NOW, TOKEN
from bench.town import CHANNEL, Citizen
from storage.database import PRAGMAS
from storage.tables import Contact, Conversation, Figure, InboxRow, Membership, OutboxRow, Report

TABLES = """
CREATE TABLE inbox (id INTEGER PRIMARY KEY, payload TEXT, done INTEGER);
CREATE TABLE figure (id INTEGER PRIMARY KEY, words TEXT);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, payload TEXT);
"""


def bare_transactions(path: Path, count: int) -> float:
    """Durable transactions of three statements a second: the most the disk allows."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(TABLES)
    payload = "x" * 400
    start = perf_counter()
    for _ in range(count):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO inbox (payload, done) VALUES (?, 1)", (payload,))
        connection.execute("INSERT INTO figure (words) VALUES ('12/15')")
        connection.execute("INSERT INTO outbox (payload) VALUES (?)", (payload,))
        connection.execute("COMMIT")
    rate = count / (perf_counter() - start)
    connection.close()
    return rate


@dataclass(slots=True)
class AsyncDatabase:
    """The same work on aiosqlite and AsyncSession: rows and statements only, no conversation.

    Per answer an inbox row, three reads, a figure, the conversation, a reply, the inbox row done;
    durable, one transaction each. Nothing is parsed, chosen, understood or worded.
    """

    engine: AsyncEngine
    people: int

    @classmethod
    async def rate(cls, url: str, citizens: Sequence[Citizen], count: int) -> float:
        """Answers a second of all these people at once."""
        address = url.replace("sqlite:", "sqlite+aiosqlite:")
        # One connection, waited for in turn: of sixteen that want to write, some find the
        # database locked until their patience ends.
        engine = create_async_engine(address, pool_size=1, max_overflow=0, pool_timeout=600)
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
        this = cls(engine, len(citizens))
        await asyncio.gather(*(this.answers(citizen, 1, 0) for citizen in citizens))
        each = count // len(citizens)
        start = perf_counter()
        await asyncio.gather(*(this.answers(citizen, each, 1) for citizen in citizens))
        rate = each * len(citizens) / (perf_counter() - start)
        await engine.dispose()
        return rate

    async def answers(self, citizen: Citizen, count: int, first: int) -> None:
        for n in range(first, first + count):
            async with AsyncSession(self.engine) as session, session.begin():
                await _answer(session, citizen, n * self.people + citizen.number)


async def _answer(session: AsyncSession, citizen: Citizen, number: int) -> None:
    update_row = InboxRow(
        bot_id=1,
        update_id=number,
        user_key=str(citizen.chat_id),
        desk=0,
        payload="x" * 400,
        received_at=NOW,
        not_before_at=NOW,
    )
    session.add(update_row)
    contact = await session.get_one(Contact, (CHANNEL, str(citizen.chat_id)))
    held = select(Membership).where(Membership.person_id == contact.person_id)
    agency_id = (await session.exec(held)).one().agency_id
    report = (await session.exec(select(Report).where(Report.agency_id == agency_id))).one()
    conversation = await session.get(Conversation, (CHANNEL, str(citizen.chat_id)))
    if conversation is None:
        conversation = Conversation(
            channel=CHANNEL,
            address=str(citizen.chat_id),
            step="",
            token="",
            prompt="",
            updated_at=NOW,
        )
        session.add(conversation)
    conversation.token, conversation.prompt = f"t{number}", "x" * 300
    session.add(_figure(report.id or 0, contact.person_id, number))
    session.add(_reply(citizen, number))
    update_row.done_at = NOW


def _figure(report_id: int, person_id: int, number: int) -> Figure:
    return Figure(
        report_id=report_id,
        indicator=f"I{number}",
        state="value",
        numerator=12,
        denominator=15,
        words="12/15",
        as_of_on=NOW.date(),
        person_id=person_id,
        channel=CHANNEL,
        recorded_at=NOW,
    )


def _reply(citizen: Citizen, number: int) -> OutboxRow:
    return OutboxRow(
        dedupe_key=f"upd:{number}",
        lane=0,
        channel=CHANNEL,
        address=str(citizen.chat_id),
        kind="reply",
        payload="x" * 400,
        not_before_at=NOW,
        created_at=NOW,
    )


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API object
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def stock_aiogram(updates: Sequence[dict[str, Any]]) -> float:
    """The same messages through a Dispatcher as it comes: nothing is kept, nothing is sent."""
    return asyncio.run(_stock(updates))


async def _stock(updates: Sequence[dict[str, Any]]) -> float:
    dispatcher, bot = Dispatcher(), Bot(TOKEN)
    dispatcher.message.register(_echo)
    start = perf_counter()
    for raw in updates:
        await dispatcher.feed_update(bot, Update.model_validate(raw, context={"bot": bot}))
    return len(updates) / (perf_counter() - start)


async def _echo(message: Message) -> SendMessage:
    return message.answer(message.text or "-")
