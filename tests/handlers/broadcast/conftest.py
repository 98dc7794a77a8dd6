import pytest

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.broadcast.press import Press


@pytest.fixture
def press(app: App, telegram: Telegram, clock: PushedClock) -> Press:
    return Press(app, telegram, clock)


@pytest.fixture
def binh(cast: Cast) -> Person:
    """The other administrator."""
    return cast.member(107, "Đặng Thái Bình", "so-vhtt", "admin")
