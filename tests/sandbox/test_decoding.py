"""Two libraries written apart from the sandbox must read everything it says."""

from collections.abc import AsyncIterator
from typing import Any

import aiogram.methods
import pytest
import telegram as ptb
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
)

from sandbox.person import TINY_PNG, Person
from tests.sandbox.api import Api

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Đúng", callback_data="y")]]
)
MENU = [BotCommand(command="baocao", description="báo cáo")]


@pytest.fixture
async def bot(api: Api) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(api.telegram.url)
    async with AiohttpSession(api=server) as session:
        yield Bot(api.telegram.token, session=session)


async def everything_a_person_does(lan: Person, bot: Bot) -> None:
    await bot.send_message(101, "<b>Đúng</b>?", parse_mode="HTML", reply_markup=KEYBOARD)
    await lan.send("/start 😀 https://a.vn")
    await lan.edit("12/15")
    await lan.click("Đúng")
    await lan.send_photo(caption="ảnh")
    await lan.send_document(caption="tệp")
    await lan.send_sticker()
    await lan.send_album(TINY_PNG, TINY_PNG, caption="nhóm ảnh")
    await lan.send_album(b"%PDF", filename="a.pdf")
    await lan.send_voice()
    await lan.send_video()
    await lan.send_video(rounded=True)
    await lan.send_location()
    await lan.send_contact()
    await lan.block()
    await lan.unblock()


def unknown_to_ptb(value: Any) -> list[str]:
    """Names PTB did not know, at any depth."""
    if isinstance(value, (list, tuple)):
        return [name for each in value for name in unknown_to_ptb(each)]
    if not isinstance(value, ptb.TelegramObject):
        return []
    inner = [getattr(value, slot, None) for kind in type(value).__mro__ for slot in slots(kind)]
    return list(value.api_kwargs) + unknown_to_ptb(inner)


def slots(kind: type) -> list[str]:
    return [name for name in getattr(kind, "__slots__", ()) if not name.startswith("_")]


async def test_python_telegram_bot_knows_every_field_of_every_update(
    api: Api, bot: Bot, lan: Person
) -> None:
    await everything_a_person_does(lan, bot)
    made = api.telegram.world.updates.made
    updates = [ptb.Update.de_json(each, None) for each in made]
    assert unknown_to_ptb(updates) == []
    assert {update.effective_chat and update.effective_chat.id for update in updates} == {101}


async def test_aiogram_reads_every_update(api: Api, bot: Bot, lan: Person) -> None:
    await everything_a_person_does(lan, bot)
    for made in api.telegram.world.updates.made:
        update = Update.model_validate(made)
        assert (
            update.model_dump(mode="json", exclude_unset=True, by_alias=True).keys() == made.keys()
        )
        assert not update.event.model_extra


async def results(bot: Bot, lan: Person) -> list[Any]:
    """One of each method; aiogram validates every answer as the method's own type."""
    sent = await bot.send_message(101, "<b>a</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    reply = await bot.send_message(101, "đây", reply_to_message_id=sent.message_id)
    photo = await bot.send_photo(101, BufferedInputFile(TINY_PNG, "a.png"), caption="ảnh")
    file = BufferedInputFile(b"%PDF", "báo cáo.pdf")
    document = await bot.send_document(101, file, caption="<i>tệp</i>", parse_mode="HTML")
    again = await bot.send_document(101, document.document.file_id if document.document else "")
    edited = await bot.edit_message_text("b", chat_id=101, message_id=1)
    bare = await bot.edit_message_reply_markup(chat_id=101, message_id=1, reply_markup=KEYBOARD)
    scope = BotCommandScopeChat(chat_id=lan.chat_id)
    await bot.set_my_commands(MENU, scope=scope, language_code="vi")
    menu = await bot.get_my_commands(scope=scope, language_code="vi")
    await bot.delete_my_commands(scope=scope, language_code="vi")
    await bot.send_chat_action(101, "typing")
    await bot.delete_message(101, reply.message_id)
    about = [await bot.get_me(), await bot.get_chat(101), await bot.get_webhook_info()]
    return [sent, reply, photo, document, again, edited, bare, *menu, *about]


async def test_aiogram_accepts_every_result(bot: Bot, lan: Person) -> None:
    for result in await results(bot, lan):
        assert not result.model_extra, result


async def test_every_method_in_use_is_one_aiogram_has(bot: Bot, lan: Person, api: Api) -> None:
    await results(bot, lan)
    known = {name[0].lower() + name[1:] for name in aiogram.methods.__all__}
    assert set(api.telegram.counts.requests) <= known
    assert not api.telegram.counts.unknown_methods


async def test_downloads_what_was_uploaded(bot: Bot, lan: Person) -> None:
    await lan.send_document(b"12/15", "số liệu.csv")
    document = lan.chat.messages[1].attachment["document"]
    stream = await bot.download(document["file_id"])
    assert stream is not None
    assert stream.read() == b"12/15"


async def test_python_telegram_bot_drives_it_too(api: Api, lan: Person) -> None:
    base = f"{api.telegram.url}/bot"
    async with ptb.Bot(api.telegram.token, base_url=base, base_file_url=base) as bot:
        sent = await bot.send_message(
            lan.chat_id,
            "<b>a</b> 😀",
            parse_mode="HTML",
            reply_markup=ptb.InlineKeyboardMarkup.from_button(
                ptb.InlineKeyboardButton("Đúng", callback_data="y")
            ),
        )
        document = await bot.send_document(101, b"%PDF", filename="a.pdf")
        await lan.click("Đúng")
        updates = await bot.get_updates(timeout=1)
        press = updates[0].callback_query
        assert press is not None
        await press.answer("Xong")
    assert unknown_to_ptb([sent, document, *updates]) == []
    assert lan.notices == ["Xong"]


async def test_python_telegram_bot_explains_refusals(api: Api) -> None:
    async with ptb.Bot(api.telegram.token, base_url=f"{api.telegram.url}/bot") as bot:
        with pytest.raises(ptb.error.BadRequest, match="Chat not found"):
            await bot.send_message(999, "a")
