"""A rule is a test or it is a wish: the arrows, the clock, and who may wait for Telegram."""

from pathlib import Path

import pytest

from tests.fences import offences

ROOT = Path(__file__).parent.parent

PLANTED = {
    "plan knows no library": ("plan/x.py", "import sqlmodel", "not the standard library"),
    "plan knows no storage": ("plan/x.py", "from storage import people", "a layer above"),
    "storage knows no handlers": ("storage/x.py", "import handlers.talk", "a layer above"),
    "storage knows no Telegram": ("storage/x.py", "import aiogram", "none of its libraries"),
    "exports know no wording": ("exports/x.py", "import babel", "none of its libraries"),
    "exports know no handlers": ("exports/x.py", "import handlers.talk", "a layer above"),
    "handlers know no spreadsheet": ("handlers/x.py", "import openpyxl", "none of its libraries"),
    "handlers know no bot": ("handlers/x.py", "from bot.app import App", "a layer above"),
    "handlers know no HTTP": ("handlers/x.py", "import aiohttp", "none of its libraries"),
    "bot knows no sandbox": ("bot/x.py", "import sandbox", "a layer above"),
    "hidden in a function": ("plan/x.py", "def f():\n    import bot", "a layer above"),
    "datetime.now": (
        "handlers/x.py",
        "import datetime\nnow = datetime.datetime.now()",
        "reads the wall clock",
    ),
    "date.today": ("plan/x.py", "from datetime import date\nd = date.today()", "wall clock"),
    "time.time": ("storage/x.py", "import time\nt = time.time()", "wall clock"),
    "from time import time": ("bot/x.py", "from time import time", "imports time.time"),
    "await bot": ("handlers/x.py", "async def f(bot):\n    await bot.send()", "awaits bot"),
    "await message": (
        "handlers/x.py",
        "async def f(message):\n    await message.answer('x')",
        "awaits",
    ),
}


def test_the_tree_keeps_its_rules() -> None:
    assert offences(ROOT) == []


@pytest.mark.parametrize(("place", "source", "told"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_offence_is_found(tmp_path: Path, place: str, source: str, told: str) -> None:
    path = tmp_path / place
    path.parent.mkdir()
    path.write_text(source)
    (found,) = offences(tmp_path)
    assert place in found
    assert told in found


def test_an_arrow_may_skip_a_layer(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "x.py").write_text("from plan import calendars\nimport aiogram")
    assert offences(tmp_path) == []


def test_the_clock_may_be_read_in_its_own_module(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "clock.py").write_text("import datetime\nx = datetime.datetime.now()")
    assert offences(tmp_path) == []
