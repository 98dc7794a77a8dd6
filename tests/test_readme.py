"""What the README says is true: its conversation happens, its files and commands exist."""

import re
from pathlib import Path

from bot.app import App
from bot.settings import Settings
from tests.cast import Cast

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_LINES = 120


def turns() -> list[tuple[str, str]]:
    """(who, words) of each line of the conversation."""
    block = re.search(r"```text\n(Minh .*?)```", README, re.DOTALL)
    assert block
    return re.findall(r"^(\w+) +› (.*)$", block[1], re.MULTILINE)


async def test_the_conversation_happens_as_shown(app: App, cast: Cast) -> None:
    assert app.settings.bot_token
    minh, said = cast.minh(), ""
    for who, words in turns():
        if who == "Minh":
            said = await minh.send(words)
        else:
            assert words.rstrip(".") in said


def test_it_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= MOST_LINES


def test_every_file_it_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_make_target_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    lines = re.findall(r"^make ([a-z ]+)", README, re.MULTILINE)
    named = {word for line in lines for word in line.split()}
    assert {"demo", "test", "run", "check"} <= named
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


def test_every_room_it_names_exists() -> None:
    rooms = re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE)
    assert len(rooms) > 1
    assert all((ROOT / room).is_dir() for room in rooms)


def test_every_setting_of_the_example_file_is_one() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = {name.lower() for name in re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE)}
    assert named <= set(Settings.model_fields)
