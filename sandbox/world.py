"""The world behind the Bot API: people, chats, messages. Knows neither HTTP nor the wall clock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.chats import Chat, Message
from sandbox.checks import Words, plain
from sandbox.commands import Commands
from sandbox.counts import Request, Sent
from sandbox.files import Files
from sandbox.refusals import bad_request
from sandbox.updates import MESSAGE_LIFE, PRESS_LIFE, Updates
from sandbox.waking import Signal

Json = dict[str, Any]

DEFAULT_CONNECTIONS = 40


@dataclass(frozen=True, slots=True)
class Press:
    chat: Chat
    at: datetime


@dataclass(slots=True)
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    last_error: tuple[int, str] | None = None


@dataclass(slots=True, kw_only=True)
class World:
    bot: Json
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    updates: Updates
    chats: dict[int, Chat] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    commands: Commands = field(default_factory=Commands)
    webhook: Webhook = field(default_factory=Webhook)
    presses: dict[str, Press] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    changes: int = 0
    changed: Signal = field(default_factory=Signal)
    asked: Signal = field(default_factory=Signal)  # fired by the server for each request

    def chat(self, chat_id: int | None) -> Chat:
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def enter(self, person: Json) -> Chat:
        """A person the bot may write to: someone who has opened the chat with it."""
        return self.chats.setdefault(person["id"], Chat(person["id"], person))

    def post(
        self, chat: Chat, sender: Json, words: Words, attachment: Json | None = None
    ) -> Message:
        message = Message(
            chat, chat.next_id(), sender, self.second(), words, attachment=attachment or {}
        )
        chat.messages[message.message_id] = message
        message.said = message.changed = self.touch()
        return message

    def touch(self) -> int:
        """Counts a change and wakes those who watch."""
        self.changes += 1
        self.changed.fire()
        return self.changes

    def reword(self, message: Message, words: Words, keyboard: Json | None) -> None:
        if (message.text, message.entities) != (words.text, words.entities):
            message.said = self.changes + 1
        message.words, message.keyboard = words, keyboard
        message.edit_date = self.second()
        message.changed = self.touch()

    def remove(self, message: Message) -> None:
        del message.chat.messages[message.message_id]
        message.chat.deleted.append((self.touch(), message.message_id))

    def notify(self, press_id: str, text: str) -> None:
        press = self.presses.get(press_id)
        if press is None or self.now() - press.at > PRESS_LIFE:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if text:
            press.chat.notices.append((self.touch(), text))

    def say(
        self,
        chat: Chat,
        text: str,
        attachment: Json | None = None,
        *,
        marks: Iterable[Json] = (),
        reply_to: Message | None = None,
    ) -> Message:
        message = self.post(chat, chat.person, plain(text, marks), attachment)
        message.reply_to = reply_to
        self._tell(chat, "message", message.as_json())
        return message

    def correct(self, message: Message, text: str) -> None:
        self.reword(message, plain(text), None)
        self._tell(message.chat, "edited_message", message.as_json())

    def press(self, message: Message, data: str) -> None:
        chat = message.chat
        press_id = f"{chat.chat_id}{len(self.presses) + 1:08}"
        self.presses[press_id] = Press(chat, self.now())
        body = {
            "id": press_id,
            "from": chat.person,
            "message": message.as_json(),
            "chat_instance": f"-{chat.chat_id}",
            "data": data,
        }
        self.updates.add("callback_query", body, PRESS_LIFE, ("press", chat.chat_id))

    def set_blocked(self, chat: Chat, *, blocked: bool) -> None:
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        member = {"user": self.bot, "status": "member"}
        kicked = {"user": self.bot, "status": "kicked", "until_date": 0}
        old, new = (member, kicked) if blocked else (kicked, member)
        body = {
            "chat": chat.as_json(),
            "from": chat.person,
            "date": self.second(),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self._tell(chat, "my_chat_member", body)

    def _tell(self, chat: Chat, kind: str, body: Json) -> None:
        self.updates.add(kind, body, MESSAGE_LIFE, ("chat", chat.chat_id))

    def second(self) -> int:
        return int(self.now().timestamp())
