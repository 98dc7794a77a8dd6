import pytest

from bot.app import App
from tests.handlers.register.shelves import Shelves


@pytest.fixture
def shelves(app: App) -> Shelves:
    return Shelves(app)
