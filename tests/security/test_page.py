"""`docs/security.md` names tests that exist, and something for each of the nine."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def functions_in(name: str) -> set[str]:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_each_test_that_the_page_names_exists() -> None:
    assert [f"{name}::{test}" for name, test in NAMED if test not in functions_in(name)] == []


def test_each_risk_has_its_tests() -> None:
    rows = re.findall(r"^\| (S\d) \|.*", PAGE, re.MULTILINE)
    assert rows == [f"S{n}" for n in range(1, 10)]
    assert all("::test_" in row for row in re.findall(r"^\| S\d .*", PAGE, re.MULTILINE))


def test_each_test_of_security_is_on_the_page() -> None:
    files = {f"tests/security/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert files - {"tests/security/test_page.py"} <= {name for name, _ in NAMED}
