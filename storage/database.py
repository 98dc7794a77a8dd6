"""The engine and the one way to use it: a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, func, make_url, select
from sqlmodel import Session

PRAGMAS = (
    "journal_mode=WAL",
    # FULL: after Telegram was told "got it", a power cut must not take the answer back.
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "temp_store=MEMORY",
)
NOTICED: dict[str, int | str] = {
    # A server that vanishes without a word, behind a firewall or with its machine, is otherwise
    # waited for until TCP gives up: a quarter of an hour in which no desk works.
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    # The same the other way round: what a frozen process has locked is free again after this.
    "options": "-c idle_in_transaction_session_timeout=10s",
}
STARTING = int.from_bytes(b"start")


class Database:
    """SQLite or PostgreSQL by URL. Synchronous: it is used on desk threads only."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        # An error's text goes to the log, and a statement's parameters hold what people said.
        self.engine = create_engine(
            self.url,
            pool_pre_ping=not self.is_sqlite,
            hide_parameters=True,
            connect_args={} if self.is_sqlite else self._noticed(),
        )
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_immediate)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commits when the block ends, rolls everything back when it raises."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """One commit for several sessions: each is bound to it, and none commits by itself."""
        with self.engine.begin() as connection:
            yield connection

    def _noticed(self) -> dict[str, int | str]:
        """What the operator says in the address wins."""
        return {name: value for name, value in NOTICED.items() if name not in self.url.query}

    def dispose(self) -> None:
        self.engine.dispose()


def one_at_a_time(session: Session) -> None:
    """Of several processes that start at once, one prepares; the others wait for its commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.scalar(select(func.pg_advisory_xact_lock(STARTING)))


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API object
    # sqlite3 would begin DEFERRED behind our back, and a read that later writes then fails
    # with "database is locked" whatever the busy timeout.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
