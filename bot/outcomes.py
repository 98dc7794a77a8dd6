"""What became of one send, told apart by what the next step must be."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    DeleteMessage,
    EditMessageCaption,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import Message as Posted

from bot.session import never_connected

Message = (
    SendMessage | SendDocument | SendPhoto | EditMessageText | EditMessageCaption | DeleteMessage
)


class Fate(StrEnum):
    SENT = "sent"
    SLOW_DOWN = "slow down"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    REJECTED = "rejected"
    TOKEN = "token refused"  # noqa: S105 - a word for an outcome, no secret
    RETRY = "retry"
    OFFLINE = "offline"
    HELD_BACK = "held back"
    UNKNOWN = "unknown"


FATES: dict[type[Exception], Fate] = {
    TelegramForbiddenError: Fate.UNREACHABLE,
    TelegramUnauthorizedError: Fate.TOKEN,
    TelegramNotFound: Fate.TOKEN,
    TelegramBadRequest: Fate.REJECTED,
    TelegramServerError: Fate.RETRY,
    TelegramEntityTooLarge: Fate.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    fate: Fate
    detail: str = ""
    message_id: int | None = None
    retry_after: float = 0


async def attempt(bot: Bot, message: Message) -> Outcome:
    """One try at one message; formatting that Telegram refuses is sent once as plain text."""
    outcome = await _once(bot, message)
    if outcome.fate is Fate.REJECTED and "message is not modified" in outcome.detail:
        return Outcome(Fate.SENT)  # It reads already as it should.
    if outcome.fate is Fate.REJECTED and "can't parse entities" in outcome.detail:
        return await _once(bot, message.model_copy(update={"parse_mode": None}))
    return outcome


async def _once(bot: Bot, message: Message) -> Outcome:
    try:
        sent: Any = await bot(message)
    except (AiogramError, OSError) as error:
        return _judge(error)
    return Outcome(Fate.SENT, message_id=sent.message_id if isinstance(sent, Posted) else None)


def _judge(error: Exception) -> Outcome:
    detail = error.message if isinstance(error, TelegramAPIError) else type(error).__name__
    match error:
        case TelegramRetryAfter(retry_after=seconds):
            return Outcome(Fate.SLOW_DOWN, detail, retry_after=seconds)
        case TelegramMigrateToChat(migrate_to_chat_id=new):
            return Outcome(Fate.MOVED, str(new))
        case _:
            return Outcome(_fate(error, detail), detail)


def _fate(error: Exception, detail: str) -> Fate:
    """Unknown is what may have been delivered: time-outs, resets, a gateway's own page."""
    if isinstance(error, TelegramBadRequest) and "chat not found" in detail:
        return Fate.UNREACHABLE
    if never_connected(error):
        return Fate.OFFLINE
    for kind, fate in FATES.items():
        if isinstance(error, kind):
            return fate
    return Fate.UNKNOWN
