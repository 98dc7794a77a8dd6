import asyncio
from typing import Any

import pytest

from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.sandbox.api import Api, Watch


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


@pytest.fixture
async def three_waiting(lan: Person) -> None:
    for text in ("một", "hai", "ba"):
        await lan.send(text)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        pytest.param({}, [1000, 1001, 1002], id="everything"),
        pytest.param({"offset": 1001}, [1001, 1002], id="forgets below"),
        pytest.param({"offset": 1003}, [], id="forgets all"),
        pytest.param({"offset": -1}, [1002], id="newest one"),
        pytest.param({"offset": -9}, [1000, 1001, 1002], id="more than there are"),
        pytest.param({"limit": 2}, [1000, 1001], id="limit"),
        pytest.param({"limit": 0}, [1000], id="limit raised to one"),
    ],
)
@pytest.mark.usefixtures("three_waiting")
async def test_reads_from_the_offset(
    api: Api, parameters: dict[str, int], expected: list[int]
) -> None:
    assert ids(await api.call("getUpdates", **parameters)) == expected


@pytest.mark.usefixtures("three_waiting")
async def test_forgets_only_below_the_offset(api: Api) -> None:
    await api.call("getUpdates", offset=1001)
    assert ids(await api.call("getUpdates")) == [1001, 1002]
    assert api.telegram.world.updates.forgotten == 1


async def test_gives_no_more_than_a_hundred(api: Api, lan: Person) -> None:
    for number in range(101):
        await lan.send(str(number))
    assert len(await api.call("getUpdates", limit=500)) == 100


async def test_long_poll_returns_when_something_comes(api: Api, lan: Person) -> None:
    poll = asyncio.create_task(api.call("getUpdates", timeout=30))
    await api.telegram.is_asked("getUpdates")
    await lan.send("đây")
    assert (await poll)[0]["message"]["text"] == "đây"


async def test_second_poller_ends_the_first(api: Api, lan: Person) -> None:
    first = asyncio.create_task(api.answer("getUpdates", timeout=30))
    await api.telegram.is_asked("getUpdates")
    second = asyncio.create_task(api.call("getUpdates", timeout=30))
    body = await first
    assert (body["error_code"], body["description"]) == (
        409,
        (
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        ),
    )
    await lan.send("còn đây")
    assert len(await second) == 1


async def test_a_press_lives_150_seconds_and_a_message_a_day(
    api: Api, lan: Person, watch: Watch
) -> None:
    markup = {"inline_keyboard": [[{"text": "Đúng", "callback_data": "y"}]]}
    await api.call("sendMessage", chat_id=101, text="?", reply_markup=markup)
    await lan.click("Đúng")
    await lan.send("đúng")
    assert len(await api.call("getUpdates")) == 2
    watch.forward(seconds=150)
    assert [update["message"]["text"] for update in await api.call("getUpdates")] == ["đúng"]
    watch.forward(hours=24)
    assert await api.call("getUpdates") == []
    assert api.telegram.world.updates.expired == 2


async def test_makes_only_allowed_updates(api: Api, lan: Person) -> None:
    await api.call("getUpdates", allowed_updates=["callback_query"])
    await lan.send("không ai nghe")
    assert await api.call("getUpdates") == []
    await api.call("getUpdates", allowed_updates=[])
    await lan.send("nghe rồi")
    assert len(await api.call("getUpdates")) == 1


async def test_blocking_and_editing_are_told(api: Api, lan: Person) -> None:
    await lan.send("mười hai")
    await lan.edit("12")
    await lan.block()
    _, edited, left = await api.call("getUpdates")
    assert edited["edited_message"]["text"] == "12"
    assert left["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_an_outage_keeps_port_world_and_queue(
    telegram: Telegram, api: Api, lan: Person
) -> None:
    url = telegram.url
    await telegram.stop()
    await lan.send("trong lúc mất mạng")
    await telegram.start()
    assert telegram.url == url
    assert len(await api.call("getUpdates")) == 1
