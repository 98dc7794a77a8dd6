"""Bringing a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import Database

HERE = Path(__file__).parent / "migrations"


def config(database: Database) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    settings.attributes["engine"] = database.engine
    return settings


def upgrade(database: Database, revision: str = "head") -> None:
    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    command.downgrade(config(database), revision)


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest revision that this code knows."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(config(database)).get_current_head()
