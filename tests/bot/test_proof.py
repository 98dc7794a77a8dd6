"""A reminder whose fate nobody knows is pressed: so it did arrive."""

import pytest

from bot.app import App
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.bot.post import Post
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("logged")


@pytest.fixture
def lan(cast: Cast) -> Person:
    return cast.lan()


@pytest.fixture
async def doubtful(app: App, lan: Person, post: Post, telegram: Telegram) -> Post:
    """A reminder was delivered, and a gateway swallowed the answer."""
    telegram.faults.add(Fault(Kind.LOST_ANSWER, "sendMessage"))
    post.remind(lan)
    await app.sender.flush()
    assert (post.row.state, len(lan.messages)) == ("unknown", 1)
    return post


async def test_a_press_proves_that_it_arrived(lan: Person, doubtful: Post) -> None:
    assert "Câu 1/" in await lan.click("Bắt đầu")
    states = [row.state for row in doubtful.rows() if row.kind == "digest"]
    assert states == ["sent"]


async def test_a_forged_number_proves_nothing_of_anothers(
    lan: Person, cast: Cast, doubtful: Post, telegram: Telegram
) -> None:
    minh = cast.minh()
    await minh.send("/menu")
    telegram.world.press(minh.last, f"c{doubtful.rows()[0].id}:menu")
    await telegram.settle()
    assert lan.messages
    assert {row.state for row in doubtful.rows() if row.kind == "digest"} == {"unknown"}


@pytest.mark.parametrize("data", ["c99999999:menu", "c:menu", "c0:menu"])
async def test_a_number_of_no_letter_is_a_command_all_the_same(
    lan: Person, telegram: Telegram, data: str
) -> None:
    await lan.send("/menu")
    before = len(lan.messages)
    telegram.world.press(lan.last, data)
    await telegram.settle()
    assert len(lan.messages) == before + 1
