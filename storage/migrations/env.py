from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills SQLModel.metadata


@contextmanager
def _tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a column by making the table anew, and the old one is dropped while others
    refer to it. The pragma counts only outside a transaction, hence not through SQLAlchemy.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    pragma = connection.connection.cursor().execute
    pragma("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        pragma("PRAGMA foreign_keys=ON")


def _nothing_is_left_hanging(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        left = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if left:
            raise RuntimeError(f"the migration leaves rows that refer to nothing: {left[:5]}")


def run() -> None:
    engine: Engine = context.config.attributes["engine"]
    with engine.connect() as connection, _tables_may_be_rebuilt(connection):
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            _nothing_is_left_hanging(connection)
        connection.commit()


run()
