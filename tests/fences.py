"""The rules of the house as functions of a tree of source: each returns its offences."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

LAYERS = ("plan", "storage", "exports", "handlers", "bot", "sandbox")
ALLOWED = {
    "storage": {"sqlmodel", "sqlalchemy", "alembic"},
    "exports": {"openpyxl", "PIL"},
    "handlers": {"aiogram", "babel", "rapidfuzz", "sqlmodel"},
}
CLOCK = "bot/clock.py"
CLOCK_READS = {"now", "utcnow", "today", "time"}
VIETNAMESE = set("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")


def offences(root: Path) -> list[str]:
    return sorted(
        f"{path.relative_to(root)}:{line}: {what}"
        for layer in LAYERS
        for path in sorted((root / layer).rglob("*.py"))
        if "versions" not in path.parts
        for line, what in _of_file(layer, path.relative_to(root).as_posix(), path)
    )


def _of_file(layer: str, name: str, path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        yield from _imports(layer, node)
        yield from _clock(name, node)
        if layer == "handlers":
            yield from _awaits(node)


def _imports(layer: str, node: ast.AST) -> Iterator[tuple[int, str]]:
    """An arrow may skip a layer, never turn back; `plan` knows the standard library only."""
    for line, module in _imported(node):
        top = module.partition(".")[0]
        if top in LAYERS and LAYERS.index(top) > LAYERS.index(layer):
            yield line, f"{layer} imports {module}, a layer above it"
        elif top not in LAYERS and layer == "plan" and not _is_standard(top):
            yield line, f"plan imports {module}, which is not the standard library"
        elif layer in ALLOWED and not (top in (*LAYERS, *ALLOWED[layer]) or _is_standard(top)):
            yield line, f"{layer} imports {module}, which is none of its libraries"


def _imported(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import):
        yield from ((node.lineno, alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.lineno, node.module


def _is_standard(top: str) -> bool:
    return top in sys.stdlib_module_names


def _clock(name: str, node: ast.AST) -> Iterator[tuple[int, str]]:
    """One wall-clock read in the whole tree."""
    if isinstance(node, ast.ImportFrom) and node.module == "time":
        yield from ((node.lineno, "imports time.time") for a in node.names if a.name == "time")
    if name == CLOCK or not isinstance(node, ast.Call):
        return
    called = node.func
    if isinstance(called, ast.Attribute) and called.attr in CLOCK_READS:
        owner = ast.unparse(called.value)
        if owner.split(".")[-1] in {"datetime", "date"} or (owner, called.attr) == ("time", "time"):
            yield node.lineno, f"reads the wall clock: {owner}.{called.attr}()"


def _awaits(node: ast.AST) -> Iterator[tuple[int, str]]:
    """A handler cannot wait for Telegram: what it says is returned, the sender sends it."""
    if isinstance(node, ast.Await):
        waited = ast.unparse(node.value)
        if waited.split(".")[0] in {"bot", "message", "turn", "talk", "callback", "press"}:
            yield node.lineno, f"a handler awaits {waited}"


def vietnamese_literals(root: Path, *layers: str) -> list[str]:
    """Text for people that stands in the code instead of in the catalogue."""
    return [
        f"{path.relative_to(root).as_posix()}: {node.value}"
        for layer in layers
        for path in sorted((root / layer).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VIETNAMESE & set(node.value.lower())
    ]
