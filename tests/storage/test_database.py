from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import Session, select

from storage.database import Database
from storage.people import People
from storage.tables import Person

HANOI = timezone(timedelta(hours=7))


def names(database: Database) -> list[str]:
    with database.transaction() as session:
        return list(session.exec(select(Person.full_name)))


def add(database: Database, full_name: str, now: datetime) -> None:
    with database.transaction() as session:
        session.add(Person(full_name=full_name, created_at=now))


@pytest.mark.parametrize(
    "written",
    [
        datetime(2024, 9, 16, 2, 0, 0, 123456, tzinfo=UTC),
        datetime(2024, 9, 16, 9, 0, 0, 123456, tzinfo=HANOI),
    ],
    ids=["UTC", "local"],
)
def test_instants_come_back_aware_and_in_utc(database: Database, written: datetime) -> None:
    add(database, "Lan", written)
    with database.transaction() as session:
        read = session.exec(select(Person.created_at)).one()
    assert read == written
    assert read.tzinfo is UTC


def test_an_instant_without_a_time_zone_is_refused(database: Database, now: datetime) -> None:
    naive = now.replace(tzinfo=None)
    with pytest.raises(StatementError):
        add(database, "Lan", naive)
    assert names(database) == []


def test_a_block_that_raises_leaves_nothing(database: Database, now: datetime) -> None:
    def fail() -> None:
        with database.transaction() as session:
            People(session).welcome("telegram", "101", "Lan", now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(database) == []


def test_a_block_that_ends_is_kept(database: Database, now: datetime) -> None:
    add(database, "Lan", now)
    assert names(database) == ["Lan"]


def test_rows_can_be_read_after_the_commit(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        person = Person(full_name="Lan", created_at=now)
        session.add(person)
    assert person.full_name == "Lan"


def test_a_failing_statement_does_not_tell_what_was_said(database: Database, now: datetime) -> None:
    naive = now.replace(tzinfo=None)
    with pytest.raises(StatementError) as refused:
        add(database, "a person's words", naive)
    assert "a person's words" not in str(refused.value)


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Database:
    path = tmp_path / "one.db"
    path.write_bytes(sqlite_template.read_bytes())
    return Database(f"sqlite:///{path}")


def test_a_second_writer_on_sqlite_waits_instead_of_failing(
    sqlite: Database, now: datetime
) -> None:
    with ThreadPoolExecutor(1) as threads:
        with sqlite.transaction() as session:
            session.add(Person(full_name="first", created_at=now))
            session.flush()
            second = threads.submit(add, sqlite, "second", now)
            with pytest.raises(NotYetError):
                second.result(timeout=0.1)
        second.result(timeout=10)
    assert names(sqlite) == ["first", "second"]


def test_sqlite_survives_a_power_cut(sqlite: Database) -> None:
    with sqlite.transaction() as session:
        assert pragma(session, "journal_mode") == "wal"
        assert pragma(session, "synchronous") == 2
        assert pragma(session, "foreign_keys") == 1


def pragma(session: Session, name: str) -> object:
    return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'var' / 'tiendo.db'}")
    assert (tmp_path / "var").is_dir()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_vanishes_without_a_word_is_noticed(database_url: str) -> None:
    patient = Database(f"{database_url}?connect_timeout=30")
    with patient.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        said = driver.info.get_parameters()
    patient.dispose()
    assert (said["tcp_user_timeout"], said["connect_timeout"]) == ("20000", "30")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_freezes_in_a_transaction_does_not_hold_the_others_up(database: Database) -> None:
    with database.transaction() as session:
        patience = session.connection().exec_driver_sql("SHOW idle_in_transaction_session_timeout")
        assert patience.scalar_one() == "10s"
