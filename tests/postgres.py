"""One PostgreSQL database for many tests, put back as it was: cloning one for each costs 0.3 s."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from plan.catalogue import Catalogue
from storage import schema
from storage.database import Database
from storage.seeding import seed

TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
SHAPE = """
    SELECT md5(string_agg(each, ';' ORDER BY each)) FROM (
        SELECT attrelid::regclass || ' ' || attname || ' ' || atttypid::regtype || attnotnull::text
          AS each FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
        UNION ALL SELECT tgrelid::regclass || ' ' || tgname || tgenabled::text
        FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT proname || ' ' || prosrc
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    ) AS shapes
"""
OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Lender:
    """Lends a migrated, seeded database to one test after the other; not to two at once."""

    def __init__(self, url: str, catalogue: Catalogue) -> None:
        self._url, self._catalogue = url, catalogue
        self._name: str | None = None
        self._shape: Any = None
        self._rows: dict[str, bytes] = {}
        self._sequences: list[tuple[str, int | None]] = []

    @contextmanager
    def lend(self) -> Iterator[str]:
        name = self._name or self._make()
        self._name = None
        try:
            yield at(self._url, name)
        finally:
            # A test that migrates or breaks the tables leaves nothing to be put back.
            if self._put_back(name):
                self._name = name
            else:
                self._drop(name)

    def close(self) -> None:
        if self._name:
            self._drop(self._name)

    def _make(self) -> str:
        name = f"tiendo_test_{uuid4().hex[:8]}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        # No test loses its server: what is only for that need not be waited for.
        unhurried = "ALTER DATABASE {} SET synchronous_commit = off"
        self._run(sql.SQL(unhurried).format(sql.Identifier(name)))
        database = Database(at(self._url, name))
        schema.upgrade(database)
        with database.transaction() as session:
            seed(session, self._catalogue)
        database.dispose()
        with self._connect(name) as connection:
            self._shape = connection.execute(SHAPE).fetchone()
            self._sequences = connection.execute(SEQUENCES).fetchall()
            self._rows = {
                table: _copied(connection, table) for (table,) in connection.execute(TABLES)
            }
        return name

    def _put_back(self, name: str) -> bool:
        with self._connect(name) as connection, connection.transaction():
            connection.execute(OTHERS)
            if connection.execute(SHAPE).fetchone() != self._shape:
                return False
            # No foreign key and no trigger stands in the way of this one transaction.
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(
                sql.SQL("; ").join(
                    sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in self._rows
                )
            )
            for table, rows in self._rows.items():
                if rows:
                    into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
                    with connection.cursor().copy(into) as copy:
                        copy.write(rows)
            for sequence, last in self._sequences:
                connection.execute(
                    "SELECT setval(%s::regclass, %s, %s)",
                    (f'public."{sequence}"', last or 1, last is not None),
                )
        return True

    def _drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with self._connect(make_url(self._url).database or "postgres") as connection:
            connection.execute(statement)

    def _connect(self, name: str) -> "psycopg.Connection[Any]":
        plain = at(self._url, name).replace("postgresql+psycopg:", "postgresql:", 1)
        return psycopg.connect(plain, autocommit=True)


def at(url: str, name: str) -> str:
    made = make_url(url).set(drivername="postgresql+psycopg", database=name)
    return made.render_as_string(hide_password=False)


def _copied(connection: "psycopg.Connection[Any]", table: str) -> bytes:
    out = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor().copy(out) as copy:
        return b"".join(bytes(part) for part in copy)
