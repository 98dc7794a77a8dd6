"""Every night, before a migration, and back again; whatever fails, the old is still there."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.alone import AlreadyRunningError, alone
from bot.backups import Nightly, back_up, last_due, migrated
from bot.desk import Desk
from bot.erasing import erase
from bot.restoring import restore
from bot.settings import Settings
from sandbox.clock import PushedClock
from storage import schema
from storage.backup import postgres
from storage.backup.drafts import BackupError
from storage.backup.rotation import backups
from storage.database import Database
from storage.people import People
from storage.pulses import Pulses
from storage.tables import Person
from tests.asides import BringBack
from tests.bot.conftest import NIGHT, Without
from tests.bot.door import until

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)


@pytest.fixture
def nightly(at_rest: Settings, database: Database, clock: PushedClock) -> Iterator[Nightly]:
    desk = Desk()
    yield Nightly(at_rest, database, desk, clock.now, lambda: True)
    desk.close()


def test_a_night_begins_when_its_hour_strikes() -> None:
    at = time(2, 30)
    assert last_due(at, NIGHT) == NIGHT
    assert last_due(at, NIGHT - timedelta(seconds=1)) == NIGHT - DAY
    assert last_due(at, NIGHT + timedelta(hours=23)) == NIGHT


async def test_one_backup_a_night(nightly: Nightly, clock: PushedClock) -> None:
    clock.push_to(NIGHT)
    for _ in range(3):
        await nightly.run()
    clock.push_to(NIGHT + timedelta(hours=23))
    await nightly.run()
    assert list(backups(nightly.settings.backup_dir)) == [NIGHT]
    with nightly.database.transaction() as session:
        pulse = Pulses(session).all()["backup"]
    assert (pulse.at, pulse.detail) == (NIGHT, backups(nightly.settings.backup_dir)[NIGHT].name)


async def test_a_night_that_was_slept_through_is_made_up_for(
    nightly: Nightly, clock: PushedClock
) -> None:
    clock.push_to(NIGHT)
    await nightly.run()
    clock.push_to(NIGHT + DAY + timedelta(hours=6))
    await nightly.run()
    assert list(backups(nightly.settings.backup_dir)) == [NIGHT, NIGHT + DAY + timedelta(hours=6)]


async def test_only_who_holds_the_lease_makes_one(nightly: Nightly, clock: PushedClock) -> None:
    clock.push_to(NIGHT)
    nightly.held = lambda: False
    await nightly.run()
    assert not nightly.settings.backup_dir.exists()


async def test_old_backups_make_room(nightly: Nightly, clock: PushedClock) -> None:
    nightly.settings.backups_daily = nightly.settings.backups_weekly = 1
    for nights in range(3):
        clock.push_to(NIGHT + nights * DAY)
        await nightly.run()
    assert list(backups(nightly.settings.backup_dir)) == [NIGHT, NIGHT + 2 * DAY]


async def test_a_backup_that_fails_is_told_and_leaves_the_old_ones(
    nightly: Nightly, clock: PushedClock
) -> None:
    nightly.settings.backups_daily = 1
    clock.push_to(NIGHT)
    await nightly.run()
    nightly.settings.files_dir = nightly.settings.backup_dir / "files" / "now" / "ab"
    nightly.database.url = nightly.database.url.set(database="/nowhere/at-all")
    clock.push_to(NIGHT + DAY)
    with capture_logs() as logged:
        await nightly.run()
    assert [each["event"] for each in logged if each["log_level"] == "error"] == ["no backup"]
    assert list(backups(nightly.settings.backup_dir)) == [NIGHT]


@pytest.fixture
def no_room(at_rest: Settings) -> Path:
    """A file in the way of people's files: the other part of a backup finds its place."""
    at_rest.files_dir.joinpath("ab").mkdir(parents=True)
    at_rest.files_dir.joinpath("ab", "ab12").touch()
    at_rest.backup_dir.mkdir()
    obstacle = at_rest.backup_dir / "files"
    obstacle.touch()
    return obstacle


def beats(database: Database) -> dict[str, datetime]:
    with database.transaction() as session:
        return {name: pulse.at for name, pulse in Pulses(session).all().items()}


async def test_where_files_cannot_be_copied_the_database_is_not_copied_again(
    nightly: Nightly, clock: PushedClock, no_room: Path
) -> None:
    with capture_logs() as logged:
        for looks in range(4):
            clock.push_to(NIGHT + looks * timedelta(minutes=15))
            await nightly.run()
    assert list(backups(nightly.settings.backup_dir)) == [NIGHT]
    assert len(logged) == 4
    assert all("people's files were not copied" in each["error"] for each in logged)
    # What is half made is no backup: it ages, and monitors and `/suckhoe` say so.
    assert "backup" not in beats(nightly.database)
    await asyncio.to_thread(no_room.unlink)
    await nightly.run()
    assert beats(nightly.database)["backup"] == clock.now()
    assert (nightly.settings.backup_dir / "files" / "now" / "ab" / "ab12").exists()
    assert list(backups(nightly.settings.backup_dir)) == [NIGHT]


@pytest.mark.usefixtures("no_room")
async def test_night_after_night_without_files_the_disk_does_not_fill(
    nightly: Nightly, clock: PushedClock
) -> None:
    nightly.settings.backups_daily = nightly.settings.backups_weekly = 1
    for nights in range(4):
        clock.push_to(NIGHT + nights * DAY)
        await nightly.run()
    assert list(backups(nightly.settings.backup_dir)) == [NIGHT, NIGHT + 3 * DAY]


async def test_a_backup_of_a_clock_that_was_ahead_is_none(
    nightly: Nightly, clock: PushedClock
) -> None:
    with nightly.database.transaction() as session:
        for part in ("backup", "backup:database"):
            Pulses(session).beat(part, NIGHT + 730 * DAY)
    clock.push_to(NIGHT)
    await nightly.run()
    assert list(backups(nightly.settings.backup_dir)) == [NIGHT]
    assert beats(nightly.database)["backup"] == NIGHT


async def test_told_to_stop_a_backup_is_given_up(
    nightly: Nightly, clock: PushedClock, database: Database
) -> None:
    """So large that it would take long; pg_dump waits for a lock."""
    clock.push_to(NIGHT)
    if database.is_sqlite:
        query = "CREATE TABLE large AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
        query += "FROM n WHERE i < 300000) SELECT hex(randomblob(100)) AS x FROM n"
        with database.transaction() as session:
            session.connection().execute(text(query))
    with database.engine.connect() as other:
        if not database.is_sqlite:
            other.execute(text("LOCK TABLE audit"))
        task = asyncio.create_task(nightly.run())
        await until(lambda: any(nightly.settings.backup_dir.glob(".*.part")))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(5):
            await asyncio.get_running_loop().shutdown_default_executor()
    assert list(nightly.settings.backup_dir.iterdir()) == []
    assert "backup:database" not in beats(database)


@pytest.mark.usefixtures("no_room")
def test_a_migration_that_fails_at_each_start_does_not_fill_the_disk(
    at_rest: Settings, database: Database
) -> None:
    for minutes in range(3):
        schema.downgrade(database, "-1")
        assert migrated(at_rest, database, NIGHT + timedelta(minutes=minutes))
    assert list(backups(at_rest.backup_dir)) == [NIGHT, NIGHT + timedelta(minutes=2)]


def test_before_a_migration_a_backup_is_made(at_rest: Settings, database: Database) -> None:
    schema.downgrade(database, "20261124")
    assert migrated(at_rest, database, NIGHT)
    assert list(backups(at_rest.backup_dir)) == [NIGHT]
    assert schema.is_current(database)
    assert not migrated(at_rest, database, NIGHT + DAY)


def test_where_no_backup_can_be_made_nothing_is_migrated(
    at_rest: Settings, database: Database
) -> None:
    schema.downgrade(database, "-1")
    before = schema.revision(database)
    at_rest.backup_dir = Path("/proc/nowhere")
    with pytest.raises((BackupError, OSError)):
        migrated(at_rest, database, NIGHT)
    assert schema.revision(database) == before
    assert migrated(at_rest, database, NIGHT, keep=False)


async def test_of_several_processes_that_start_at_once_one_migrates(
    at_rest: Settings, database: Database, database_url: str
) -> None:
    schema.downgrade(database, "-1")
    env = {**os.environ, "DATABASE_URL": database_url, "BACKUP_DIR": str(at_rest.backup_dir)}
    command = [sys.executable, "-m", "bot", "migrate"]
    processes = [
        await asyncio.create_subprocess_exec(*command, env=env, cwd=ROOT, stdout=PIPE, stderr=PIPE)
        for _ in range(3)
    ]
    ended = [await process.communicate() for process in processes]
    # On SQLite the others may be refused, because somebody is at it; elsewhere they wait.
    codes = {process.returncode for process in processes}
    assert codes <= ({0, 2} if database.is_sqlite else {0}), ended
    assert len(backups(at_rest.backup_dir)) == 1
    assert schema.is_current(database)


def test_the_database_steps_aside_for_its_backup(
    at_rest: Settings, database: Database, brought_back: BringBack
) -> None:
    beat(database, "before")
    file = back_up(at_rest, database.url, NIGHT)
    beat(database, "after")
    database.dispose()
    restored = brought_back(file)
    assert pulses(database) & {"before", "after"} == {"before"}
    assert pulses(Database(database.url.set(database=restored.aside))) == {"before", "after"}
    assert "20240916T193000Z" in restored.aside.upper()


def test_a_restore_is_in_the_log_of_changes(
    at_rest: Settings, database: Database, brought_back: BringBack
) -> None:
    file = back_up(at_rest, database.url, NIGHT)
    database.dispose()
    brought_back(file)
    with database.transaction() as session:
        query = text("SELECT action, channel FROM audit ORDER BY 1 DESC")
        assert ("database.restored", "cli") in [
            tuple(row) for row in session.connection().execute(query)
        ]
    database.dispose()


@pytest.mark.usefixtures("lan")
def test_who_was_erased_since_the_backup_stays_erased(database: Database, without: Without) -> None:
    assert without(lambda session: erase(session, 1, NIGHT)).erased == 1
    assert name_of(database, 1) == ""


@pytest.mark.usefixtures("lan")
def test_who_has_the_number_of_an_erased_one_only_is_left_alone(
    database: Database, without: Without
) -> None:
    def another(session: Session) -> None:
        session.get_one(Person, 1).created_at = NIGHT + DAY
        erase(session, 1, NIGHT)

    assert without(another).erased == 0
    assert name_of(database, 1) == "Nguyễn Thị Lan"


@pytest.mark.usefixtures("lan")
def test_where_nobody_can_tell_who_was_erased_it_is_said(
    without: Without,
) -> None:
    rename = text("ALTER TABLE person RENAME TO people")
    restored = without(lambda session: session.connection().execute(rename))
    assert restored.erased is None
    assert "look into your register" in str(restored)


def test_an_older_backup_is_brought_to_the_newest_schema(
    at_rest: Settings, database: Database, brought_back: BringBack
) -> None:
    schema.downgrade(database, "20261124")
    file = back_up(at_rest, database.url, NIGHT)
    schema.upgrade(database)
    database.dispose()
    brought_back(file)
    assert schema.is_current(database)
    database.dispose()


def test_a_newer_backup_is_refused_and_the_database_stays(
    at_rest: Settings, database: Database
) -> None:
    with database.transaction() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '2099_later'"))
    file = back_up(at_rest, database.url, NIGHT)
    beat(database, "after")
    database.dispose()
    with pytest.raises(schema.NewerSchemaError, match="2099_later"):
        restore(at_rest, file, NIGHT)
    assert pulses(database) == {"after"}


@pytest.mark.parametrize("content", [b"", b"nothing of the kind" * 1000], ids=["empty", "other"])
def test_a_file_that_is_no_backup_is_refused(
    at_rest: Settings, database: Database, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "file").write_bytes(content)
    database.dispose()
    with pytest.raises(BackupError):
        restore(at_rest, tmp_path / "file", NIGHT)
    assert schema.is_current(database)
    database.dispose()


def test_while_a_bot_runs_nothing_is_restored(at_rest: Settings, database: Database) -> None:
    file = back_up(at_rest, database.url, NIGHT)
    beat(database, "running")
    with (
        alone(database.url),
        database.engine.connect(),
        pytest.raises((AlreadyRunningError, BackupError), match=r"(?i)stop"),
    ):
        restore(at_rest, file, NIGHT)


def test_a_password_is_never_on_a_command_line(database: Database) -> None:
    url = database.url.set(drivername="postgresql+psycopg", password="s3cret word")  # noqa: S106 - nobody's
    options, environment = postgres.target(url)
    assert "s3cret" not in " ".join(options)
    assert environment == {"PGPASSWORD": "s3cret word"}


def name_of(database: Database, person_id: int) -> str:
    with database.transaction() as session:
        return People(session).name(person_id)


def beat(database: Database, name: str) -> None:
    with database.transaction() as session:
        Pulses(session).beat(name, NIGHT)


def pulses(database: Database) -> set[str]:
    with database.transaction() as session:
        found = set(Pulses(session).all())
    database.dispose()
    return found
