"""Backups of PostgreSQL by its own tools: `pg_dump -Fc`, `pg_restore`."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from storage.backup.drafts import NEVER, BackupError, whole

SUFFIX = ".dump"
LONGEST_SECONDS = 3600
ASIDE = "_before_restore_"
LOOK_SECONDS = 0.2
"""Between two looks whether to stop."""
ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'"})
NAME_MOST = 30
"""Of PostgreSQL's 63 bytes for a name; the rest says why it stands aside, and since when."""


def save(url: URL, target: Path, stop: Event = NEVER) -> None:
    try:
        with whole(target) as draft:
            _run("pg_dump", url, "--format=custom", f"--file={draft}", stop=stop)
            check(draft, stop)
    except OSError as error:
        raise BackupError(f"{target} could not be written: {error}") from error


def check(path: Path, stop: Event = NEVER) -> None:
    """It is a database of ours, and all of it can be read: a file that was cut off has its list of
    contents still. That takes a tenth of the time of making it: 0.6 s for 22 MB.
    """
    if "TABLE DATA public alembic_version" not in _run("pg_restore", None, "--list", str(path)):
        raise BackupError(f"{path} is not a backup of this program's database.")
    _run("pg_restore", None, f"--file={os.devnull}", str(path), stop=stop)


def stage(source: Path, url: URL) -> URL:
    """A database of its own with what the backup holds, to be prepared and then renamed."""
    check(source)
    staged = url.set(database=f"{_name(url)[:NAME_MOST]}_restoring")
    discard(staged)
    with _server(url) as server:
        if _others(server, _name(url)):
            raise BackupError(
                f"Somebody is connected to {_name(url)}. Stop every bot that runs on it first, "
                "and whatever else is connected."
            )
        server.execute(text(f"CREATE DATABASE {_quoted(server, _name(staged))}"))
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    try:
        _run("pg_restore", staged, *options, str(source))
    except BackupError:
        discard(staged)
        raise
    return staged


def swap(staged: URL, url: URL, stamp: str) -> str:
    """The database steps aside, under a name that is returned; the staged one takes its place."""
    aside = f"{_name(url)[:NAME_MOST]}{ASIDE}{stamp}".lower()
    with _server(url) as server:
        there = server.scalar(
            text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": _name(url)}
        )
        # Both or neither.
        server.execute(text("BEGIN"))
        if there:
            _rename(server, _name(url), aside)
        _rename(server, _name(staged), _name(url))
        server.execute(text("COMMIT"))
    return aside if there else ""


def asides(url: URL) -> list[str]:
    """The databases that have stepped aside on this server."""
    query = text("SELECT datname FROM pg_database WHERE starts_with(datname, :mine) ORDER BY 1")
    with _server(url, _name(url)) as server:
        return list(server.scalars(query, {"mine": f"{_name(url)[:NAME_MOST]}{ASIDE}".lower()}))


def discard(staged: URL) -> None:
    with _server(staged) as server:
        server.execute(text(f"DROP DATABASE IF EXISTS {_quoted(server, _name(staged))}"))


def _rename(server: Connection, old: str, new: str) -> None:
    server.execute(text(f"ALTER DATABASE {_quoted(server, old)} RENAME TO {_quoted(server, new)}"))


def _others(server: Connection, name: str) -> int:
    query = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
    count: int = server.execute(query, {"name": name}).scalar_one()
    return count


@contextmanager
def _server(url: URL, within: str = "postgres") -> Iterator[Connection]:
    """A database cannot be renamed from within."""
    engine = create_engine(url.set(database=within), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise BackupError(f"PostgreSQL refused: {getattr(error, 'orig', error)}") from error
    finally:
        engine.dispose()


def _run(tool: str, url: URL | None, *options: str, stop: Event = NEVER) -> str:
    """The password goes by the environment: a command line is open to everybody's eyes."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"{tool} is not installed (Debian: postgresql-client).")
    aim, secret = target(url) if url is not None else ([], {})
    child = subprocess.Popen(  # noqa: S603 - PostgreSQL's own programs, without a shell
        [program, *aim, *options],
        env={**os.environ, **secret},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",  # a damaged file is quoted as it is
    )
    with child:
        try:
            output, complaint = _ended(child, tool, stop)
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise BackupError(f"{tool} failed: {complaint.strip()}")
    return output


def _ended(child: subprocess.Popen[str], tool: str, stop: Event) -> tuple[str, str]:
    """What it has written. The errors are not subprocess's, which would repeat the command."""
    last = monotonic() + LONGEST_SECONDS
    while monotonic() < last:
        try:
            return child.communicate(timeout=LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if stop.is_set():
                raise BackupError(f"{tool} was told to stop.") from None
    raise BackupError(f"{tool} did not end within {LONGEST_SECONDS} s.")


def target(url: URL) -> tuple[list[str], dict[str, str]]:
    """Options and environment that lead a tool of PostgreSQL's to this database."""
    known = url.get_dialect()().create_connect_args(url)[1]
    password = known.pop("password", None)
    words = (f"{key}='{str(value).translate(ESCAPES)}'" for key, value in known.items())
    secret = {"PGPASSWORD": str(password)} if password else {}
    return ["--no-password", f"--dbname={' '.join(words)}"], secret


def _name(url: URL) -> str:
    if not url.database:
        raise BackupError("DATABASE_URL names no database.")
    return url.database


def _quoted(server: Connection, name: str) -> str:
    return server.dialect.identifier_preparer.quote_identifier(name)
