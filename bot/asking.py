"""Who Telegram says the bot is."""

import asyncio

from aiogram.exceptions import AiogramError
from aiogram.utils.token import TokenValidationError

from bot.app import build_bot
from bot.logs import without_token
from bot.settings import Settings

SECONDS = 10


class Unanswered(Exception):  # noqa: N818 - named for what happened
    """Telegram was not reached, or knows no such bot."""


def who_am_i(settings: Settings) -> str:
    try:
        return asyncio.run(_ask(settings))
    except (AiogramError, TokenValidationError, OSError) as error:
        raise Unanswered(without_token(f"{type(error).__name__}: {error}")) from None


async def _ask(settings: Settings) -> str:
    bot = build_bot(settings)
    try:
        me = await bot.get_me(request_timeout=SECONDS)
    finally:
        await bot.session.close()
    return f"@{me.username}"
