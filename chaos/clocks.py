"""Another time for unmodified processes: their machine's clock, or their database's.

On SQLite the bot goes by the machine's clock, which libfaketime moves. On PostgreSQL it goes by the
database's, which a function of the same name, found first, moves.
"""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.clock import system_clock
from storage.database import Database

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
ABSENT = "no libfaketime"
SHADOW = """
CREATE SCHEMA IF NOT EXISTS pushed;
CREATE OR REPLACE FUNCTION pushed.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS $$ SELECT pg_catalog.clock_timestamp() + interval '{seconds} seconds' $$;
"""


def is_present() -> bool:
    return FAKETIME.exists()


class Shifted:
    """The system's clock, and so much more or less."""

    def __init__(self, start: datetime | None = None) -> None:
        self.ahead = (start - system_clock()) if start else timedelta(0)

    def __call__(self) -> datetime:
        return system_clock() + self.ahead

    def until(self, moment: datetime) -> float:
        return (moment - self()).total_seconds()


def preloaded(clock: Shifted, ahead: float = 0.0) -> dict[str, str]:
    """What a process needs to live by this clock; `ahead` seconds wrong, where it has to be."""
    seconds = clock.ahead.total_seconds() + ahead
    if not seconds:
        return {}
    return {**_preload(), "FAKETIME": f"{seconds:+.3f}"}


def steered(file: Path) -> dict[str, str]:
    """The same from a file that is read at each look: the clock can be moved while it runs."""
    return {**_preload(), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1"}


def steer(file: Path, clock: Shifted) -> None:
    new = file.with_suffix(".new")
    new.write_text(f"{clock.ahead.total_seconds():+.3f}\n", encoding="ascii")
    new.replace(file)


def shift_database(database: Database, clock: Shifted) -> None:
    """For every connection made from now on, this database's time is the clock's."""
    seconds = clock.ahead.total_seconds()
    with database.engine.begin() as connection:
        connection.execute(text(SHADOW.format(seconds=f"{seconds:.3f}")))
        name = connection.scalar(text("SELECT current_database()"))
        path = "pushed, public, pg_catalog"
        connection.execute(text(f'ALTER DATABASE "{name}" SET search_path = {path}'))
    database.dispose()


def _preload() -> dict[str, str]:
    return {"LD_PRELOAD": str(FAKETIME), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
