"""A notice as one receiver gets it: filled, with its formatting, picture or file, and buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, TypeAlias

from aiogram.methods import (
    DeleteMessage,
    EditMessageCaption,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters

from handlers.language import Words
from handlers.reminding.greeting import form
from handlers.talk import COMMAND
from plan.notices.texts import (
    CAPTION_MOST,
    MESSAGE_MOST,
    bold,
    fill,
    joined,
    opens_a_sentence,
    units,
)
from storage.broadcasts import Content

Sent: TypeAlias = SendMessage | SendPhoto | SendDocument
Method: TypeAlias = Sent | EditMessageText | EditMessageCaption | DeleteMessage
Marked: TypeAlias = tuple[str, Sequence[Mapping[str, Any]]]
IN_SENTENCES = ("xung_ho", "de_nghi")


@dataclass(frozen=True, slots=True)
class Receiver:
    full_name: str
    address_form: str
    agency: str
    deadline: str
    below: bool = False
    """Of an agency that the standing agency guides."""


def values(words: Words, receiver: Receiver) -> dict[str, str]:
    """What the placeholders stand for. Vietnamese people are called by the given name."""
    names = receiver.full_name.split()
    return {
        "xung_ho": unescape(form(words, receiver.address_form)),
        "ten": names[-1] if names else "",
        "don_vi": receiver.agency,
        "de_nghi": asks(words, below=receiver.below),
        "han": receiver.deadline,
    }


def asks(words: Words, *, below: bool) -> str:
    """How an agency is asked for something, by where it stands to the standing agency."""
    return unescape(words("is requested") if below else words("is kindly requested"))


def filled(content: Content, known: Mapping[str, str]) -> Marked:
    first = {
        name: known[name][:1].upper() + known[name][1:]
        for name in IN_SENTENCES
        if opens_a_sentence(content.text, name)
    }
    return fill(content.text, content.entities, {**known, **first})


def whole(words: Words, content: Content, body: Marked, *, title: str = "") -> Marked:
    """With the line above that says whose word it is, and for campaigns how to be spared them."""
    foot = words("To get no notices of campaigns, type /tatthongbao.")
    last = (unescape(foot), ()) if content.kind == "campaign" else ("", ())
    return joined([(title, ()), bold(unescape(head(words, content))), body, last])


def head(words: Words, content: Content) -> str:
    match content.way:
        case "again":
            return words("Repeated: notice no. {n} of the standing agency", n=content.follows)
        case "reply" | "edit":
            return words("Corrected: notice no. {n} of the standing agency", n=content.follows)
    return words("Notice from the standing agency")


def most(content: Content) -> int:
    """UTF-16 units of one message."""
    return CAPTION_MOST if content.media else MESSAGE_MOST


def room(words: Words, content: Content) -> int:
    """Units left for the text itself."""
    text, _ = whole(words, content, ("x", ()))
    return most(content) - units(text) + 1


def buttons(words: Words, content: Content, *, answers: bool) -> InlineKeyboardMarkup | None:
    """`answers`: with those by which the receiver confirms and asks."""
    rows = []
    if answers:
        rows.append(
            [
                _pressed(words("Received"), f"danhan {content.root}"),
                _pressed(words("Ask about it"), f"hoi {content.root}"),
            ]
        )
    if content.link_url:
        rows.insert(0, [InlineKeyboardButton(text=content.link_label, url=content.link_url)])
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def sent(
    content: Content,
    said: Marked,
    keyboard: InlineKeyboardMarkup | None,
    *,
    reply_to: int | None = None,
) -> Sent:
    """Where to, the letter says."""
    text, marks = said
    entities = [MessageEntity(**mark) for mark in marks]
    common: dict[str, Any] = {"chat_id": 0, "reply_markup": keyboard}
    if reply_to is not None:
        # Somebody may have deleted it; the correction concerns them all the same.
        common["reply_parameters"] = ReplyParameters(
            message_id=reply_to, allow_sending_without_reply=True
        )
    if content.media == "photo":
        return SendPhoto(photo=content.media_id, caption=text, caption_entities=entities, **common)
    if content.media == "document":
        return SendDocument(
            document=content.media_id, caption=text, caption_entities=entities, **common
        )
    return SendMessage(text=text, entities=entities, **common)


def reworded(message: Sent, said: Marked) -> Sent:
    """The same for another receiver: a copy costs a fraction of making one."""
    text, marks = said
    entities = [MessageEntity(**mark) for mark in marks]
    if isinstance(message, SendMessage):
        return message.model_copy(update={"text": text, "entities": entities})
    return message.model_copy(update={"caption": text, "caption_entities": entities})


def edited(
    content: Content, said: Marked, keyboard: InlineKeyboardMarkup | None, message_id: int
) -> EditMessageText | EditMessageCaption:
    text, marks = said
    entities = [MessageEntity(**mark) for mark in marks]
    if content.media:
        return EditMessageCaption(
            chat_id=0,
            message_id=message_id,
            caption=text,
            caption_entities=entities,
            reply_markup=keyboard,
        )
    return EditMessageText(
        chat_id=0, message_id=message_id, text=text, entities=entities, reply_markup=keyboard
    )


def _pressed(label: str, command: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=unescape(label), callback_data=f"{COMMAND}:{command}")
