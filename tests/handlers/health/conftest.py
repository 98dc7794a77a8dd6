import pytest

from bot.app import App
from sandbox.telegram import Telegram
from tests.handlers.health.ward import Ward


@pytest.fixture
def ward(app: App, telegram: Telegram) -> Ward:
    return Ward(app, telegram)
