from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.sandbox.api import Api, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def telegram(watch: Watch) -> AsyncIterator[Telegram]:
    async with Telegram(now=watch.now, webhook_pause=0.01) as telegram:
        yield telegram


@pytest.fixture
async def api(telegram: Telegram) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(telegram, session)


@pytest.fixture
def lan(telegram: Telegram) -> Person:
    return telegram.person(101, "Lan", "Nguyễn Thị", username="lan_ntl")


@pytest.fixture
def hung(telegram: Telegram) -> Person:
    return telegram.person(102, "Hùng")
