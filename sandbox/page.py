"""The web chat: the seeded people side by side, and a clock to push. Its words live in static/."""

import json
from base64 import b64decode
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import resources
from typing import Any, Protocol
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox import files
from sandbox.chats import Chat, Message
from sandbox.parameters import Upload
from sandbox.person import Person
from sandbox.telegram import Telegram
from sandbox.world import World

Json = dict[str, Any]

HEARTBEAT_SECONDS = 15.0
STATIC = resources.files("sandbox") / "static"

_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css"}
_PHOTOS = {"image/jpeg", "image/png"}
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# Nothing from outside, not even by accident.
_SAFE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Clock(Protocol):
    def now(self) -> datetime: ...

    def push_to(self, moment: datetime, /) -> None: ...


def routes(
    telegram: Telegram,
    people: Sequence[Person],
    clock: Clock,
    next_due: Callable[[], datetime | None] | None = None,
) -> list[web.RouteDef]:
    page = _Page(telegram.world, people, clock, next_due)
    return [
        web.get("/", page.asset),
        web.get("/sandbox/static/{name}", page.asset),
        web.get("/sandbox/file/{file_id}", page.file),
        web.get("/sandbox/people", page.people),
        web.get("/sandbox/chat/{chat_id}", page.chat),
        web.get("/sandbox/events", page.events),
        web.get("/sandbox/clock", page.clock),
        web.post("/sandbox/clock", page.push),
        web.post("/sandbox/send", page.send),
        web.post("/sandbox/attach", page.attach),
        web.post("/sandbox/correct", page.correct),
        web.post("/sandbox/click", page.click),
    ]


class _Page:
    def __init__(
        self,
        world: World,
        people: Sequence[Person],
        clock: Clock,
        next_due: Callable[[], datetime | None] | None,
    ) -> None:
        self._world = world
        self._people = people
        self._clock = clock
        self._next_due = next_due

    async def asset(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        # Looked up, not joined: a name with dots and slashes in it is simply not there.
        file = next((each for each in STATIC.iterdir() if each.name == name), None)
        if file is None:
            raise web.HTTPNotFound
        kind = _TYPES[name.rpartition(".")[2]]
        return web.Response(
            body=file.read_bytes(), content_type=kind, charset="utf-8", headers=_SAFE
        )

    async def file(self, request: web.Request) -> web.Response:
        file = self._world.files.at_id(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        image = file.folder == "photos"
        name = quote(file.upload.filename)
        headers = {} if image else {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        kind = file.upload.content_type if image else "application/octet-stream"
        return web.Response(body=file.upload.data, content_type=kind, headers=_SAFE | headers)

    async def people(self, _: web.Request) -> web.Response:
        return _json(
            [
                {"id": person.chat_id, "name": person.chat.name, "about": person.about}
                for person in self._people
            ]
        )

    async def chat(self, request: web.Request) -> web.Response:
        chat = self._chat_of(request.match_info["chat_id"])
        after = int(request.query.get("after", "0"))
        messages = [each for each in chat.messages.values() if each.changed > after]
        language = chat.person.get("language_code", "")
        return _json(
            {
                "change": self._world.changes,
                "messages": [_shown(message) for message in messages],
                "deleted": [message_id for change, message_id in chat.deleted if change > after],
                "notices": [text for change, text in chat.notices if change > after],
                "commands": self._world.commands.shown_in(chat.chat_id, language),
                "keyboard": chat.reply_keyboard,
                "typing": chat.typing_until > self._world.monotonic(),
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events: the number of the newest change."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"} | _SAFE)
        await stream.prepare(request)
        told = -1
        # The reader leaves when the page is closed: that is the end, no error.
        with suppress(ConnectionError):
            while True:
                if told == self._world.changes:
                    await self._world.changed.wait(HEARTBEAT_SECONDS)
                told = self._world.changes
                await stream.write(f"data: {told}\n\n".encode())
        return stream

    async def clock(self, _: web.Request) -> web.Response:
        due = self._next_due() if self._next_due else None
        return _json(
            {
                "now": self._clock.now().timestamp(),
                "next_due": due.timestamp() if due else None,
                "offers_next": self._next_due is not None,
            }
        )

    async def push(self, request: web.Request) -> web.Response:
        wanted = await _body(request)
        try:
            self._clock.push_to(self._moment(wanted))
        except ValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        self._world.touch()
        return await self.clock(request)

    def _moment(self, wanted: Json) -> datetime:
        if "hours" in wanted:
            return self._clock.now() + timedelta(hours=float(wanted["hours"]))
        if "local" in wanted:
            return datetime.fromisoformat(wanted["local"]).replace(tzinfo=_ZONE)
        due = self._next_due() if self._next_due else None
        if due is None:
            raise ValueError("nothing is due")
        return max(due, self._clock.now())

    async def send(self, request: web.Request) -> web.Response:
        wanted = await _body(request)
        chat = self._chat_of(wanted.get("chat"))
        text = str(wanted.get("text", "")).strip()
        if text:
            self._world.say(chat, text)
        return _json({"change": self._world.changes})

    async def attach(self, request: web.Request) -> web.Response:
        """A file as JSON, its bytes in base64; what stands in the message box is its caption."""
        wanted = await _body(request)
        chat = self._chat_of(wanted.get("chat"))
        kind = str(wanted.get("type", ""))
        try:
            data = b64decode(str(wanted.get("data", "")), validate=True)
        except ValueError:
            raise web.HTTPBadRequest from None
        upload = Upload(str(wanted.get("name", "tep")), kind, data)
        if kind in _PHOTOS:
            attachment = files.photo(self._world.files.keep("photos", upload))
        else:
            attachment = files.document(self._world.files.keep("documents", upload))
        self._world.say(chat, str(wanted.get("text", "")).strip(), attachment)
        return _json({"change": self._world.changes})

    async def correct(self, request: web.Request) -> web.Response:
        """Edits a message that this person wrote."""
        wanted = await _body(request)
        message = self._chat_of(wanted.get("chat")).messages.get(wanted.get("message", 0))
        text = str(wanted.get("text", "")).strip()
        if message is None or message.from_bot or not text:
            raise web.HTTPNotFound
        self._world.correct(message, text)
        return _json({"change": self._world.changes})

    async def click(self, request: web.Request) -> web.Response:
        wanted = await _body(request)
        chat = self._chat_of(wanted.get("chat"))
        message = chat.messages.get(wanted.get("message", 0))
        data = str(wanted.get("data", ""))
        if message is None or data not in _offered(message):
            raise web.HTTPNotFound
        self._world.press(message, data)
        return _json({"change": self._world.changes})

    def _chat_of(self, chat_id: object) -> Chat:
        for person in self._people:
            if str(person.chat_id) == str(chat_id):
                return person.chat
        raise web.HTTPNotFound


def _shown(message: Message) -> Json:
    attachment = message.attachment
    sizes = attachment.get("photo", [])
    document = attachment.get("document")
    return {
        "id": message.message_id,
        "from_bot": message.from_bot,
        "date": message.date,
        "edited": message.edit_date is not None,
        "text": message.text,
        "entities": message.entities,
        "rows": (message.keyboard or {}).get("inline_keyboard", []),
        "photo": f"/sandbox/file/{sizes[-1]['file_id']}" if sizes else None,
        "document": document
        and {
            "name": document["file_name"],
            "size": document["file_size"],
            "url": f"/sandbox/file/{document['file_id']}",
        },
        "sticker": attachment.get("sticker", {}).get("emoji"),
    }


def _offered(message: Message) -> set[str]:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


async def _body(request: web.Request) -> Json:
    # A form of another site could post here, but never as JSON.
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return body


def _json(body: object) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, content_type="application/json", headers=_SAFE)
