"""python-telegram-bot, written apart from aiogram and from the sandbox, reads the wire.

Every request of the bot must be one that its `Bot` could have made, and every update one that
it understands to the last field.
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
import telegram as ptb
from telegram.constants import InlineKeyboardButtonLimit, MessageLimit

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.counts import Request
from sandbox.telegram import Telegram
from storage.invites import Invites
from tests.cast import Cast
from tests.handlers.files.forms import Forms

Talk = Callable[[App, Cast], Awaitable[object]]

OBJECTS: dict[str, Callable[[Any], object]] = {
    "reply_markup": lambda value: ptb.InlineKeyboardMarkup.de_json(value, None),
    "commands": lambda value: ptb.BotCommand.de_list(value, None),
    "scope": lambda value: ptb.BotCommandScope.de_json(value, None),
}


async def a_stranger_joins(app: App, cast: Cast) -> None:
    an = cast.an()
    with app.database.transaction() as session:
        Invites(session).create("invitation", "quan-3", "focal", cast.now())
    await an.send("xin chào")
    for words in ("/start invitation", "đúng", "đồng ý", "Võ Bình An", "/menu", "/trogiup"):
        await an.send(words)
    await an.click(an.buttons[0][0])


async def a_report_is_filled_in(_: App, cast: Cast) -> None:
    lan = cast.lan()
    for words in ("/baocao", "12/15", "đúng", "50%", "<b>nhiều & lắm</b>", "12", "15"):
        await lan.send(words)
    await lan.click(lan.buttons[0][0])
    while "/10" in lan.last.text:
        await lan.click(lan.buttons[0][0])
    await lan.edit("13/15")
    await lan.click(lan.buttons[0][0])


async def a_form_goes_out_and_back(_: App, cast: Cast) -> None:
    lan = cast.lan()
    await lan.send("TV1.2 12/15\nTV9.9 <b>\nTV1.3 12")
    forms = Forms(cast.telegram)
    await forms.send(lan, await forms.ask(lan), {"TV1.3": {"met": 1, "total": 2}})


async def an_old_button_is_pressed(_: App, cast: Cast) -> None:
    lan = cast.lan()
    await lan.send("/baocao")
    old = lan.last
    await lan.send("nhiều lắm")
    await lan.click(old.buttons[0][0], old)
    await lan.click(lan.last.buttons[-1][-1])


async def the_city_is_looked_at(_: App, cast: Cast) -> None:
    hoa = cast.hoa()
    for words in ("/tiendo", "/tiendo quan 1", "/tiendo quan", "/nhiemvu", "/ngonngu en", "/menu"):
        await hoa.send(words)


async def a_notice_goes_round(app: App, cast: Cast) -> None:
    thu, lan = cast.thu(), cast.lan()
    await lan.send("/menu")
    for words in ("/thongbao", "Tuần lễ <học tập> & đọc sách 📚", "1", "1"):
        await thu.send(words)
    for _ in range(2):
        await app.tick()
        await app.pump()


async def things_that_are_no_text(_: App, cast: Cast) -> None:
    lan = cast.lan()
    await lan.send("/baocao")
    await lan.send_photo(caption="12/15")
    await lan.send_document(caption="báo cáo")
    await lan.click("Xóa tệp này")
    await lan.send_sticker()
    for send in (lan.send_voice, lan.send_video, lan.send_location, lan.send_contact):
        await send()
    await lan.block()
    await lan.unblock()


TALKS = [
    a_stranger_joins,
    a_report_is_filled_in,
    a_form_goes_out_and_back,
    an_old_button_is_pressed,
    the_city_is_looked_at,
    a_notice_goes_round,
    things_that_are_no_text,
]


@pytest.fixture(params=TALKS, ids=lambda talk: talk.__name__)
async def wire(request: pytest.FixtureRequest, app: App, cast: Cast) -> Telegram:
    """Telegram after one conversation."""
    talk: Talk = request.param
    await talk(app, cast)
    return cast.telegram


def test_asks_nothing_that_python_telegram_bot_could_not(wire: Telegram) -> None:
    assert [unknown for made in wire.requests for unknown in unknown_parameters(made)] == []


def test_sends_objects_that_python_telegram_bot_reads_whole(wire: Telegram) -> None:
    for made in wire.requests:
        assert unknown_to_ptb(list(objects(made))) == []


def test_stays_within_the_limits(wire: Telegram) -> None:
    """Of callback data in bytes, and of texts in UTF-16 units, as Telegram counts."""
    for made in wire.requests:
        text = str(made.params.get("text", "-"))
        assert 1 <= len(text.encode("utf-16-le")) // 2 <= MessageLimit.MAX_TEXT_LENGTH
        for data in callback_data(made):
            size = len(data.encode())
            assert size in range(1, InlineKeyboardButtonLimit.MAX_CALLBACK_DATA + 1)


def test_is_never_refused(wire: Telegram) -> None:
    assert [(made.method, made.params) for made in wire.requests if made.status != 200] == []


def test_every_update_is_read_whole(wire: Telegram) -> None:
    updates = [ptb.Update.de_json(each, None) for each in wire.world.updates.made]
    assert updates
    assert unknown_to_ptb(updates) == []


async def test_every_reminder_can_be_decoded(
    app: App, cast: Cast, telegram: Telegram, clock: PushedClock
) -> None:
    cast.lan()
    for _ in range(4):
        due = app.ticker.next_due(clock.now())
        clock.push_to(due)
        await app.tick()
        await app.pump()
    assert telegram.counts.requests["sendMessage"]
    for made in telegram.requests:
        assert unknown_parameters(made) == []
        assert unknown_to_ptb(list(objects(made))) == []


def unknown_parameters(made: Request) -> list[str]:
    """`method.parameter` for each that PTB's own method does not take.

    A file lies in a field of its own, to which a parameter points by `attach://`.
    """
    values = [str(value).partition("attach://") for value in made.params.values()]
    pointed = {field for before, mark, field in values if mark and not before}
    name = re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", made.method)
    taken = inspect.signature(getattr(ptb.Bot, name)).parameters
    known = {*taken, *pointed}
    return [f"{name}.{parameter}" for parameter in made.params if parameter not in known]


def objects(made: Request) -> Iterator[object]:
    for name, value in made.params.items():
        if name in OBJECTS:
            yield OBJECTS[name](value)


def callback_data(made: Request) -> list[str]:
    rows = (made.params.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row]


def unknown_to_ptb(value: object) -> list[str]:
    """Names PTB did not know, at any depth."""
    if isinstance(value, (list, tuple)):
        return [name for each in value for name in unknown_to_ptb(each)]
    if not isinstance(value, ptb.TelegramObject):
        return []
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    inner = [getattr(value, name, None) for name in slots if not name.startswith("_")]
    return [*value.api_kwargs, *unknown_to_ptb(inner)]
