import asyncio
from random import Random
from typing import Any

import aiohttp
import pytest

from sandbox.counts import Limits
from sandbox.faults import Fault, Faults, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.sandbox.api import Api, Watch


async def send(api: Api, text: str = "a", chat_id: int = 101) -> Any:
    return await api.answer("sendMessage", chat_id=chat_id, text=text)


async def test_flood_names_the_wait_and_wears_out(api: Api, lan: Person) -> None:
    api.telegram.faults.add(Fault(Kind.FLOOD, "sendMessage", retry_after=7))
    assert await send(api) == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert not lan.messages
    assert (await send(api))["ok"]


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (Fault(Kind.BLOCKED), 403, "Forbidden: bot was blocked by the user"),
        (
            Fault(Kind.BLOCKED, words="user is deactivated"),
            403,
            "Forbidden: user is deactivated",
        ),
        (Fault(Kind.SERVER_ERROR), 500, "Internal Server Error: restart"),
        (
            Fault(Kind.BAD_REQUEST, words="chat not found"),
            400,
            "Bad Request: chat not found",
        ),
    ],
)
async def test_faults_with_a_bot_api_body(
    api: Api, lan: Person, fault: Fault, code: int, words: str
) -> None:
    fault.met = 0
    api.telegram.faults.add(fault)
    body = await send(api)
    assert (body["error_code"], body["description"]) == (code, words)
    assert not lan.messages


async def test_a_chat_that_moved_says_where(api: Api) -> None:
    moved = Fault(Kind.BAD_REQUEST, parameters={"migrate_to_chat_id": -1009})
    api.telegram.faults.add(moved)
    assert (await send(api))["parameters"] == {"migrate_to_chat_id": -1009}


@pytest.mark.parametrize(
    ("kind", "delivered"),
    [
        pytest.param(Kind.BAD_GATEWAY, [], id="lost on the way in"),
        pytest.param(Kind.LOST_ANSWER, ["a"], id="lost on the way out"),
    ],
)
async def test_a_page_instead_of_json(
    api: Api, lan: Person, kind: Kind, delivered: list[str]
) -> None:
    api.telegram.faults.add(Fault(kind))
    with pytest.raises(aiohttp.ContentTypeError):
        await send(api)
    assert [message.text for message in lan.messages] == delivered
    assert api.telegram.counts.statuses[502] == 1


@pytest.mark.parametrize(
    ("kind", "delivered"),
    [
        pytest.param(Kind.RESET, [], id="before"),
        pytest.param(Kind.RESET_DELIVERED, ["a"], id="after"),
    ],
)
async def test_a_reset_connection(api: Api, lan: Person, kind: Kind, delivered: list[str]) -> None:
    api.telegram.faults.add(Fault(kind))
    with pytest.raises(aiohttp.ClientConnectionError):
        await send(api)
    assert [message.text for message in lan.messages] == delivered
    assert api.telegram.requests[-1].status == 0


async def test_an_answer_that_never_comes(api: Api, lan: Person) -> None:
    api.telegram.faults.add(Fault(Kind.HOLD))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await send(api)
    assert not lan.messages


@pytest.mark.parametrize(
    ("fault", "hit"),
    [
        (Fault(Kind.BLOCKED, chat_id=101, times=None), [False, True]),
        (Fault(Kind.BLOCKED, chat_id=102, times=None), [True, False]),
        (Fault(Kind.BLOCKED, method="sendPhoto"), [True, True]),
        (Fault(Kind.BLOCKED, times=1), [False, True]),
    ],
    ids=["this chat", "other chat", "other method", "once"],
)
async def test_a_fault_strikes_whom_it_names(
    api: Api, lan: Person, hung: Person, fault: Fault, hit: list[bool]
) -> None:
    fault.met = 0
    api.telegram.faults.add(fault)
    assert [(await send(api, chat_id=each.chat_id))["ok"] for each in (lan, hung)] == hit


def test_chance_is_repeatable_with_a_seed() -> None:
    def strikes() -> list[bool]:
        faults = Faults(Random(7))
        faults.add(Fault(Kind.FLOOD, times=None, probability=0.3))
        return [faults.pick("sendMessage", 1) is not None for _ in range(50)]

    assert strikes() == strikes()
    assert 5 < sum(strikes()) < 25


def test_chance_without_a_generator_is_refused() -> None:
    faults = Faults()
    faults.add(Fault(Kind.FLOOD, probability=0.3))
    with pytest.raises(ValueError, match="seeded generator"):
        faults.pick("sendMessage", 1)


@pytest.mark.parametrize(
    ("limits", "people", "statuses"),
    [
        (Limits(overall=2), [101, 102, 101], [200, 200, 429]),
        (Limits(per_chat=1), [101, 102, 101], [200, 200, 429]),
        (Limits(), [101, 102, 101], [200, 200, 200]),
    ],
    ids=["overall", "per chat", "none"],
)
async def test_own_limits(
    watch: Watch, limits: Limits, people: list[int], statuses: list[int]
) -> None:
    async with (
        Telegram(now=watch.now, monotonic=lambda: 0.0, limits=limits) as telegram,
        aiohttp.ClientSession() as session,
    ):
        telegram.person(101, "Lan")
        telegram.person(102, "Hùng")
        for chat_id in people:
            await send(Api(telegram, session), chat_id=chat_id)
        assert [request.status for request in telegram.requests] == statuses
        assert telegram.counts.busiest_second == statuses.count(200)


async def test_the_window_slides(watch: Watch) -> None:
    clock = iter([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])
    async with (
        Telegram(
            now=watch.now, monotonic=lambda: next(clock), limits=Limits(per_chat=1)
        ) as telegram,
        aiohttp.ClientSession() as session,
    ):
        telegram.person(101, "Lan")
        assert [(await send(Api(telegram, session)))["ok"] for _ in range(2)] == [True, True]
        assert telegram.counts.busiest_second_of_a_chat == 1
