from collections.abc import Callable
from pathlib import Path

import pytest

from plan.loading import CatalogueError, load, problems


def test_ships_a_plan_without_a_defect() -> None:
    assert problems() == []


def test_reads_the_same_from_a_copy_with_a_byte_order_mark(tmp_path: Path, shipped: str) -> None:
    copy = tmp_path / "plan.toml"
    copy.write_text("\ufeff" + shipped, encoding="utf-8")
    assert load(copy) == load()


def test_takes_the_number_and_date_an_operator_fills_in(spoilt: Callable[[str, str], Path]) -> None:
    filled = '[plan]\nnumber = "1234/KH-UBND"\ndate = 2023-04-28'
    plan = load(spoilt("[plan]", filled))
    assert plan.number == "1234/KH-UBND"
    assert str(plan.date) == "2023-04-28"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"[plan]\ntitle = \n", "is not TOML: Invalid value (at line 2", id="syntax"),
        pytest.param(b"[plan]\na = 1\na = 2\n", "(at line 3", id="key-twice"),
        pytest.param(b"day = 2026-02-30\n", "is not TOML: Invalid date", id="impossible-date"),
        pytest.param(b"n = " + b"1" * 5000, "is not TOML", id="endless-number"),
        pytest.param(b"n = " + b"[" * 100_000, "nested too deeply", id="endless-nesting"),
        pytest.param("Kế hoạch".encode("utf-16"), "is not UTF-8: invalid start byte", id="utf-16"),
    ],
)
def test_refuses_what_cannot_be_parsed(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(CatalogueError) as caught:
        load(path)
    assert (caught.value.path, caught.value.entry) == (path, "file")
    assert problem in caught.value.problem


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    (lost,) = problems(tmp_path / "lost.toml")
    assert str(lost) == f"{tmp_path / 'lost.toml'}: file: cannot be read: No such file or directory"


def test_refuses_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.touch()
    found = {problem.entry: problem.problem for problem in problems(path)}
    assert {"file", "plan", "reporting"} <= found.keys()


def test_lists_every_defect_at_once(tmp_path: Path, shipped: str) -> None:
    text = shipped.replace('unit = "growth"', 'unit = "rate"').replace("day = 21", "day = 0")
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    entries = [problem.entry for problem in problems(path)]
    assert entries[0] == "indicator TV3"
    assert {"indicator BT2", "campaign_day ngay-sach-va-van-hoa-doc"} <= set(entries)
