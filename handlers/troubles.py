"""When something goes wrong: who hears of it, and in which words."""

from datetime import datetime

from aiogram.methods import SendMessage
from aiogram.types import ChatMemberUpdated

from handlers.language import words_for
from handlers.turns import CHANNEL
from storage.inbox import Waiting
from storage.people import People

GONE = {"kicked", "left"}


def sorry(row: Waiting, people: People) -> SendMessage | None:
    """To the person whose message could not be handled; a stranger hears nothing."""
    sender = people.at(CHANNEL, row.user_key)
    if sender is None:
        return None
    words = words_for(sender.language)
    told = words(
        "Your last message could not be handled because of an error of the system, and was "
        "not recorded. What you had confirmed before is kept. The administrators have been "
        "told; please try again, or type /baocao."
    )
    return SendMessage(chat_id=row.user_key, text=told, parse_mode="HTML")


def too_fast(
    address: str, count: int, first_at: datetime, last_at: datetime, people: People
) -> SendMessage | None:
    """To a member whose messages were not recorded for their pace; a stranger hears nothing."""
    member = people.at(CHANNEL, address)
    if member is None:
        return None
    words = words_for(member.language)
    told = words.plural(
        "Messages came too fast: {count} message or press received between {first} and {last} "
        "was not recorded. Please check what was recorded last, and send what is missing again, "
        "a little more slowly.",
        "Messages came too fast: {count} messages or presses received between {first} and {last} "
        "were not recorded. Please check what was recorded last, and send what is missing again, "
        "a little more slowly.",
        count,
        first=words.second(first_at),
        last=words.second(last_at),
    )
    return SendMessage(chat_id=address, text=told, parse_mode="HTML")


def note_membership(change: ChatMemberUpdated, people: People, now: datetime) -> None:
    """Someone blocked the bot, or took it back."""
    address = str(change.chat.id)
    if change.new_chat_member.status in GONE:
        people.unreachable(CHANNEL, address, "blocked the bot", now)
    else:
        people.reachable(CHANNEL, address)
