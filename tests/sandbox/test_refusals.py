from typing import Any

import pytest

from sandbox.person import Person
from tests.sandbox.api import Api, Watch

BUTTON = {"text": "Đúng", "callback_data": "y"}


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"text": "a", "parse_mode": "none"}, "unsupported parse_mode"),
        ({"text": "a", "chat_id": ""}, "chat_id is empty"),
        ({"text": "a", "chat_id": 999}, "chat not found"),
        ({"text": "a", "chat_id": "@ai"}, "chat not found"),
        ({"text": "a", "reply_parameters": {"message_id": 9}}, "message to be replied not found"),
        ({"text": "a", "reply_parameters": {}}, 'can\'t find field "message_id"'),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"text": "a", "reply_markup": []}, "object expected as reply markup"),
        (
            {"text": "a", "entities": [{"type": "bold", "offset": 9, "length": 1}]},
            "entity begins after the end of the text at UTF-16 offset 9",
        ),
        (
            {"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 9}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
        ),
    ],
)
async def test_refuses_to_send(
    api: Api, lan: Person, parameters: dict[str, Any], words: str
) -> None:
    refusal = await api.refusal("sendMessage", **({"chat_id": lan.chat_id} | parameters))
    assert refusal == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "a", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "đ" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "a", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"callback_data": "a"},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": 1, "callback_data": "a"},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        ("a", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (
            {"text": "a", "url": "ftp://a.vn"},
            "inline keyboard button URL 'ftp://a.vn' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "a", "url": "not-a-url"},
            "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_refuses_a_button(api: Api, lan: Person, button: Any, words: str) -> None:
    refusal = await api.refusal(
        "sendMessage", chat_id=lan.chat_id, text="a", reply_markup=inline(button)
    )
    assert refusal == f"Bad Request: {words}"


async def test_refuses_too_many_buttons(api: Api, lan: Person) -> None:
    markup = {"inline_keyboard": [[BUTTON]] * 101}
    refusal = await api.refusal("sendMessage", chat_id=101, text="a", reply_markup=markup)
    assert refusal == "Bad Request: REPLY_MARKUP_TOO_LONG"
    assert not lan.messages


async def test_accepts_the_longest_text_and_data(api: Api, lan: Person) -> None:
    button = {"text": "a", "callback_data": "x" * 64}
    await api.call("sendMessage", chat_id=101, text="😀" * 2048, reply_markup=inline(button))
    assert lan.buttons == [["a"]]


async def test_refuses_an_edit_that_changes_nothing(api: Api, lan: Person) -> None:
    same = {"chat_id": lan.chat_id, "text": "như cũ", "reply_markup": inline(BUTTON)}
    message = await api.call("sendMessage", **same)
    refusal = await api.refusal("editMessageText", message_id=message["message_id"], **same)
    assert refusal == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )


@pytest.mark.parametrize(
    ("method", "message_id", "words"),
    [
        ("editMessageText", 9, "message to edit not found"),
        ("editMessageReplyMarkup", 9, "message to edit not found"),
        ("deleteMessage", 9, "message to delete not found"),
        ("deleteMessage", None, "message identifier is not specified"),
        ("editMessageText", 1, "message can't be edited"),
    ],
)
async def test_refuses_a_message_it_cannot_touch(
    api: Api, lan: Person, method: str, message_id: int | None, words: str
) -> None:
    await lan.send("của Lan")
    refusal = await api.refusal(method, chat_id=101, message_id=message_id, text="mới")
    assert refusal == f"Bad Request: {words}"


async def test_refuses_to_delete_after_two_days(api: Api, lan: Person, watch: Watch) -> None:
    await api.call("sendMessage", chat_id=lan.chat_id, text="cũ")
    watch.forward(hours=48, seconds=1)
    refusal = await api.refusal("deleteMessage", chat_id=101, message_id=1)
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_refuses_an_answer_to_an_old_press(api: Api, lan: Person, watch: Watch) -> None:
    await api.call("sendMessage", chat_id=101, text="Đúng?", reply_markup=inline(BUTTON))
    await lan.click("Đúng")
    (press,) = (update["callback_query"] for update in api.telegram.world.updates.made)
    await api.call("answerCallbackQuery", callback_query_id=press["id"])
    watch.forward(seconds=151)
    refusal = await api.refusal("answerCallbackQuery", callback_query_id=press["id"])
    assert refusal == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_refuses_who_blocked_until_unblocked(api: Api, lan: Person) -> None:
    await lan.block()
    body = await api.answer("sendMessage", chat_id=101, text="a")
    assert (body["error_code"], body["description"]) == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    await lan.unblock()
    await api.call("sendMessage", chat_id=101, text="a")


async def test_counts_unknown_methods_loudly(api: Api) -> None:
    body = await api.answer("sendTelepathy")
    assert body == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }
    assert api.telegram.counts.unknown_methods == {"sendTelepathy": 1}


async def test_refuses_a_wrong_token(api: Api) -> None:
    async with api.session.get(f"{api.telegram.url}/bot1:WRONG/getMe") as response:
        assert response.status == 401
        assert (await response.json())["description"] == "Unauthorized"


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": "BaoCao", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "baocao", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "a"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_refuses_a_menu(api: Api, commands: list[Any], words: str) -> None:
    assert await api.refusal("setMyCommands", commands=commands) == f"Bad Request: {words}"
