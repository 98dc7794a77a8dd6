"""One process on a database in a file. Without Telegram's library: `restore` asks here too."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url


class AlreadyRunningError(Exception):
    """Another process holds the same database."""


@contextmanager
def alone(database_url: str | URL) -> Iterator[None]:
    """Two processes on one SQLite file would send everything twice: the second is refused.

    On PostgreSQL there may be several: leases say which of them does what.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    path = Path(f"{url.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(_refusal(url)) from None
        yield


def _refusal(url: URL) -> str:
    return (
        f"Another process is running on {url.database}. One process serves one SQLite database; "
        "stop that one first, set DATABASE_URL to a database of its own, or to PostgreSQL."
    )
