"""Another time for unmodified processes: their machine's clock, or their database's.

On SQLite the bot goes by the machine's clock, which `dial.c`, loaded before the C library, moves.
On PostgreSQL it goes by the database's, which a function of the same name, found first, moves.
"""

import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.clock import system_clock
from storage.database import Database

SOURCE = Path(__file__).parent / "dial.c"
ABSENT = "no C compiler, so no clock to move"
SHADOW = """
CREATE SCHEMA IF NOT EXISTS pushed;
CREATE OR REPLACE FUNCTION pushed.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS $$ SELECT pg_catalog.clock_timestamp() + interval '{seconds} seconds' $$;
"""


class Shifted:
    """The system's clock, and so much more or less."""

    def __init__(self, start: datetime | None = None) -> None:
        self.ahead = (start - system_clock()) if start else timedelta(0)

    def __call__(self) -> datetime:
        return system_clock() + self.ahead

    def until(self, moment: datetime) -> float:
        return (moment - self()).total_seconds()


class Dial:
    """A file from which processes read how far their clock is off, at each look."""

    def __init__(self, file: Path, ahead: timedelta) -> None:
        self.file = file
        self.turn(ahead)

    def turn(self, ahead: timedelta) -> None:
        nanoseconds = ahead // timedelta(microseconds=1) * 1000
        # In place: who has mapped the file sees the new number, and never half of it.
        with self.file.open("r+b" if self.file.exists() else "wb", buffering=0) as file:
            file.write(nanoseconds.to_bytes(8, "little", signed=True))

    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(_built(self.file.parent)), "CHAOS_DIAL": str(self.file)}


def is_movable() -> bool:
    return shutil.which("cc") is not None


def shift_database(database: Database, ahead: timedelta) -> None:
    """For every connection, this database's time is so much more or less than the machine's."""
    with database.engine.begin() as connection:
        connection.execute(text(SHADOW.format(seconds=f"{ahead.total_seconds():.6f}")))
        name = connection.scalar(text("SELECT current_database()"))
        path = "pushed, public, pg_catalog"
        connection.execute(text(f'ALTER DATABASE "{name}" SET search_path = {path}'))
    database.dispose()


def _built(folder: Path) -> Path:
    library = folder / "dial.so"
    if not library.exists():
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own source
    return library
