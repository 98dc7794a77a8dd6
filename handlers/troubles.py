"""When something goes wrong: who hears of it, and in which words."""

from datetime import datetime

from aiogram.methods import SendMessage
from aiogram.types import ChatMemberUpdated

from handlers.commands import ADMIN
from handlers.context import CHANNEL
from handlers.language import DEFAULT, words_for
from storage.inbox import Waiting
from storage.people import People

GONE = {"kicked", "left"}


def dead_letter(row: Waiting, people: People) -> list[SendMessage]:
    """The person whose message could not be handled, and every admin, are told."""
    messages = []
    sender = people.at(CHANNEL, row.user_key)
    if sender is not None:
        words = words_for(sender.language)
        sorry = words(
            "Your last message could not be handled because of an error of the system, and was "
            "not recorded. What you had confirmed before is kept. The administrators have been "
            "told; please try again, or type /baocao."
        )
        messages.append(SendMessage(chat_id=row.user_key, text=sorry, parse_mode="HTML"))
    for admin in people.holding(ADMIN):
        words = words_for(DEFAULT)
        alarm = words(
            "A message could not be handled after {tries} tries (inbox no. {seq}). It is kept; "
            "the log has the reason.",
            tries=row.attempts + 1,
            seq=row.seq,
        )
        messages.append(SendMessage(chat_id=admin.address, text=alarm, parse_mode="HTML"))
    return messages


def note_membership(change: ChatMemberUpdated, people: People, now: datetime) -> None:
    """Someone blocked the bot, or took it back."""
    address = str(change.chat.id)
    if change.new_chat_member.status in GONE:
        people.unreachable(CHANNEL, address, "blocked the bot", now)
    else:
        people.reachable(CHANNEL, address)
