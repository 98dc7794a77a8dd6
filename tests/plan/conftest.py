from collections.abc import Callable
from pathlib import Path

import pytest

from plan.loading import PLAN_FILE


@pytest.fixture(scope="session")
def shipped() -> str:
    return PLAN_FILE.read_text(encoding="utf-8")


@pytest.fixture
def spoilt(tmp_path: Path, shipped: str) -> Callable[[str, str], Path]:
    """A copy of the shipped plan with the first `old` replaced."""

    def spoil(old: str, new: str) -> Path:
        assert old in shipped, f"the shipped plan no longer holds {old!r}"
        path = tmp_path / "plan.toml"
        path.write_text(shipped.replace(old, new, 1), encoding="utf-8")
        return path

    return spoil
