"""Which of all handlers a turn goes to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Command
from aiogram.types import Chat, Message
from sqlmodel import Session
from typing_extensions import override

from bot.app import App
from handlers.routing import say
from handlers.switchboard import Plain, Scene, Switchboard
from handlers.talk import Talk, Turn
from plan.catalogue import Catalogue
from storage.conversations import Conversations

TURN = Turn("telegram", "101", "xin chào")
NOW = datetime(2024, 9, 16, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Fits(Plain):
    it_does: bool

    @override
    def fits(self, scene: Scene) -> bool:
        return self.it_does


class Choice:
    """Routers of one handler each, the names of those who were asked, and a way to ask."""

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self.talk = Talk(TURN, Conversations(session), NOW, lambda: "token")
        self.scene = Scene(self.talk, TURN, None, None, None, None, catalogue)
        self.routers: list[Router] = []
        self.asked: list[str] = []

    def add(self, name: str, *, fits: bool = True, skips: bool = False) -> None:
        def answer() -> None:
            self.asked.append(name)
            if skips:
                raise SkipHandler

        self.routers.append(Router())
        say(self.routers[-1], answer, Fits(fits))

    async def ask(self, kind: str = "message") -> object:
        message = Message(message_id=1, date=NOW, chat=Chat(id=101, type="private"))
        data = {"scene": self.scene, "turn": TURN, "talk": self.talk}
        return await Switchboard(*self.routers).propagate_event(kind, message, **data)


@pytest.fixture
def choice(app: App) -> Iterator[Choice]:
    with app.database.transaction() as session:
        yield Choice(session, app.services.catalogue)


async def test_the_first_that_fits_answers(choice: Choice) -> None:
    choice.add("first", fits=False)
    choice.add("second")
    choice.add("third")
    assert await choice.ask() == []
    assert choice.asked == ["second"]


async def test_who_passes_leaves_it_to_the_next_that_fits(choice: Choice) -> None:
    choice.add("first", skips=True)
    choice.add("second", fits=False)
    choice.add("third")
    await choice.ask()
    assert choice.asked == ["first", "third"]


async def test_where_nobody_answers_that_is_said(choice: Choice) -> None:
    choice.add("first", fits=False)
    assert await choice.ask() is UNHANDLED


async def test_what_the_bot_does_not_talk_about_goes_to_nobody(choice: Choice) -> None:
    choice.add("first")
    assert await choice.ask("poll") is UNHANDLED
    assert choice.asked == []


def test_a_filter_of_another_kind_is_refused_at_the_start() -> None:
    router = Router()
    router.message.register(test_where_nobody_answers_that_is_said, Command("start"))
    with pytest.raises(TypeError, match="not plain"):
        Switchboard(router)
