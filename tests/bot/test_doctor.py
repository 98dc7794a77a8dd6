"""The doctor names what is wrong, one line each, and touches nothing."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot import checks
from bot.asking import Unanswered, who_am_i
from bot.backups import back_up
from bot.checks import Ground, Note, WrongError
from bot.clock import system_clock
from bot.doctor import CHECKS
from bot.restoring import restore
from bot.settings import Settings
from plan.retention import ASIDE
from sandbox.telegram import Telegram
from storage import schema
from storage.backup import postgres
from storage.backup.drafts import BackupError
from storage.database import Database
from storage.evidence import Exhibits
from storage.files import Files
from storage.people import People
from storage.tables import OutboxRow
from tests.bot.test_main import call, env

__all__ = ["env"]
OLD_SQLITE = sqlite3.sqlite_version_info < checks.WAL_RESET_FIXED


@pytest.fixture
def ground(database: Database, database_url: str, tmp_path: Path) -> Ground:
    settings = Settings.model_validate(
        {
            "bot_token": "123456:" + "a" * 35,
            "database_url": database_url,
            "files_dir": tmp_path / "files",
            "backup_dir": tmp_path / "backups",
        }
    )
    return Ground(settings, database, system_clock())


def letter(ground: Ground, state: str) -> None:
    now: datetime = ground.now
    with ground.database.transaction() as session:
        session.add(
            OutboxRow(
                dedupe_key="x",
                lane=3,
                channel="telegram",
                address="101",
                kind="reminder",
                payload="{}",
                state=state,
                not_before_at=now,
                created_at=now,
            )
        )


def exhibit(ground: Ground, data: bytes) -> str:
    """The name of a file that is kept."""
    now = ground.now
    with ground.database.transaction() as session:
        person = People(session).welcome("telegram", "101", "Nguyễn Thị Lan", now)
        sent = {"person_id": person, "channel": "telegram", "address": "101", "remote_id": "r"}
        row = Exhibits(session).want(None, "TV1.2", **sent, not_before_at=now, received_at=now)
        name, number = row.name, row.id or 0
        Exhibits(session).settle(number, "kept", now, sha256=sha256(data).hexdigest())
    Files(ground.settings.files_dir).keep(name, data)
    return name


def test_all_is_well_with_a_prepared_database(ground: Ground) -> None:
    back_up(ground.settings, ground.database.url, ground.now)
    exhibit(ground, b"photo")
    for check in (checks.token, checks.plan, checks.time_zone, checks.database, checks.integrity):
        assert check(ground)
    assert "the newest" in checks.newest_schema(ground)
    assert "MB free" in checks.disk(ground)
    assert "0 hours old" in checks.backup(ground)
    assert checks.files(ground) == "the newest 1 are there, unchanged"
    assert checks.letters(ground) == "0 unknown; dead updates: 0"


def test_the_calendar_of_next_year_is_known(ground: Ground) -> None:
    end_of_2026 = datetime(2026, 12, 1, tzinfo=UTC)
    assert "known for 2027" in checks.calendar(replace(ground, now=end_of_2026))
    with pytest.raises(WrongError, match="0 days off are known for 2040"):
        checks.calendar(replace(ground, now=datetime(2039, 12, 1, tzinfo=UTC)))


@pytest.mark.parametrize("token", ["", "abc", "123456:short", "123456 " + "a" * 35])
def test_a_token_of_another_shape_is_found_and_not_shown(ground: Ground, token: str) -> None:
    ground.settings.bot_token = SecretStr(token)
    with pytest.raises(WrongError, match="BOT_TOKEN") as found:
        checks.token(ground)
    assert token not in str(found.value) or not token


def test_a_faulty_plan_is_found(ground: Ground, tmp_path: Path) -> None:
    ground.settings.plan_file = tmp_path / "nowhere.toml"
    with pytest.raises(WrongError, match="1 defects"):
        checks.plan(ground)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, ground: Ground) -> None:
    path = tmp_path / "nowhere.db"
    absent = replace(ground, database=Database(f"sqlite:///{path}"))
    with pytest.raises(WrongError, match="migrate"):
        checks.database(absent)
    assert not path.exists()


def test_an_older_schema_is_found(ground: Ground) -> None:
    schema.downgrade(ground.database, "-1")
    with pytest.raises(WrongError, match="the next start migrates"):
        checks.newest_schema(ground)


def test_a_newer_schema_is_found(ground: Ground) -> None:
    with ground.database.transaction() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '2099_later'"))
    with pytest.raises(schema.NewerSchemaError, match="2099_later"):
        checks.newest_schema(ground)


def test_postgresql_that_forgets_is_found(ground: Ground) -> None:
    if ground.database.is_sqlite:
        with pytest.raises(Note, match=r"before 3\.51\.3") if OLD_SQLITE else nullcontext():
            checks.engine(ground)
        return
    found = pytest.raises(WrongError, match="synchronous_commit")
    with with_synchronous_commit("off", ground) as forgetful, found:
        checks.engine(forgetful)
    with with_synchronous_commit("on", ground) as careful:
        assert checks.engine(careful)


@contextmanager
def with_synchronous_commit(value: str, ground: Ground) -> Iterator[Ground]:
    options = {"options": f"-c synchronous_commit={value}"}
    database = Database(ground.database.url.update_query_dict(options))
    yield replace(ground, database=database)
    database.dispose()


def test_no_backup_an_old_one_and_a_broken_one_are_found(ground: Ground) -> None:
    with pytest.raises(WrongError, match="none in"):
        checks.backup(ground)
    path = back_up(ground.settings, ground.database.url, ground.now)
    with pytest.raises(WrongError, match="26 hours old"):
        checks.backup(replace(ground, now=ground.now + timedelta(hours=26)))
    with pytest.raises(WrongError, match="1 that a clock which was ahead has dated"):
        checks.backup(replace(ground, now=ground.now - timedelta(days=730)))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(BackupError):
        checks.backup(ground)


def test_what_made_room_for_a_backup_is_named_when_it_is_too_old(ground: Ground) -> None:
    assert checks.aside(ground).startswith("nothing")
    file = back_up(ground.settings, ground.database.url, ground.now)
    ground.database.dispose()
    name = restore(ground.settings, file, ground.now).aside
    try:
        later = ground.now.replace(microsecond=0) + ASIDE.length
        assert checks.aside(replace(ground, now=later)).startswith("nothing")
        with pytest.raises(Note, match=f"14 days, to be deleted: {re.escape(name)}$"):
            checks.aside(replace(ground, now=later + timedelta(seconds=1)))
    finally:
        if not ground.database.is_sqlite:
            postgres.discard(ground.database.url.set(database=name))


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"other")])
def test_a_file_that_is_not_as_it_was_kept_is_found(
    ground: Ground, damage: Callable[[Path], object]
) -> None:
    name = exhibit(ground, b"photo")
    damage(ground.settings.files_dir / name[:2] / name)
    with pytest.raises(WrongError, match="missing or changed"):
        checks.files(ground)


def test_letters_that_await_a_decision_are_a_note(ground: Ground) -> None:
    letter(ground, "unknown")
    with pytest.raises(Note, match="1 unknown"):
        checks.letters(ground)


def test_each_finding_is_a_line_and_the_worst_decides(env: dict[str, str]) -> None:
    result = call(env, "doctor")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0] == "ok     settings   read"
    assert "WRONG  token      BOT_TOKEN is not set" in lines
    assert [line for line in lines if line.startswith("WRONG  database")]
    assert len(lines) == 1 + len(CHECKS)


def test_a_healthy_bot_gets_a_clean_bill(env: dict[str, str]) -> None:
    env["BOT_TOKEN"] = "123456:" + "a" * 35
    assert call(env, "migrate").exit_code == 0
    made = call(env, "backup")
    assert made.exit_code == 0
    result = call(env, "doctor")
    assert (result.exit_code, "WRONG" in result.stdout) == (0, False), result.stdout
    assert Path(made.stdout.strip()).name in result.stdout


def test_settings_that_cannot_be_read_are_named_without_their_values(env: dict[str, str]) -> None:
    result = call({**env, "SEND_PER_SECOND": "s3cret"}, "doctor")
    assert (result.exit_code, "SEND_PER_SECOND" in result.stdout) == (1, True)
    assert "s3cret" not in result.stdout


def test_a_backup_is_restored_from_the_command_line(env: dict[str, str]) -> None:
    call(env, "migrate")
    file = call(env, "backup", "--to", "mine.db").stdout.strip()
    result = call(env, "restore", file)
    assert result.exit_code == 0
    assert "The database that was there is now" in result.stdout
    refused = call(env, "restore", "nowhere.db")
    assert (refused.exit_code, refused.stderr) == (2, "There is no file nowhere.db.\n")


async def test_telegram_says_who_the_bot_is(telegram: Telegram, ground: Ground) -> None:
    ground.settings.bot_token = SecretStr(telegram.token)
    ground.settings.telegram_api_url = telegram.url
    assert (await asyncio.to_thread(who_am_i, ground.settings)).startswith("@")
    ground.settings.bot_token = SecretStr("654321:" + "b" * 35)
    with pytest.raises(Unanswered, match="Unauthorized"):
        await asyncio.to_thread(who_am_i, ground.settings)


def test_the_commands_do_not_import_telegrams_library() -> None:
    code = "import sys, bot.doctor, bot.restoring, bot.backups; assert 'aiogram' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own line
