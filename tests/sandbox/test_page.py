from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from sandbox import page
from sandbox.clock import PushedClock
from sandbox.person import TINY_PNG, Person
from sandbox.telegram import Telegram
from tests.sandbox.api import MONDAY, Api, Watch

DUE = MONDAY + timedelta(days=3)
JSON = "application/json"


@pytest.fixture
async def telegram(watch: Watch) -> AsyncIterator[Telegram]:
    """The same Telegram, with the page on it."""
    telegram = Telegram(now=watch.now)
    lan = telegram.person(101, "Lan", "Nguyễn Thị", about="Đầu mối")
    clock = PushedClock(watch.now, MONDAY)
    telegram.add_routes(page.routes(telegram, [lan], clock, next_due=lambda: DUE))
    async with telegram:
        yield telegram


async def get(api: Api, path: str) -> Any:
    async with api.session.get(api.telegram.url + path) as response:
        assert response.status == 200
        return await response.json()


async def post(api: Api, path: str, **body: Any) -> int:
    async with api.session.post(api.telegram.url + path, json=body) as response:
        return response.status


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/sandbox/static/page.js", "text/javascript"),
        ("/sandbox/static/chat.js", "text/javascript"),
        ("/sandbox/static/rich.js", "text/javascript"),
        ("/sandbox/static/wire.js", "text/javascript"),
        ("/sandbox/static/chat.css", "text/css"),
    ],
)
async def test_serves_its_files_and_lets_nothing_else_in(api: Api, path: str, kind: str) -> None:
    async with api.session.get(api.telegram.url + path) as response:
        assert (response.status, response.content_type) == (200, kind)
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "http://" not in (await response.text()).replace("http://www.w3.org/2000/svg", "")


async def test_serves_nothing_above_its_folder(api: Api) -> None:
    async with api.session.get(f"{api.telegram.url}/sandbox/static/%2e%2e%2fpage.py") as response:
        assert response.status == 404


async def test_names_the_people(api: Api) -> None:
    assert await get(api, "/sandbox/people") == [
        {"id": 101, "name": "Lan Nguyễn Thị", "about": "Đầu mối"}
    ]


async def test_shows_only_what_changed(api: Api, lan: Person) -> None:
    await lan.send("/start")
    first = await get(api, "/sandbox/chat/101")
    await api.call("sendMessage", chat_id=101, text="<b>Chào</b>", parse_mode="HTML")
    second = await get(api, f"/sandbox/chat/101?after={first['change']}")
    (message,) = second["messages"]
    assert (message["text"], message["from_bot"]) == ("Chào", True)
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4}]


async def test_shows_edits_deletions_notices_typing_and_menu(api: Api, lan: Person) -> None:
    for text in ("một", "hai"):
        await api.call("sendMessage", chat_id=lan.chat_id, text=text)
    before = (await get(api, "/sandbox/chat/101"))["change"]
    await api.call("editMessageText", chat_id=101, message_id=1, text="1")
    await api.call("deleteMessage", chat_id=101, message_id=2)
    await api.call("sendChatAction", chat_id=101, action="typing")
    await api.call("setMyCommands", commands=[{"command": "baocao", "description": "báo cáo"}])
    news = await get(api, f"/sandbox/chat/101?after={before}")
    assert [(each["text"], each["edited"]) for each in news["messages"]] == [("1", True)]
    assert (news["deleted"], news["typing"]) == ([2], True)
    assert news["commands"] == [{"command": "baocao", "description": "báo cáo"}]


async def test_a_chat_nobody_plays_is_not_shown(api: Api) -> None:
    async with api.session.get(f"{api.telegram.url}/sandbox/chat/102") as response:
        assert response.status == 404


async def test_types_and_presses(api: Api) -> None:
    markup = {"inline_keyboard": [[{"text": "Đúng", "callback_data": "y"}]]}
    await api.call("sendMessage", chat_id=101, text="?", reply_markup=markup)
    assert await post(api, "/sandbox/send", chat=101, text=" 12/15 ") == 200
    assert await post(api, "/sandbox/click", chat=101, message=1, data="y") == 200
    typed, pressed = await api.call("getUpdates")
    assert typed["message"]["text"] == "12/15"
    assert pressed["callback_query"]["data"] == "y"


@pytest.mark.parametrize(("kind", "field"), [("image/png", "photo"), ("text/plain", "document")])
async def test_sends_a_file_with_its_caption(api: Api, kind: str, field: str) -> None:
    data = b64encode(TINY_PNG).decode()
    file = {"name": "anh.png", "type": kind, "data": data, "text": "12/15"}
    assert await post(api, "/sandbox/attach", chat=101, **file) == 200
    (message,) = (await get(api, "/sandbox/chat/101"))["messages"]
    assert message["text"] == "12/15"
    assert message[field]


async def test_a_file_that_is_no_base64_is_refused(api: Api) -> None:
    assert await post(api, "/sandbox/attach", chat=101, name="a", type="", data="%") == 400


async def test_edits_only_what_the_person_wrote(api: Api, lan: Person) -> None:
    await lan.send("12/15")
    await api.call("sendMessage", chat_id=101, text="Đã nhận")
    edit = {"chat": 101, "text": "13/15"}
    assert await post(api, "/sandbox/correct", message=1, **edit) == 200
    assert await post(api, "/sandbox/correct", message=2, **edit) == 404
    shown = (await get(api, "/sandbox/chat/101"))["messages"]
    assert [message["text"] for message in shown] == ["13/15", "Đã nhận"]


async def test_presses_only_what_is_offered(api: Api, lan: Person) -> None:
    await api.call("sendMessage", chat_id=lan.chat_id, text="không nút")
    assert await post(api, "/sandbox/click", chat=101, message=1, data="y") == 404
    assert await post(api, "/sandbox/click", chat=101, message=7, data="y") == 404


async def test_a_form_of_another_site_is_refused(api: Api) -> None:
    url = f"{api.telegram.url}/sandbox/send"
    async with api.session.post(url, data={"chat": "101", "text": "a"}) as response:
        assert response.status == 415


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param({"hours": 1}, MONDAY + timedelta(hours=1), id="an hour"),
        pytest.param({"hours": 168}, MONDAY + timedelta(weeks=1), id="a week"),
        pytest.param(
            {"local": "2026-10-06T09:15"}, MONDAY + timedelta(days=1), id="a date, local time"
        ),
        pytest.param({"next": True}, DUE, id="next reminder"),
    ],
)
async def test_pushes_the_clock(api: Api, wanted: dict[str, Any], expected: Any) -> None:
    assert await post(api, "/sandbox/clock", **wanted) == 200
    reading = await get(api, "/sandbox/clock")
    assert reading == {
        "now": expected.timestamp(),
        "next_due": DUE.timestamp(),
        "offers_next": True,
    }


@pytest.mark.parametrize("local", ["2026-10-05T09:00", "hôm qua"], ids=["past", "no date"])
async def test_the_clock_refuses(api: Api, local: str) -> None:
    assert await post(api, "/sandbox/clock", local=local) == 400


async def test_hands_out_documents_to_save_and_pictures_to_see(api: Api, lan: Person) -> None:
    await api.upload("sendDocument", "document", b"%PDF", chat_id="101")
    await lan.send_photo()
    document, photo = (await get(api, "/sandbox/chat/101"))["messages"]
    async with api.session.get(api.telegram.url + document["document"]["url"]) as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert await response.read() == b"%PDF"
    async with api.session.get(api.telegram.url + photo["photo"]) as response:
        assert response.content_type == "image/png"


async def test_tells_of_changes_as_they_come(api: Api, lan: Person) -> None:
    async with api.session.get(f"{api.telegram.url}/sandbox/events") as stream:
        assert await stream.content.readline() == b"data: 0\n"
        await lan.send("chào")
        await stream.content.readline()
        assert await stream.content.readline() == b"data: 1\n"
