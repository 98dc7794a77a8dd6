from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest
from sqlmodel import Session

from storage.database import Database
from storage.evidence import FAILED, KEPT, REFUSED, Exhibits
from storage.files import Files
from storage.people import People
from storage.reports import Reports

NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def exhibits(session: Session) -> Exhibits:
    return Exhibits(session)


@pytest.fixture
def sent(session: Session) -> dict[str, Any]:
    """What is known of a file before it is fetched."""
    person_id = People(session).welcome("telegram", "101", "Nguyễn Thị Lan", NOW)
    about = {"person_id": person_id, "channel": "telegram", "address": "101"}
    return {**about, "remote_id": "file1", "not_before_at": NOW, "received_at": NOW}


def test_what_is_wanted_is_due_from_its_time_on(exhibits: Exhibits, sent: dict[str, Any]) -> None:
    row = exhibits.want(None, "TV1.2", **sent)
    assert exhibits.due(NOW - timedelta(seconds=1), 9) == []
    assert exhibits.due(NOW, 9) == [row]


def test_only_so_many_are_taken_at_once(exhibits: Exhibits, sent: dict[str, Any]) -> None:
    for _ in range(3):
        exhibits.want(None, "", **sent)
    assert len(exhibits.due(NOW, 2)) == 2


def test_each_has_a_name_of_its_own_that_says_nothing(
    exhibits: Exhibits, sent: dict[str, Any]
) -> None:
    rows = [exhibits.want(None, "", **sent, title="mật khẩu.pdf") for _ in range(2)]
    assert len({row.name for row in rows}) == 2
    assert all(len(row.name) == 32 and row.name.isalnum() for row in rows)


def test_its_fate_is_decided_once(exhibits: Exhibits, sent: dict[str, Any]) -> None:
    row = exhibits.want(None, "", **sent)
    assert exhibits.settle(row.id or 0, KEPT, LATER, size=3, media_type="application/pdf")
    assert not exhibits.settle(row.id or 0, FAILED, LATER, reason="failed")
    assert exhibits.due(LATER, 9) == []


def test_what_is_not_kept_has_no_place_on_the_disk(
    session: Session, exhibits: Exhibits, sent: dict[str, Any]
) -> None:
    row = exhibits.want(None, "", **sent)
    exhibits.settle(row.id or 0, REFUSED, LATER, reason="macros")
    session.refresh(row)
    assert (row.state, row.reason, row.name) == ("refused", "macros", "")


def test_a_further_try_waits(exhibits: Exhibits, sent: dict[str, Any]) -> None:
    row = exhibits.want(None, "", **sent)
    exhibits.again(row.id or 0, 1, LATER)
    assert exhibits.due(NOW, 9) == []
    assert exhibits.due(LATER, 9) == [row]


def test_what_is_removed_is_due_until_its_bytes_are_gone(
    session: Session, exhibits: Exhibits, sent: dict[str, Any]
) -> None:
    row = exhibits.want(None, "", **sent)
    exhibits.settle(row.id or 0, KEPT, NOW)
    session.refresh(row)
    exhibits.remove(row, NOW)
    assert exhibits.due(NOW, 9) == [row]
    exhibits.shredded(row.id or 0)
    assert exhibits.due(NOW, 9) == []


def test_a_report_lists_what_is_kept_for_it(
    session: Session, exhibits: Exhibits, sent: dict[str, Any]
) -> None:
    report = Reports(session).open("quan-1", 2024, NOW)
    rows = [exhibits.want(report, "TV1.2", **sent) for _ in range(2)]
    exhibits.settle(rows[1].id or 0, KEPT, NOW)
    assert exhibits.kept(report) == [rows[1]]
    assert exhibits.report_of(rows[0]) == report


def test_an_album_is_one_chats_own(exhibits: Exhibits, sent: dict[str, Any]) -> None:
    rows = [
        exhibits.want(None, "", **sent, album="a"),
        exhibits.turn_away("kind", **sent, album="a"),
    ]
    exhibits.want(None, "", **sent | {"address": "102"}, album="a")
    assert exhibits.album("101", "a") == rows
    assert exhibits.album("101", "") == []


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def test_bytes_are_read_as_they_were_kept(
    files: Files, exhibits: Exhibits, sent: dict[str, Any]
) -> None:
    row = exhibits.want(None, "", **sent)
    for _ in range(2):
        files.keep(row.name, b"%PDF")
    assert files.read(row.name) == b"%PDF"


def test_nobody_else_on_the_machine_can_read_them(files: Files) -> None:
    files.keep("abcdef", b"%PDF")
    path = files.root / "ab" / "abcdef"
    assert (S_IMODE(path.stat().st_mode), S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_a_half_written_file_is_in_nobodys_way(files: Files) -> None:
    files.keep("abcdef", b"%PDF")
    (files.root / "ab" / "abcdeg.part").write_bytes(b"%P")
    files.keep("abcdeg", b"%PDF")
    assert {path.name for path in (files.root / "ab").iterdir()} == {"abcdef", "abcdeg"}


def test_removing_twice_does_no_harm(files: Files) -> None:
    files.keep("abcdef", b"%PDF")
    for _ in range(2):
        files.remove("abcdef")
    assert not (files.root / "ab" / "abcdef").exists()
