"""A ward's report of three indicators in at most twelve messages: `docs/transcript.md`.

`WRITE_TRANSCRIPT=1 pytest tests/journeys/test_three_indicators.py` writes it anew.
"""

import os
from pathlib import Path

import pytest

from bot.app import App
from plan.catalogue import Role
from sandbox.person import Person
from storage.tables import Agency, AgencyName, Responsibility
from tests.cast import Cast

TRANSCRIPT = Path(__file__).parents[2] / "docs" / "transcript.md"
MOST = 12
WARD, CODES = "phuong-ben-thanh", ("TV1.3", "TV2.3", "VH2")
STEP_BY_STEP = (
    *("/baocao", "1 trên 1", "đúng", "0/1", "dạ đúng", "mười hai trên mười lăm"),
    *("đúng, chỉ có số chung", "nộp báo cáo"),
)
AT_ONCE = ("/baocao", "TV1.3 1/1\nTV2.3 0/1\nVH2 12/15", "ghi nhận", "nộp báo cáo")
HEAD = """# A report of three indicators

Produced by `tests/journeys/test_three_indicators.py`, which fails when the bot says anything else.
The ward and the person are made up. What the person types stands after `>`.
"""


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One kind of database is enough for a text."""
    (tmp_path / "tiendo.db").write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
    return f"sqlite:///{tmp_path / 'tiendo.db'}"


@pytest.fixture
def tuan(app: App, cast: Cast) -> Person:
    """Focal point of a ward that reports three indicators."""
    with app.database.transaction() as session:
        session.add(Agency(id=WARD, kind="phuong", duty="required"))
        session.flush()
        name = "Ủy ban nhân dân Phường Bến Thành"
        session.add(AgencyName(agency_id=WARD, name=name, short="Phường Bến Thành"))
        for code in CODES:
            session.add(Responsibility(agency_id=WARD, code=code, role=Role.REPORT))
    return cast.member(107, "Nguyễn Anh Tuấn", WARD, "focal")


async def conversation(person: Person, typed: tuple[str, ...]) -> tuple[str, int]:
    """The dialogue as Markdown, and how many messages went either way."""
    parts, heard = [], len(person.messages)
    for words in typed:
        said = await person.send(words)
        asked = "\n".join(f"> {line}" for line in words.splitlines())
        parts.append(f"{_lines(asked)}\n\n{_lines(said)}")
    answers = len(person.messages) - heard
    count = f"{len(typed)} messages typed, {answers} answers."
    return "\n\n".join([count, *parts]), len(typed) + answers


def _lines(text: str) -> str:
    """Two blanks at its end keep a line a line."""
    return text.replace("\n", "  \n").replace("  \n  \n", "\n\n")


async def test_is_reported_within_twelve_messages_of_the_person(tuan: Person) -> None:
    text, _ = await conversation(tuan, STEP_BY_STEP)
    assert len(STEP_BY_STEP) <= MOST
    assert "BC-2024" in text
    _compare("Question by question", text)


async def test_is_reported_within_twelve_messages_in_all(tuan: Person) -> None:
    text, messages = await conversation(tuan, AT_ONCE)
    assert messages <= MOST
    assert "BC-2024" in text
    _compare("All at once", text)


def _compare(title: str, text: str) -> None:
    """The document holds the dialogue word for word, or is written anew with it."""
    section = f"## {title}\n\n{text}\n"
    if os.environ.get("WRITE_TRANSCRIPT"):
        document = TRANSCRIPT.read_text(encoding="utf-8") if TRANSCRIPT.exists() else HEAD
        kept, _, rest = document.partition(f"## {title}\n")
        after = rest.partition("\n## ")[2]
        others = f"\n## {after}" if after else ""
        TRANSCRIPT.write_text(f"{kept.rstrip()}\n\n{section}{others}", encoding="utf-8")
    assert section in TRANSCRIPT.read_text(encoding="utf-8")
