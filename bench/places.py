"""Databases that a bench works in and leaves nothing of."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

POSTGRES = "TEST_POSTGRES_URL"


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database beside the one that the environment names."""
    url = make_url(os.environ[POSTGRES]).set(drivername="postgresql+psycopg")
    name = f"tiendo_bench_{uuid4().hex[:8]}"
    engine = create_engine(url.set(database=url.database or "postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def sqlite(path: Path) -> str:
    return f"sqlite:///{path}"
