"""The operator's table of days off, and the rehearsal, from the command line."""

import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.__main__ import cli

FAULTY = 2
SHEET = "day,kind,name\n2027-02-11,off,Tết Nguyên đán\n2027-02-20,work,Làm bù\n"


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.chdir(tmp_path)
    env = {"BOT_TOKEN": "", "DATABASE_URL": f"sqlite:///{tmp_path / 'tiendo.db'}"}
    assert call(env, "migrate").exit_code == 0
    return env


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "2027.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def call(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(cli, list(words), env=env)


def dump(tmp_path: Path) -> list[str]:
    with sqlite3.connect(tmp_path / "tiendo.db") as connection:
        return list(connection.iterdump())


def test_the_difference_is_shown_and_nothing_done(
    env: dict[str, str], sheet: Path, tmp_path: Path
) -> None:
    before = dump(tmp_path)
    result = call(env, "calendar", "import", str(sheet))
    assert result.stdout.splitlines() == [
        "+ 2027-02-11 Thu off Tết Nguyên đán",
        "+ 2027-02-20 Sat work Làm bù",
        "Nothing was changed yet. Add --yes to do it.",
    ]
    assert dump(tmp_path) == before


def test_told_to_it_is_done_and_shown(env: dict[str, str], sheet: Path) -> None:
    assert "Done." in call(env, "calendar", "import", str(sheet), "--yes").stdout
    assert call(env, "calendar", "import", str(sheet)).stdout == "Nothing changes.\n"
    shown = call(env, "calendar", "show", "2027").stdout
    assert "2027-02-11 Thu off  Tết Nguyên đán (2027.csv)" in shown
    assert "2027-02-20 Sat work Làm bù (2027.csv)" in shown
    assert "estimated" not in shown.splitlines()[0]


def test_what_is_not_in_the_next_sheet_goes(env: dict[str, str], sheet: Path) -> None:
    call(env, "calendar", "import", str(sheet), "--yes")
    sheet.write_text("2027-02-11,off,Tết\n", encoding="utf-8")
    told = call(env, "calendar", "import", str(sheet), "--yes").stdout
    assert "~ 2027-02-11 Thu off Tết Nguyên đán -> off Tết" in told
    assert "- 2027-02-20 Sat work Làm bù" in told
    assert "Làm bù" not in call(env, "calendar", "show", "2027").stdout


def test_of_a_faulty_sheet_nothing_is_taken(
    env: dict[str, str], sheet: Path, tmp_path: Path
) -> None:
    sheet.write_text(SHEET + "2027-02-30,off,Tết\n2027-03-01,free,Tết\n", encoding="utf-8")
    before = dump(tmp_path)
    result = call(env, "calendar", "import", str(sheet), "--yes")
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert result.stderr.splitlines()[1:] == [
        "line 4: '2027-02-30,off,Tết': '2027-02-30' is no day such as 2027-02-08 or 08/02/2027",
        "line 5: '2027-03-01,free,Tết': the kind 'free' is neither off nor work",
        "A right line: 2027-02-08,off,Tết Nguyên đán",
    ]
    assert dump(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", None], ids=["empty", "no text", "no file"])
def test_a_file_that_says_nothing_is_refused(
    env: dict[str, str], sheet: Path, content: bytes | None
) -> None:
    sheet.unlink() if content is None else sheet.write_bytes(content)
    assert call(env, "calendar", "import", str(sheet)).exit_code == FAULTY


def test_guesses_of_the_library_are_marked(env: dict[str, str]) -> None:
    assert "estimated)" in call(env, "calendar", "show", "2028").stdout
    assert "estimated)" not in call(env, "calendar", "show", "2026").stdout
    assert "2026-01-10 Sat work - (plan file)" in call(env, "calendar", "show", "2026").stdout


def test_a_rehearsal_writes_nothing(env: dict[str, str], tmp_path: Path) -> None:
    before = dump(tmp_path)
    result = call(env, "rehearse", "--from", "2026-09-01", "--to", "2027-08-31")
    assert result.exit_code == 0
    assert result.stdout == "0 letters from 2026-09-01 to 2027-08-31.\n"
    assert dump(tmp_path) == before


def test_a_rehearsal_as_a_workbook(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "nhac.xlsx"
    result = call(
        env, "rehearse", "--from", "2026-11-01", "--to", "2026-11-30", "--xlsx", str(file)
    )
    assert result.stdout == f"0 letters, in {file}.\n"
    page = load_workbook(file).worksheets[0]
    assert [cell.value for cell in page[1]][:2] == ["Thời điểm", "Người nhận"]
