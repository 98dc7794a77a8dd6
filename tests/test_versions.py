"""An unpinned resolve can silently choose aiogram 2; look-alikes of these names are malware."""

from importlib.metadata import distributions, version
from pathlib import Path

import pytest
from aiohttp.http_parser import HttpRequestParser

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
FLOORS = {
    "aiohttp": (3, 14, 5),  # CVE-2026-59881, CVE-2026-69243, CVE-2026-111750
    "aiohttp-socks": (0, 10),
    "alembic": (1, 20, 1),
    "certifi": (2024, 7, 4),  # CVE-2024-39689
    "h11": (0, 16),  # CVE-2025-43859
    "idna": (3, 7),  # CVE-2024-3651
    "mako": (1, 2, 2),  # CVE-2022-40023
    "openpyxl": (3, 1, 5),
    "prometheus-client": (0, 26),
    "psycopg": (3, 3, 9),
    "pydantic": (2, 4),  # CVE-2024-3772
}
"""Below these are known holes, or versions that this code was not tried with."""


@pytest.mark.parametrize(("name", "wanted"), PINNED.items(), ids=PINNED.keys())
def test_what_matters_is_pinned(name: str, wanted: str) -> None:
    assert version(name) == wanted


@pytest.mark.parametrize(("name", "floor"), FLOORS.items(), ids=FLOORS.keys())
def test_nothing_is_below_its_floor(name: str, floor: tuple[int, ...]) -> None:
    installed = tuple(int(part) for part in version(name).split(".")[:3] if part.isdecimal())
    assert installed >= floor


def test_requests_are_read_by_the_parser_written_in_c() -> None:
    """The one in Python let requests be smuggled in: CVE-2026-111750."""
    assert HttpRequestParser.__module__ == "aiohttp._http_parser"


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
