"""Bringing a database to the newest schema."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select

from storage.database import Database

HERE = Path(__file__).parent / "migrations"
MIGRATING = int.from_bytes(b"schema")


class NewerSchemaError(Exception):
    """The database was used by a later version of the program."""


def config(database: Database) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    settings.attributes["engine"] = database.engine
    return settings


def migrate(database: Database, keep: Callable[[], object]) -> bool:
    """Brings it to the newest schema; False where it stands there already.

    `keep` is called first where there is something to lose, and where it raises nothing is
    changed. Of several processes on one PostgreSQL one does all this, and the others wait; on
    SQLite the caller holds the lock on the file.
    """
    with _one_at_a_time(database):
        if is_current(database):
            return False
        refuse_newer(database)
        if not is_empty(database):
            keep()
        upgrade(database)
    return True


def upgrade(database: Database, revision: str = "head") -> None:
    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    command.downgrade(config(database), revision)


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest revision that this code knows."""
    return revision(database) == newest(database)


def newest(database: Database) -> str | None:
    return ScriptDirectory.from_config(config(database)).get_current_head()


def revision(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_empty(database: Database) -> bool:
    with database.engine.connect() as connection:
        return not inspect(connection).get_table_names()


def refuse_newer(database: Database) -> None:
    found = revision(database)
    scripts = ScriptDirectory.from_config(config(database)).walk_revisions()
    if found is not None and found not in {script.revision for script in scripts}:
        raise NewerSchemaError(
            f"The database {database.url.database} is at revision {found}, which this version does "
            "not know: a newer one has used it. Nothing was changed. Start that newer version, or "
            "restore a backup made before it (`python -m bot restore FILE`)."
        )


@contextmanager
def _one_at_a_time(database: Database) -> Iterator[None]:
    """The lock is its connection's, so that a process that is killed leaves none behind."""
    if database.is_sqlite:
        yield
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as held:
        held.execute(select(func.pg_advisory_lock(MIGRATING)))
        try:
            yield
        finally:
            # The connection goes back into the pool, and its lock would go with it.
            held.execute(select(func.pg_advisory_unlock(MIGRATING)))
