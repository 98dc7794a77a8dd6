"""The cast, one fixture each: a test names whom it needs."""

import pytest

from bot.app import App
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.papers import Papers
from tests.handlers.scenes import Office


@pytest.fixture
def lan(cast: Cast) -> Person:
    """Focal point of District 1: seven figures, three tasks."""
    return cast.lan()


@pytest.fixture
def vy(cast: Cast) -> Person:
    """The other focal point of District 1."""
    return cast.vy()


@pytest.fixture
def hoa(cast: Cast) -> Person:
    """Official of the standing agency."""
    return cast.hoa()


@pytest.fixture
def thu(cast: Cast) -> Person:
    """Administrator."""
    return cast.thu()


@pytest.fixture
def an(cast: Cast) -> Person:
    """A stranger."""
    return cast.an()


@pytest.fixture
def boss(app: App, telegram: Telegram) -> Person:
    """Named in the settings as the first administrator."""
    assert "900" in app.settings.admin_ids
    return telegram.person(900, "Sếp Lớn")


@pytest.fixture
def office(app: App, telegram: Telegram) -> Office:
    """What happens outside the chat."""
    return Office(app, telegram)


@pytest.fixture
def papers(telegram: Telegram) -> Papers:
    """What the bot sends as files."""
    return Papers(telegram)
