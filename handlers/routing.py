"""Registering plain functions as handlers, and the filters that choose between them."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from aiogram import Router
from aiogram.filters import Filter
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod
from aiogram.types import TelegramObject

from handlers.files.parcels import Parcel
from handlers.language import PAGE
from handlers.switchboard import Plain, Scene
from handlers.talk import Talk, Turn

Reply = TelegramMethod[Any] | Parcel
Replies = Reply | list[Reply] | None
Handler = Callable[..., Any]


def say(router: Router, handler: Handler, *filters: Filter) -> None:
    """Registers a plain function for typed texts and for presses alike.

    aiogram would push a plain function through a thread, away from the desk and its
    transaction; here it runs in place. It is given, by name, what its signature asks for.
    """
    wanted = tuple(inspect.signature(handler).parameters)

    async def run(_event: TelegramObject, **data: Any) -> list[Reply]:  # noqa: ANN401 - aiogram's own workflow data
        return _all(handler(**{name: data[name] for name in wanted}), data["turn"], data["talk"])

    for observer in (router.message, router.edited_message, router.callback_query):
        observer.register(run, *filters)


def _all(replies: Replies, turn: Turn, talk: Talk) -> list[Reply]:
    """What the handler said, and the small courtesies that every press is owed."""
    found = _joined([*talk.heading, *as_list(replies)])
    if turn.press_id is None:
        return found
    answered = any(isinstance(reply, AnswerCallbackQuery) for reply in found)
    courtesy = [] if answered else [AnswerCallbackQuery(callback_query_id=turn.press_id)]
    return [*found, *courtesy, *(talk.clear_buttons() if turn.pressed else [])]


def as_list(replies: Replies) -> list[Reply]:
    if replies is None:
        return []
    return replies if isinstance(replies, list) else [replies]


def _joined(replies: list[Reply]) -> list[Reply]:
    """A line and the question after it are one message: one sound on the phone, not two.

    Only where nothing is lost: no buttons on the first, and short enough together.
    """
    found: list[Reply] = []
    for reply in replies:
        before = found[-1] if found else None
        if isinstance(before, SendMessage) and isinstance(reply, SendMessage):
            text = f"{before.text}\n\n{reply.text}"
            alike = (before.chat_id, before.parse_mode) == (reply.chat_id, reply.parse_mode)
            if alike and before.reply_markup is None and len(text) <= PAGE:
                found[-1] = reply.model_copy(update={"text": text})
                continue
        found.append(reply)
    return found


@dataclass(frozen=True)
class At(Plain):
    """The open question is one of these, and what came is an answer to it, no command."""

    steps: tuple[str, ...]

    def __init__(self, *steps: str) -> None:
        object.__setattr__(self, "steps", steps)

    def fits(self, scene: Scene) -> bool:
        # An edited message is not an answer: it may be an edit of yesterday's.
        fit = scene.command is None and scene.turn.kind == "text"
        return fit and scene.step in self.steps


@dataclass(frozen=True)
class Open(Plain):
    """The open question is one of these, whatever came: for commands inside a dialogue."""

    steps: tuple[str, ...]

    def __init__(self, *steps: str) -> None:
        object.__setattr__(self, "steps", steps)

    def fits(self, scene: Scene) -> bool:
        return scene.step in self.steps


@dataclass(frozen=True)
class Chose(Plain):
    """One of these options was pressed or typed; with none named, any option."""

    keys: tuple[str, ...]

    def __init__(self, *keys: str) -> None:
        object.__setattr__(self, "keys", keys)

    def fits(self, scene: Scene) -> bool:
        return scene.chosen is not None and (not self.keys or scene.chosen in self.keys)


@dataclass(frozen=True)
class Asked(Plain):
    """One of these commands was typed, with or without its slash, or pressed as a link."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", names)

    def fits(self, scene: Scene) -> bool:
        return scene.command is not None and scene.command.name in self.names


@dataclass(frozen=True)
class May(Plain):
    """The person holds one of these roles now: asked afresh at each message and press."""

    costly: ClassVar[bool] = True
    roles: tuple[str, ...]

    def __init__(self, *roles: str) -> None:
        object.__setattr__(self, "roles", roles)

    def fits(self, scene: Scene) -> bool:
        return scene.member is not None and scene.member.may(*self.roles)


@dataclass(frozen=True)
class Lacks(Plain):
    """The person holds none of these roles now."""

    costly: ClassVar[bool] = True
    roles: tuple[str, ...]

    def __init__(self, *roles: str) -> None:
        object.__setattr__(self, "roles", roles)

    def fits(self, scene: Scene) -> bool:
        return scene.member is None or not scene.member.may(*self.roles)


@dataclass(frozen=True)
class Pressed(Plain):
    """A button that belongs to no open question: old, foreign or pressed before."""

    def fits(self, scene: Scene) -> bool:
        return scene.turn.pressed is not None and scene.chosen is None


@dataclass(frozen=True)
class AboutNotice(Plain):
    """Words written as an answer to a notice's own message, and no command."""

    def fits(self, scene: Scene) -> bool:
        turn = scene.turn
        return scene.notice is not None and turn.kind == "text" and scene.command is None


@dataclass(frozen=True)
class Attached(Plain):
    """A photo or file, with words under it or without; also whatever else an album holds."""

    def fits(self, scene: Scene) -> bool:
        sent = scene.turn.attachment
        return sent is not None and bool(sent.remote_id or sent.album)


@dataclass(frozen=True)
class Kind(Plain):
    """What was sent: `text`, `edited`, `file`, `fetched`, or something that is none of these."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)

    def fits(self, scene: Scene) -> bool:
        return scene.turn.kind in self.kinds
