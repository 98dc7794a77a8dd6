"""Nothing is fetched from an address that a person sent: only Telegram's is known."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LAYERS = ("plan", "storage", "exports", "handlers", "bot")
CLIENTS = ("urllib.request", "http.client", "requests", "httpx", "socket", "ftplib", "smtplib")
GETTERS = {"ClientSession", "urlopen", "URLInputFile", "create_connection", "open_connection"}
ALLOWED = {
    "bot/inviting.py": "asks Telegram, at the operator's address, for the bot's own name",
    "bot/app.py": "the machine's name, for the leases",
}


def reaching_out(root: Path) -> set[str]:
    """Modules that could fetch something by themselves, and not by aiogram's session."""
    paths = [path for layer in LAYERS for path in (root / layer).rglob("*.py")]
    return {p.relative_to(root).as_posix() for p in paths if any(_ways_out(p))}


def _ways_out(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in CLIENTS)
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{each.name}" for each in node.names}
            yield from names & set(CLIENTS)
            yield from (name for name in names if name.split(".")[-1] in GETTERS)
            if node.module in CLIENTS:
                yield node.module
        elif isinstance(node, ast.Attribute) and node.attr in GETTERS:
            yield node.attr


def test_nothing_but_what_is_named_reaches_out() -> None:
    assert reaching_out(ROOT) <= ALLOWED.keys()


@pytest.mark.parametrize(
    "planted",
    [
        "import httpx",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import aiohttp\nasync def f(url):\n    aiohttp.ClientSession()",
        "from aiogram.types import URLInputFile",
    ],
)
def test_a_way_out_is_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / "handlers").mkdir()
    (tmp_path / "handlers" / "x.py").write_text(planted)
    assert reaching_out(tmp_path) == {"handlers/x.py"}


def test_only_an_operator_says_where_telegram_is() -> None:
    """The address and the proxy are read from the settings, and by the process alone."""
    readers = [
        path.relative_to(ROOT).as_posix()
        for layer in LAYERS
        for path in (ROOT / layer).rglob("*.py")
        if {"telegram_api_url", "telegram_proxy"} & set(_attributes(path))
    ]
    assert not [name for name in readers if not name.startswith("bot/")]


def _attributes(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
