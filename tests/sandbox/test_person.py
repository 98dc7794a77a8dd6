import asyncio
from typing import Any

import pytest

from sandbox.person import Person
from tests.sandbox.api import Api

QUESTION = {"inline_keyboard": [[{"text": "✅ Đúng", "callback_data": "y"}]]}


async def ask(api: Api, text: str = "12/15?", **more: Any) -> Any:
    return await api.call("sendMessage", chat_id=101, text=text, **more)


async def test_returns_what_the_bot_newly_says(api: Api) -> None:
    async def reply() -> None:
        await ask(api, "<b>một</b>", parse_mode="HTML")
        await ask(api, "hai")

    thu = api.telegram.person(101, "Thu", settle=reply)
    await ask(api, "cũ")
    assert await thu.send("chào") == "một\n\nhai"
    assert [message.text for message in thu.messages] == ["cũ", "một", "hai"]
    assert thu.messages[1].html == "<b>một</b>"


async def test_reads_edits_and_notices_after_a_press(api: Api, lan: Person) -> None:
    async def reply() -> None:
        press = api.telegram.world.updates.made[-1]["callback_query"]["id"]
        await api.call("editMessageText", chat_id=101, message_id=1, text="Đã lưu")
        await api.call("answerCallbackQuery", callback_query_id=press, text="Xong")

    await ask(api, reply_markup=QUESTION)
    api.telegram.settle = reply
    assert await lan.click("Đúng") == "Đã lưu\n\nXong"
    assert (lan.buttons, lan.notices) == ([], ["Xong"])


async def test_silence_is_empty(lan: Person) -> None:
    assert await lan.send("có ai không") == ""


async def test_presses_the_newest_message_bearing_the_label(api: Api, lan: Person) -> None:
    for _ in range(2):
        await ask(api, reply_markup=QUESTION)
    await ask(api, "không nút")
    await lan.click("Đúng")
    await lan.click("Đúng", lan.messages[0])
    presses = [made["callback_query"] for made in api.telegram.world.updates.made]
    assert [press["message"]["message_id"] for press in presses] == [2, 1]
    assert presses[0]["data"] == "y"


async def test_names_the_buttons_at_hand(api: Api, lan: Person) -> None:
    await ask(api, reply_markup=QUESTION)
    with pytest.raises(LookupError, match="no button 'Sai'; there are \\['✅ Đúng'\\]"):
        await lan.click("Sai")


async def test_a_reply_keyboard_types_its_label(api: Api, lan: Person) -> None:
    message = await ask(api, reply_markup={"keyboard": [["Tiến độ"], [{"text": "Trợ giúp"}]]})
    assert "reply_markup" not in message
    await lan.click("Trợ")
    assert api.telegram.world.updates.made[0]["message"]["text"] == "Trợ giúp"
    await ask(api, reply_markup={"remove_keyboard": True})
    assert lan.buttons == []


async def test_waits_for_a_bot_elsewhere(api: Api, lan: Person) -> None:
    heard = asyncio.create_task(lan.hears("hai"))
    for text in ("một", "hai"):
        await ask(api, text)
    assert "hai" in await heard


async def test_hears_once_what_was_said_meanwhile(api: Api, lan: Person) -> None:
    await lan.send("chào")
    await ask(api, "một")
    assert await lan.hears() == "một"
    with pytest.raises(TimeoutError):
        await lan.hears(within=0.01)


async def test_gives_up_on_a_silent_bot(lan: Person) -> None:
    with pytest.raises(TimeoutError):
        await lan.hears(within=0.01)


async def test_who_blocked_the_bot_cannot_write_to_it(lan: Person) -> None:
    await lan.block()
    with pytest.raises(RuntimeError, match="has blocked the bot"):
        await lan.send("chào")


def test_last_of_nothing_is_an_error(lan: Person) -> None:
    with pytest.raises(LookupError, match="has said nothing to Lan"):
        _ = lan.last


async def test_commands_and_links_are_found_in_what_is_typed(api: Api, lan: Person) -> None:
    await lan.send("😀 /baocao tại https://a.vn/x.")
    (update,) = api.telegram.world.updates.made
    assert update["message"]["entities"] == [
        {"type": "bot_command", "offset": 3, "length": 7},
        {"type": "url", "offset": 15, "length": 14},
    ]
