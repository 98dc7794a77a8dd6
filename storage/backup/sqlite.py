"""Backups of SQLite: one file, made while the bot writes, and put in its place again."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

from sqlalchemy import URL

from storage.backup.drafts import NEVER, BackupError, sync, trickled, whole

SUFFIX = ".db"
ASIDE = "before-restore-"
BUSY_SECONDS = 10.0
STEPS = 10_000
"""Of SQLite's machine, between two looks whether to stop: about a millisecond."""


def save(url: URL, target: Path, stop: Event = NEVER) -> None:
    """A connection of its own: in WAL who reads holds up nobody who writes."""
    source = _file(url)
    if not source.exists():
        raise BackupError(f"There is no database at {source}.")
    try:
        with whole(target) as draft:
            with trickled(draft), _reading(source, stop) as connection:
                connection.execute("VACUUM INTO ?", (str(draft),))
            check(draft, stop)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"{source} could not be copied to {target}: {error}") from error


def check(path: Path, stop: Event = NEVER) -> None:
    """Every page is right, and it is a database of ours."""
    try:
        with _reading(path, stop) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
            ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
            known = ours.fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{path} cannot be read as a database: {error}") from error
    if problems != ["ok"]:
        raise BackupError(f"{path} is damaged: {'; '.join(map(str, problems))}")
    if not known:
        raise BackupError(f"{path} is not a database of this program.")


def stage(source: Path, url: URL) -> URL:
    """A checked copy beside the database, to be prepared and then put in its place."""
    check(source)
    staged = _file(url).with_name(f"{_file(url).name}.restoring")
    _remove(staged)
    try:
        with whole(staged) as draft:
            shutil.copyfile(source, draft)
    except OSError as error:
        raise BackupError(f"{source} could not be copied to {staged}: {error}") from error
    return url.set(database=str(staged))


def swap(staged: URL, url: URL, stamp: str) -> str:
    """The database steps aside, under a name that is returned; the staged one takes its place."""
    live, new = _file(url), _file(staged)
    aside = live.with_name(f"{live.name}.{ASIDE}{stamp}")
    for path in (new, live):
        _fold(path)
    sync(new)
    # First what belongs to it: a log left behind would be read into the restored database.
    for ending in ("-wal", "-shm", ""):
        part = live.with_name(live.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    new.rename(live)
    sync(live.parent)
    return str(aside) if aside.exists() else ""


def asides(url: URL) -> list[str]:
    """The databases that have stepped aside here."""
    live = _file(url)
    found = live.parent.glob(f"{live.name}.{ASIDE}*")
    return sorted(str(path) for path in found if not path.name.endswith(("-wal", "-shm")))


def discard(staged: URL) -> None:
    _remove(_file(staged))


def _fold(path: Path) -> None:
    """The write-ahead log into the file, as far as it can be read."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        return


def _remove(path: Path) -> None:
    for ending in ("-wal", "-shm", ""):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _file(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise BackupError("A database in memory has no backups.")
    return Path(url.database).absolute()


@contextmanager
def _reading(path: Path, stop: Event) -> Iterator[sqlite3.Connection]:
    with closing(
        sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
        )
    ) as connection:
        connection.set_progress_handler(stop.is_set, STEPS)
        yield connection
