"""The migrations lead to the tables in the code, forwards and back again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage import schema
from storage.database import Database

REVISIONS = [revision.revision for revision in ScriptDirectory(str(schema.HERE)).walk_revisions()]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    yield database
    database.dispose()


def test_tables_in_the_code_equal_the_newest_migration(database: Database) -> None:
    command.check(schema.config(database))


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_migration_goes_up_down_and_up_again(empty: Database, revision: str) -> None:
    schema.upgrade(empty, revision)
    schema.downgrade(empty, "-1")
    schema.upgrade(empty, revision)
    schema.upgrade(empty)
    assert schema.is_current(empty)


def test_the_newest_schema_is_recognised_on_both_databases(database: Database) -> None:
    assert schema.is_current(database)


def test_a_fresh_database_is_not_current(empty: Database) -> None:
    assert not schema.is_current(empty)


def test_going_back_to_nothing_and_up_again_works_on_both_databases(database: Database) -> None:
    schema.downgrade(database, "base")
    schema.upgrade(database)
    assert schema.is_current(database)


@pytest.fixture
def kept() -> list[str]:
    return []


@pytest.fixture
def keep(database: Database, kept: list[str]) -> Callable[[], None]:
    """Notes at which revision it is called."""
    return lambda: kept.append(str(schema.revision(database)))


def test_what_is_there_is_kept_before_it_is_migrated(
    database: Database, keep: Callable[[], None], kept: list[str]
) -> None:
    schema.downgrade(database, REVISIONS[1])
    assert schema.migrate(database, keep)
    assert kept == [REVISIONS[1]]
    assert schema.is_current(database)


def test_at_the_newest_schema_nothing_is_done(
    database: Database, keep: Callable[[], None], kept: list[str]
) -> None:
    assert not schema.migrate(database, keep)
    assert kept == []


def test_of_an_empty_database_nothing_is_kept(empty: Database, kept: list[str]) -> None:
    assert schema.migrate(empty, lambda: kept.append("called"))
    assert kept == []


def test_where_it_cannot_be_kept_nothing_is_migrated(database: Database) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    schema.downgrade(database, REVISIONS[1])
    with pytest.raises(OSError, match="full"):
        schema.migrate(database, fail)
    assert schema.revision(database) == REVISIONS[1]


def test_a_newer_schema_is_refused_and_left_alone(
    database: Database, keep: Callable[[], None], kept: list[str]
) -> None:
    with database.transaction() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '2099_later'"))
    with pytest.raises(schema.NewerSchemaError, match=r"2099_later.*Nothing was changed"):
        schema.migrate(database, keep)
    assert (kept, schema.revision(database)) == ([], "2099_later")


SENT_BEFORE = """
    INSERT INTO agency (id, kind, duty, standing) VALUES ('quan-1', 'district', 'required', 0);
    INSERT INTO person (id, full_name, language, address_form, created_at)
        VALUES (1, 'Nguyễn Thị Lan', 'vi', 'anh-chi', '2024-09-01 00:00:00');
    INSERT INTO report (id, agency_id, year, state, version, opened_at, submitted_at, submitted_by)
        VALUES (1, 'quan-1', 2024, 'draft', 2, '2024-09-01 00:00:00', '2024-09-16 02:00:00', 1),
            (2, 'quan-1', 2023, 'draft', 0, '2023-09-01 00:00:00', NULL, NULL);
    INSERT INTO figure (id, report_id, indicator, state, basis, estimate, words, reason, as_of_on,
        person_id, channel, recorded_at, superseded_at)
        VALUES (5, 1, 'TV1.3', 'no_data', '', 0, '', '', '2024-09-16', 1, 'telegram',
            '2024-09-16 01:00:00', '2024-09-17 01:00:00'),
            (6, 1, 'TV1.3', 'no_object', '', 0, '', '', '2024-09-16', 1, 'telegram',
            '2024-09-17 01:00:00', NULL);
"""


def test_what_was_sent_before_versions_were_kept_has_its_newest(empty: Database) -> None:
    schema.upgrade(empty, "20261130_reminders")
    with empty.transaction() as session:
        for statement in SENT_BEFORE.split(";")[:-1]:
            session.connection().execute(text(statement))
    schema.upgrade(empty)
    with empty.transaction() as session:
        kept = text("SELECT report_id, version, submitted_by, last_figure FROM report_version")
        assert session.connection().execute(kept).all() == [(1, 2, 1, 5)]
    schema.downgrade(empty, "20261130_reminders")


NOTICED_BEFORE = """
    INSERT INTO person (id, full_name, language, address_form, created_at)
        VALUES (1, 'Nguyễn Thị Lan', 'vi', 'anh-chi', '2024-09-01 00:00:00');
    INSERT INTO broadcast (id, text, audience, recipients, person_id, channel, address, state,
        shown, confirmed_at)
        VALUES (1, 'Mời họp', 'focal', 1, 1, 'telegram', '900', 'finished', '',
            '2024-09-16 02:00:00');
    INSERT INTO outbox (id, dedupe_key, lane, channel, address, kind, payload, state, on_unknown,
        created_at, not_before_at, attempts, fence, broadcast_id)
        VALUES (1, 'k', 3, 'telegram', '101', 'broadcast', '{}', 'sent', 'hold',
            '2024-09-16 02:00:00', '2024-09-16 02:00:00', 0, 1, 1);
"""


def test_what_notices_left_behind_outlives_their_tables_being_rebuilt(empty: Database) -> None:
    schema.upgrade(empty, "20261203_freezing")
    with empty.transaction() as session:
        for statement in NOTICED_BEFORE.split(";")[:-1]:
            session.connection().execute(text(statement))
    schema.upgrade(empty)
    schema.downgrade(empty, "20261203_freezing")
    with empty.transaction() as session:
        kept = text("SELECT audience, broadcast_id FROM broadcast, outbox")
        assert session.connection().execute(kept).all() == [("focal", 1)]
