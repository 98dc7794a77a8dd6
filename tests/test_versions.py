"""An unpinned resolve can silently choose aiogram 2; look-alikes of these names are malware."""

from importlib.metadata import distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PINNED = {
    "aiogram": "3.31.0",
    "sqlmodel": "0.0.50",
    "sqlalchemy": "2.1.9",
    "apscheduler": "3.11.3",
    "holidays": "0.109",
    "python-telegram-bot": "22.8",
}
LOOK_ALIKES = {"aiogram-3", "aiogram-types-v3"}
AIOHTTP_FLOOR = (3, 14, 5)


@pytest.mark.parametrize(("name", "wanted"), PINNED.items(), ids=PINNED.keys())
def test_what_matters_is_pinned(name: str, wanted: str) -> None:
    assert version(name) == wanted


def test_aiohttp_is_above_the_versions_with_known_holes() -> None:
    assert tuple(map(int, version("aiohttp").split(".")[:3])) >= AIOHTTP_FLOOR


def test_no_look_alike_is_installed() -> None:
    assert LOOK_ALIKES.isdisjoint(found.metadata["Name"].lower() for found in distributions())


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_hold_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "index" not in text


def test_the_reader_of_the_tests_is_not_installed_for_running() -> None:
    assert "python-telegram-bot" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
