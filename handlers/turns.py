"""What a person did, read from an update of Telegram: typed, sent, edited or pressed."""

from dataclasses import replace

from aiogram.types import CallbackQuery, Message, Update

from handlers.files.attachments import Attachment, attached_to
from handlers.talk import COMMAND, Turn
from storage.withheld import MARK

CHANNEL = "telegram"


def turn_of(update: Update) -> Turn | None:
    """The turn a private chat's update is, or None for what the bot does not talk about."""
    message = update.message or update.edited_message
    if message is not None and message.chat.type == "private":
        if fetched := (update.model_extra or {}).get("fetched"):
            return Turn(CHANNEL, str(message.chat.id), kind="fetched", file=fetched)
        return _typed(message, edited=update.edited_message is not None)
    press = update.callback_query
    if press is not None and press.message and press.message.chat.type == "private":
        return _pressed(press)
    return None


def _typed(message: Message, *, edited: bool) -> Turn:
    name = message.from_user.full_name if message.from_user else ""
    if (message.model_extra or {}).get(MARK):
        parts = Attachment(MARK, album=message.media_group_id or "")
        return Turn(CHANNEL, str(message.chat.id), kind=MARK, full_name=name, attachment=parts)
    turn = Turn(
        CHANNEL,
        str(message.chat.id),
        message.text or message.caption or "",
        written_id=message.message_id,
        full_name=name,
        entities=message.entities or message.caption_entities or (),
        replies_to=message.reply_to_message.message_id if message.reply_to_message else None,
    )
    attachment = attached_to(message)
    if edited:
        return replace(turn, kind="edited")
    if attachment is None:
        return turn
    if not attachment.remote_id:
        return replace(turn, kind="other", text="", attachment=attachment)
    # The words under a photo are an answer like any other.
    return replace(turn, kind="text" if turn.text else "file", attachment=attachment)


def _pressed(press: CallbackQuery) -> Turn:
    data = press.data or ""
    shown = press.message
    turn = Turn(
        CHANNEL,
        str(shown.chat.id) if shown else "",
        press_id=press.id,
        full_name=press.from_user.full_name,
    )
    kind, _, command = data.partition(":")
    number = kind.removeprefix(COMMAND)
    if kind.startswith(COMMAND) and (not number or number.isdecimal()):
        # The same as typing it, and harmless twice: the button may stay where it is.
        return replace(turn, text=f"/{command}", proves=int(number) if number else None)
    return replace(turn, pressed=data, message_id=shown.message_id if shown else None)
