"""Choosing the handler of a turn: all conversations in order, looked through in one go."""

from dataclasses import dataclass
from typing import Any, ClassVar

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Filter
from aiogram.types import TelegramObject

from handlers.commands import Command
from handlers.talk import Talk, Turn
from plan.catalogue import Catalogue
from storage.people import Member

HEARD = ("message", "edited_message", "callback_query")


@dataclass(frozen=True, slots=True)
class Scene:
    """What filters look at."""

    talk: Talk
    turn: Turn
    step: str | None
    chosen: str | None
    command: Command | None
    member: Member | None
    catalogue: Catalogue
    notice: int | None = None
    """The notice whose message these words answer."""


class Plain(Filter):
    """A filter that is a plain function, as handlers are."""

    costly: ClassVar[bool] = False
    """Asked after those that are not: the order of filters changes nothing but the time."""

    def fits(self, scene: Scene) -> bool:
        raise NotImplementedError

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        return self.fits(scene)


class Switchboard(Router):
    """aiogram walks from router to router and awaits each filter of each handler, its arguments
    picked by name: seventy times for one message, longer than reading and keeping an answer takes.
    """

    def __init__(self, *routers: Router) -> None:
        super().__init__(name="root")
        self.include_routers(*routers)
        self._handlers = {
            kind: [(each, _plain(each)) for at in self.chain_tail for each in _of(at, kind)]
            for kind in HEARD
        }

    async def propagate_event(
        self,
        update_type: str,
        event: TelegramObject,
        **kwargs: Any,  # noqa: ANN401 - aiogram's own workflow data
    ) -> object:
        scene = kwargs["scene"]
        for handler, filters in self._handlers.get(update_type, ()):
            for each in filters:
                if not each.fits(scene):
                    break
            else:
                try:
                    return await handler.call(event, **kwargs)
                except SkipHandler:
                    continue
        return UNHANDLED


def _of(router: Router, kind: str) -> list[HandlerObject]:
    return router.observers[kind].handlers


def _plain(handler: HandlerObject) -> list[Plain]:
    filters = [each.callback for each in handler.filters or ()]
    plain = [each for each in filters if isinstance(each, Plain)]
    if len(plain) < len(filters):
        raise TypeError(f"a filter of {handler.callback} is not plain: {filters}")
    return sorted(plain, key=lambda each: each.costly)
