"""A Bot API server of one's own, run with `--local`: files are read from its disk."""

from pathlib import Path

import pytest

from bot.settings import Settings
from sandbox import files
from sandbox.files import File
from sandbox.parameters import Upload
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.files.documents import PDF


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"telegram_api_local": True})


@pytest.fixture
def file(telegram: Telegram, tmp_path: Path) -> File:
    """Known to the server by its path on the disk."""
    kept = telegram.world.files.keep(str(tmp_path), Upload("a.pdf", "application/pdf", PDF))
    Path(kept.path).write_bytes(PDF)
    return kept


async def test_a_file_is_taken_from_the_servers_own_disk(
    cast: Cast, telegram: Telegram, file: File
) -> None:
    lan = cast.lan()
    await lan.send("/baocao")
    telegram.world.say(lan.chat, "", files.document(file))
    await telegram.settle()
    assert lan.last.text == "Đã lưu minh chứng cho TV1.2: tệp “a.pdf” (PDF, 1 KB)."
