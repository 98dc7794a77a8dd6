"""Someone with a phone: types, presses, reads."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from sandbox import files
from sandbox.chats import Chat, Message
from sandbox.parameters import Upload
from sandbox.world import World

Json = dict[str, Any]
Settle = Callable[[], Awaitable[None]]

TINY_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ff56c72f0d0000000049454e44ae426082"
)


class Person:
    """`settle` lets the bot finish; each verb then returns what the bot newly said."""

    def __init__(self, world: World, chat: Chat, settle: Settle, about: str = "") -> None:
        self._world = world
        self._settle = settle
        self._heard = world.changes
        self.chat = chat
        self.about = about  # a line for the chat page: who this is

    @property
    def chat_id(self) -> int:
        return self.chat.chat_id

    @property
    def messages(self) -> list[Message]:
        """What the bot has said here and not deleted."""
        return [message for message in self.chat.messages.values() if message.from_bot]

    @property
    def last(self) -> Message:
        if not self.messages:
            raise LookupError(f"the bot has said nothing to {self.chat.name}")
        return self.messages[-1]

    @property
    def buttons(self) -> list[list[str]]:
        """Labels of the newest keyboard."""
        bearing = [message for message in self.messages if message.keyboard]
        return bearing[-1].buttons if bearing else self.chat.reply_keyboard

    @property
    def notices(self) -> list[str]:
        """What answered a press without a message."""
        return [text for _, text in self.chat.notices]

    async def send(
        self, text: str, *, marks: Iterable[Json] = (), reply_to: Message | None = None
    ) -> str:
        """`marks`: formatting, as entities. `reply_to`: the message that it answers."""
        if self.chat.blocked:
            raise RuntimeError(f"{self.chat.name} has blocked the bot")
        said: Json = {"marks": [*marks], "reply_to": reply_to}
        return await self._do(lambda: self._world.say(self.chat, text, **said))

    async def click(self, label: str, message: Message | None = None) -> str:
        """LookupError, naming the labels at hand, when no button has the label in it."""
        candidates = [message] if message else list(reversed(self.messages))
        found = [(each, data) for each in candidates for data in _pressable(each, label)]
        if found:
            return await self._do(lambda: self._world.press(*found[0]))
        typed = [text for row in self.chat.reply_keyboard for text in row if label in text]
        if typed and message is None:
            return await self.send(typed[0])
        at_hand = [text for candidate in candidates for row in candidate.buttons for text in row]
        raise LookupError(f"no button {label!r}; there are {at_hand}")

    async def send_photo(self, data: bytes = TINY_PNG, caption: str = "") -> str:
        file = self._world.files.keep("photos", Upload("photo.png", "image/png", data))
        return await self._do(lambda: self._world.say(self.chat, caption, files.photo(file)))

    async def send_document(
        self,
        data: bytes = b"document",
        filename: str = "document.txt",
        caption: str = "",
        content_type: str = "text/plain",
    ) -> str:
        file = self._world.files.keep("documents", Upload(filename, content_type, data))
        return await self._do(lambda: self._world.say(self.chat, caption, files.document(file)))

    async def send_album(self, *parts: bytes, caption: str = "", filename: str = "") -> str:
        """Photos, or documents where a file name is given; the words stand under the first."""
        world, album = self._world, {"media_group_id": f"{self.chat_id}{self.chat.last_id:06}"}

        def send() -> None:
            for n, data in enumerate(parts):
                upload = Upload(filename or "photo.png", "", data)
                file = world.files.keep("documents" if filename else "photos", upload)
                attachment = files.document(file) if filename else files.photo(file)
                world.say(self.chat, "" if n else caption, attachment | album)

        return await self._do(send)

    async def send_voice(self) -> str:
        file = self._world.files.keep("voices", Upload("voice.ogg", "audio/ogg", b"OggS"))
        return await self._do(lambda: self._world.say(self.chat, "", files.voice(file)))

    async def send_video(self, caption: str = "", *, rounded: bool = False) -> str:
        file = self._world.files.keep("videos", Upload("video.mp4", "video/mp4", b"ftyp"))
        attachment = files.video_note(file) if rounded else files.video(file)
        return await self._do(lambda: self._world.say(self.chat, caption, attachment))

    async def send_location(self, latitude: float = 10.776, longitude: float = 106.701) -> str:
        place = {"latitude": latitude, "longitude": longitude}
        return await self._do(lambda: self._world.say(self.chat, "", {"location": place}))

    async def send_contact(self, phone: str = "0900000000") -> str:
        contact = {"phone_number": phone, "first_name": self.chat.person["first_name"]}
        return await self._do(lambda: self._world.say(self.chat, "", {"contact": contact}))

    async def send_sticker(self, emoji: str = "👍") -> str:
        upload = Upload("sticker.webp", "image/webp", b"RIFF")
        attachment = files.sticker(self._world.files.keep("stickers", upload), emoji)
        return await self._do(lambda: self._world.say(self.chat, "", attachment))

    async def edit(self, text: str, message: Message | None = None) -> str:
        """Corrects what this person wrote, by default their newest message."""
        if message is None:
            mine = [written for written in self.chat.messages.values() if not written.from_bot]
            message = mine[-1]
        target = message
        return await self._do(lambda: self._world.correct(target, text))

    async def block(self) -> None:
        await self._do(lambda: self._world.set_blocked(self.chat, blocked=True))

    async def unblock(self) -> None:
        await self._do(lambda: self._world.set_blocked(self.chat, blocked=False))

    async def hears(self, words: str = "", within: float = 5.0) -> str:
        """What the bot, which may be another process, says until these words are in it.

        Begins where the last verb, or the last `hears`, ended; TimeoutError when they never come.
        """
        async with asyncio.timeout(within):
            while not (said := self._said_since(self._heard)) or words not in said:
                await self._world.changed.wait()
        self._heard = self._world.changes
        return said

    async def _do(self, act: Callable[[], object]) -> str:
        self._heard = self._world.changes
        act()
        await self._settle()
        if said := self._said_since(self._heard):
            self._heard = self._world.changes
        return said

    def _said_since(self, before: int) -> str:
        said = [(message.said, message.text) for message in self.messages if message.said > before]
        said += [notice for notice in self.chat.notices if notice[0] > before]
        return "\n\n".join(text for _, text in sorted(said))


def _pressable(message: Message, label: str) -> list[str]:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return [
        button["callback_data"]
        for row in rows
        for button in row
        if label in button["text"] and "callback_data" in button
    ]
