"""The rival: aiogram as its manual shows it. Who writes is looked up, every message is stored in
its handler, durably, and answered.

`python -m chaos.stockbot`: settings by the same environment variables as our bot's.
"""

import asyncio
import os
from pathlib import Path

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

TABLE = "CREATE TABLE IF NOT EXISTS answer (chat_id INTEGER, text TEXT)"
LAST = "SELECT text FROM answer WHERE chat_id = ? ORDER BY rowid DESC LIMIT 1"
RECEIPT = "Đã ghi nhận "
FILE = "STOCK_FILE"


async def main() -> None:
    api = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=api))
    async with aiosqlite.connect(Path(os.environ[FILE])) as database:
        await database.execute("PRAGMA journal_mode=WAL")
        await database.execute("PRAGMA synchronous=FULL")
        await database.execute(TABLE)
        await database.commit()
        dispatcher = Dispatcher()

        @dispatcher.message()
        async def keep(message: Message) -> None:
            async with database.execute(LAST, (message.chat.id,)) as found:
                await found.fetchone()  # where they are in the conversation
            row = (message.chat.id, message.text)
            await database.execute("INSERT INTO answer VALUES (?, ?)", row)
            await database.commit()
            await message.answer(f"{RECEIPT}{message.text}")

        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
