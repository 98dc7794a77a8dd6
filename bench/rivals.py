"""What the bot is measured beside: bare durable transactions, and stock aiogram in memory."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Message, Update

from bench.still import TOKEN
from storage.database import PRAGMAS

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
