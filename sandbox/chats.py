"""Chats and what has been said in them."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.checks import Words

Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    chat: "Chat"
    message_id: int
    sender: Json
    date: int
    words: Words
    attachment: Json = field(default_factory=dict)
    keyboard: Json | None = None
    reply_to: "Message | None" = None
    extras: Json = field(default_factory=dict)
    edit_date: int | None = None
    changed: int = 0  # the world's change that last touched it
    said: int = 0  # the change that last touched its words

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def html(self) -> str:
        return self.words.html

    @property
    def entities(self) -> list[Json]:
        return self.words.entities

    @property
    def buttons(self) -> list[list[str]]:
        rows = (self.keyboard or {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    def as_json(self) -> Json:
        words, entities = (
            ("caption", "caption_entities") if self.attachment else ("text", "entities")
        )
        optional = {
            "edit_date": self.edit_date,
            "reply_to_message": self.reply_to.as_json() if self.reply_to else None,
            words: self.words.text,
            entities: self.words.entities,
            "reply_markup": self.keyboard,
        }
        return {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat.as_json(),
            "date": self.date,
            **self.attachment,
            **{name: value for name, value in optional.items() if value},
            **self.extras,
        }


@dataclass(slots=True)
class Chat:
    chat_id: int
    person: Json
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    deleted: list[tuple[int, int]] = field(default_factory=list)  # (change, message id)
    notices: list[tuple[int, str]] = field(default_factory=list)  # (change, answer to a press)
    reply_keyboard: list[list[str]] = field(default_factory=list)
    typing_until: float = 0.0
    last_id: int = 0

    def as_json(self) -> Json:
        names = ("first_name", "last_name", "username")
        known = {name: self.person[name] for name in names if name in self.person}
        return {"id": self.chat_id, "type": "private", **known}

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.person["first_name"], self.person.get("last_name"))))

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id
