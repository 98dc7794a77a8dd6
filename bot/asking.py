"""Who Telegram says the bot is."""

import asyncio

from bot.app import build_bot
from bot.logs import without_token
from bot.settings import Settings

SECONDS = 10


class Unanswered(Exception):  # noqa: N818 - named for what happened
    """Telegram was not reached, or knows no such bot. The message does not quote the token."""


def who_am_i(settings: Settings) -> str:
    try:
        return asyncio.run(_ask(settings))
    except Exception as error:  # noqa: BLE001 - whatever a library makes of a wrong address
        token = settings.bot_token.get_secret_value()
        words = f"{type(error).__name__}: {error}".replace(token or "<token>", "<token>")
        raise Unanswered(without_token(words)) from None


async def _ask(settings: Settings) -> str:
    bot = build_bot(settings)
    try:
        me = await bot.get_me(request_timeout=SECONDS)
    finally:
        await bot.session.close()
    return f"@{me.username}"
