"""Fresh databases, migrated and seeded: a file copied, or one cloned on the server."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from plan.loading import load
from storage import schema
from storage.database import Database
from storage.seeding import seed

SERVER = "TEST_POSTGRES_URL"
UNSET = f"{SERVER} is not set"


def lack(kind: str) -> str:
    """Why there is none of this kind; empty where there is."""
    return UNSET if kind == "postgresql" and not os.environ.get(SERVER) else ""


@contextmanager
def fresh(kind: str, home: Path) -> Iterator[str]:
    """Its URL; gone afterwards."""
    url = f"sqlite:///{home / 'tiendo.db'}" if kind == "sqlite" else _created()
    try:
        _prepare(Database(url))
        yield url
    finally:
        _gone(url)


def _created() -> str:
    name = f"tiendo_chaos_{uuid4().hex[:8]}"
    _admin(f"CREATE DATABASE {name}")
    return _at(name)


def _gone(url: str) -> None:
    made = make_url(url)
    if made.get_backend_name() == "postgresql":
        _admin(f"DROP DATABASE {made.database} WITH (FORCE)")
    elif made.database:
        shutil.rmtree(Path(made.database).parent, ignore_errors=True)


def _prepare(database: Database) -> None:
    schema.upgrade(database)
    with database.transaction() as session:
        seed(session, load())
    database.dispose()


def _at(name: str | None) -> str:
    made = make_url(os.environ[SERVER]).set(drivername="postgresql+psycopg")
    made = made.set(database=name or made.database or "postgres")
    return made.render_as_string(hide_password=False)


def _admin(statement: str) -> None:
    engine = create_engine(_at(None))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()
