"""Backups can be read again; what is counted out is what may go; a restored bot keeps silent."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, select

from plan.calendars import local_date
from storage.backup import aftermath, postgres, rotation, sqlite
from storage.backup.copies import Copies
from storage.backup.drafts import BackupError, trickled, whole
from storage.broadcasts import Broadcasts
from storage.database import Database
from storage.inbox import Inbox
from storage.outbox import Lane, Outbox
from storage.pulses import Pulses
from storage.tables import InboxRow, OutboxRow

NIGHT = datetime(2024, 9, 15, 19, 30, tzinfo=UTC)
"""02:30 on Monday 16 September 2024 in Ho Chi Minh City."""
DAY = timedelta(days=1)
MOMENTS = st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2025, 6, 1)), unique=True).map(  # noqa: DTZ001 - hypothesis adds UTC below
    lambda found: {at.replace(tzinfo=UTC) for at in found}
)
NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)


def test_what_trickles_to_the_disk_ends_with_what_was_written(tmp_path: Path) -> None:
    draft, before = tmp_path / "draft", threading.active_count()
    draft.touch()
    with suppress(RuntimeError), trickled(draft):
        assert threading.active_count() == before + 1
        raise RuntimeError
    assert threading.active_count() == before


def copy_of(database: Database, folder: Path) -> Path:
    kind = sqlite if database.is_sqlite else postgres
    target = folder / rotation.named(NOW, kind.SUFFIX)
    kind.save(database.url, target)
    return target


@given(MOMENTS, st.integers(1, 10), st.integers(1, 6))
def test_the_newest_is_never_deleted(moments: set[datetime], daily: int, weekly: int) -> None:
    kept = moments - rotation.superfluous(moments, daily=daily, weekly=weekly)
    assert not moments or max(moments) in kept
    assert len(kept) <= daily + weekly


@given(MOMENTS)
def test_counting_out_twice_deletes_nothing_more(moments: set[datetime]) -> None:
    kept = moments - rotation.superfluous(moments, daily=7, weekly=4)
    assert rotation.superfluous(kept, daily=7, weekly=4) == set()


@given(st.integers(40, 120))
def test_night_after_night_seven_days_and_four_weeks_remain(nights: int) -> None:
    kept: set[datetime] = set()
    for night in range(nights):
        kept.add(NIGHT + night * DAY)
        kept -= rotation.superfluous(kept, daily=7, weekly=4)
    days = {local_date(at) for at in kept}
    last = max(days)
    mondays = {day for day in days if day.weekday() == 0}
    assert {last - number * DAY for number in range(7)} <= days
    assert len(mondays) == 4
    assert days - mondays <= {last - number * DAY for number in range(7)}


def test_files_of_others_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    for name in ("tiendo-20240101T000000Z.db", "tiendo-20249999T000000Z.db", "tiendo-old.db"):
        (tmp_path / name).touch()
    (tmp_path / rotation.named(NIGHT, ".db")).touch()
    gone = rotation.rotate(tmp_path, NIGHT, daily=1, weekly=1)
    assert [path.name for path in gone] == ["tiendo-20240101T000000Z.db"]


def test_what_a_clock_that_was_ahead_has_named_takes_no_place(tmp_path: Path) -> None:
    ahead = [NIGHT + 730 * DAY + number * 7 * DAY for number in range(4)]
    for at in [*ahead, NIGHT, NIGHT - DAY, NIGHT - 2 * DAY]:
        (tmp_path / rotation.named(at, ".db")).touch()
    rotation.rotate(tmp_path, NIGHT, daily=2, weekly=1)
    assert list(rotation.backups(tmp_path)) == [NIGHT - DAY, NIGHT, *ahead]


def test_a_draft_of_who_was_killed_is_deleted_and_never_a_backup(tmp_path: Path) -> None:
    left, going_on = tmp_path / ".tiendo-a.db.part", tmp_path / ".tiendo-b.db.part"
    for draft, hours in ((left, 3), (going_on, 1)):
        draft.touch()
        at = (NIGHT - timedelta(hours=hours)).timestamp()
        os.utime(draft, (at, at))
    assert rotation.backups(tmp_path) == {}
    rotation.rotate(tmp_path, NIGHT, daily=1, weekly=1)
    assert list(tmp_path.iterdir()) == [going_on]


def test_files_are_kept_for_longer_than_any_backup() -> None:
    for daily, weekly in ((7, 4), (60, 1), (1, 20)):
        kept: set[datetime] = set()
        for night in range(200):
            kept.add(NIGHT + night * DAY)
            kept -= rotation.superfluous(kept, daily=daily, weekly=weekly)
        assert max(kept) - min(kept) < rotation.longest(daily=daily, weekly=weekly)
    assert rotation.longest(daily=7, weekly=4) == timedelta(days=35)


def filled(database: Database) -> None:
    with database.transaction() as session:
        for number in range(2000):
            Pulses(session).beat(f"pulse {number}", NOW, token_hex(100))


def test_told_to_stop_it_stops_and_leaves_nothing(database: Database, tmp_path: Path) -> None:
    filled(database)
    stop, target = Event(), tmp_path / "backups" / "x"
    stop.set()
    with database.transaction() as session:
        if not database.is_sqlite:  # for which pg_dump would wait
            session.connection().execute(text("LOCK TABLE pulse"))
        with pytest.raises(BackupError, match=r"interrupted|told to stop"):
            (sqlite if database.is_sqlite else postgres).save(database.url, target, stop)
    assert list(target.parent.iterdir()) == []


def test_a_backup_holds_what_the_database_holds(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        Pulses(session).beat("tick", NOW, "seen")
    path = copy_of(database, tmp_path / "backups")
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert rotation.backups(path.parent) == {NOW: path}


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "wrong.db").write_bytes(b"no database at all" * 500)
    url = Database(f"sqlite:///{tmp_path / 'wrong.db'}").url
    with pytest.raises(BackupError, match="wrong"):
        sqlite.save(url, tmp_path / "backups" / "x.db")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_draft_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("old", encoding="ascii")

    def half() -> None:
        with whole(tmp_path / "x") as draft:
            draft.write_text("half", encoding="ascii")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        half()
    assert [each.read_text(encoding="ascii") for each in tmp_path.iterdir()] == ["old"]


def test_a_damaged_backup_is_found_out(database: Database, tmp_path: Path) -> None:
    path = copy_of(database, tmp_path)
    data = bytearray(path.read_bytes())
    data[len(data) // 3 :] = b"\xff" * (len(data) - len(data) // 3)
    path.write_bytes(data)
    with pytest.raises(BackupError):
        (sqlite if database.is_sqlite else postgres).check(path)


@pytest.mark.parametrize("left", [0.5, 0.9])
def test_a_backup_that_was_cut_off_is_found_out(
    database: Database, tmp_path: Path, left: float
) -> None:
    """Behind its list of contents, too."""
    filled(database)
    path = copy_of(database, tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * left)])
    with pytest.raises(BackupError):
        (sqlite if database.is_sqlite else postgres).check(path)


def test_another_programs_database_is_no_backup(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE thing (id)")
    with pytest.raises(BackupError, match="not a database of this program"):
        sqlite.check(tmp_path / "other.db")


@pytest.fixture
def busy(database: Database) -> Iterator[list[int]]:
    """Somebody who writes without a pause: pairs of rows, which belong together."""
    written: list[int] = []
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            number = len(written)
            with database.transaction() as session:
                Pulses(session).beat(f"left {number}", NOW)
                Pulses(session).beat(f"right {number}", NOW)
            written.append(number)

    thread = Thread(target=write)
    thread.start()
    yield written
    stop.set()
    thread.join()


def names_in(path: Path, database: Database) -> set[str]:
    """Of the pulses in a backup."""
    if database.is_sqlite:
        url = database.url.set(database=str(path))
    else:
        url = postgres.stage(path, database.url.set(database=f"{database.url.database}_x"))
    opened = Database(url)
    with opened.transaction() as session:
        found = set(Pulses(session).all())
    opened.dispose()
    if not database.is_sqlite:
        postgres.discard(url)
    return found


def test_under_load_a_backup_is_one_moment_of_the_database(
    database: Database, busy: list[int], tmp_path: Path
) -> None:
    while len(busy) < 50:
        Event().wait(0.01)
    before = len(busy)
    path = copy_of(database, tmp_path)
    names = names_in(path, database)
    left = {name.split()[1] for name in names if name.startswith("left")}
    right = {name.split()[1] for name in names if name.startswith("right")}
    assert left == right
    assert len(left) >= before


def letter(
    session: Session,
    key: str,
    lane: Lane,
    later: timedelta = timedelta(0),
    broadcast_id: int | None = None,
) -> None:
    Outbox(session).add(
        key,
        lane=lane,
        channel="telegram",
        address="101",
        kind="reminder",
        payload="{}",
        now=NOW,
        not_before_at=NOW + later,
        broadcast_id=broadcast_id,
    )


def states(session: Session) -> dict[str, str]:
    return {row.dedupe_key: row.state for row in session.exec(select(OutboxRow))}


def test_what_may_have_left_since_is_not_sent_by_itself(session: Session) -> None:
    letter(session, "reply", Lane.REPLY)
    letter(session, "notice", Lane.BROADCAST)
    letter(session, "on the wire", Lane.REMINDER)
    letter(session, "for tomorrow", Lane.REMINDER, DAY)
    due = Outbox(session).due(NOW, replies=9, bulk=9)
    Outbox(session).sending([each for each in due if each.lane == Lane.REMINDER], NOW)
    assert aftermath.still(session, NOW) == aftermath.Stilled(unknown=2, cancelled=1, dead=0)
    assert states(session) == {
        "reply": "cancelled",
        "notice": "unknown",
        "on the wire": "unknown",
        "for tomorrow": "queued",
    }
    assert Outbox(session).due(NOW, replies=9, bulk=9) == []


def test_letters_of_notices_are_for_a_person_whatever_became_of_them(session: Session) -> None:
    """Also a correction, which would be sent again over a later one; and what a stop holds."""
    notice = Broadcasts(session).draft(None, NOW)
    for key, lane in (("correction", Lane.SILENT), ("held", Lane.BROADCAST)):
        letter(session, key, lane, broadcast_id=notice.id)
    session.exec(select(OutboxRow).where(OutboxRow.dedupe_key == "held")).one().state = "held"
    session.flush()
    assert aftermath.still(session, NOW) == aftermath.Stilled(unknown=2, cancelled=0, dead=0)
    assert set(states(session).values()) == {"unknown"}


def test_updates_that_may_have_been_answered_since_are_laid_by(session: Session) -> None:
    session.add(
        InboxRow(
            bot_id=1,
            update_id=1,
            user_key="101",
            desk=0,
            payload="{}",
            received_at=NOW,
            not_before_at=NOW,
        )
    )
    session.flush()
    assert aftermath.still(session, NOW).dead == 1
    assert Inbox(session).unfinished() == 0


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    for name in ("ab12", "cd34"):
        (folder / name[:2]).mkdir(parents=True)
        (folder / name[:2] / name).write_text(name, encoding="ascii")
    (folder / "ab" / "ab99.part").touch()
    return folder


def test_files_are_copied_once_and_brought_back(files: Path, tmp_path: Path) -> None:
    copies = Copies(tmp_path / "backups" / "files", files, 35 * DAY)
    assert (copies.add(date(2024, 9, 16)), copies.add(date(2024, 9, 17))) == (2, 0)
    shutil.rmtree(files)
    assert copies.bring_back(["ab12", "ef56"]) == 1
    assert (files / "ab" / "ab12").read_text(encoding="ascii") == "ab12"


def test_a_file_taken_back_stays_until_no_backup_names_it(files: Path, tmp_path: Path) -> None:
    copies, day = Copies(tmp_path / "copies", files, 35 * DAY), date(2024, 9, 16)
    copies.add(day)
    (files / "cd" / "cd34").unlink()
    copies.add(day + DAY)
    assert copies.bring_back(["cd34"]) == 1
    (files / "cd" / "cd34").unlink()
    copies.add(day + DAY + 35 * DAY)
    assert copies.bring_back(["cd34"]) == 1
    (files / "cd" / "cd34").unlink()
    copies.add(day + DAY + 35 * DAY + DAY)
    assert copies.bring_back(["cd34"]) == 0
