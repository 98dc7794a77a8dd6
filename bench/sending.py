"""The bot as it is, but for its clock, which begins in office hours: notices leave at any time.

`python -m bench.sending`; with a number, so many messages by aiogram alone instead.
"""

import asyncio
import gc
import signal
import sys

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bench import still, town
from bot.app import App, build_bot
from bot.clock import system_clock
from bot.running import run
from bot.settings import Settings

IN_FLIGHT = 195


async def whole(settings: Settings) -> None:
    ahead = still.NOW - system_clock()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await run(App(settings, clock=lambda: system_clock() + ahead), stop)


async def bare(settings: Settings, count: int) -> None:
    """As many on the wire as the bot has at its fastest, of the same make: two buttons, a line in
    bold. Nothing is kept, there is no pace.
    """
    bot, numbers = build_bot(settings), iter(range(count))
    pressed = [
        InlineKeyboardButton(text=label, callback_data=f"c123456:{label} 1")
        for label in ("danhan", "hoi")
    ]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[pressed])
    marks = [MessageEntity(type="bold", offset=0, length=30)]

    async def one_after_the_other() -> None:
        for number in numbers:
            chat = town.FIRST_CHAT + 1 + number
            await bot.send_message(chat, "x" * 80, entities=marks, reply_markup=keyboard)

    await asyncio.gather(*(one_after_the_other() for _ in range(IN_FLIGHT)))
    await bot.session.close()


if __name__ == "__main__":
    gc.freeze()
    asyncio.run(
        bare(Settings(), int(sys.argv[1])) if len(sys.argv) > 1 else whole(Settings()),
    )
