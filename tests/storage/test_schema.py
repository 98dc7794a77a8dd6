"""The migrations lead to the tables in the code, forwards and back again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

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
