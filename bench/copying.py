"""`python -m bench.copying`: a backup while the desk commits; how long does a commit wait (R16)?

The writer is a thread of its own, as the desk is; the backup runs in a process of its own, as
`python -m bot backup` does, and as long again the writer works alone.
"""

import sqlite3
import time
from argparse import ArgumentParser, Namespace
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Self

from sqlalchemy import make_url

from bench import places, still
from storage.backup import sqlite
from storage.database import Database

MEGABYTE = 1000**2
ROW = "x" * 1000
WRITE = "INSERT INTO pulse (name, at, detail) VALUES (?, '2030-01-01', ?)"
EVERY = 0.005


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds, each."""

    copied: float
    longest: float
    longest_alone: float


def filled(path: Path, megabytes: int) -> None:
    """The schema of the bot, and so much in it."""
    with still.still(path):
        pass
    rows = ((f"filler-{n}", ROW) for n in range(megabytes * MEGABYTE // len(ROW)))
    with sqlite3.connect(path) as connection:
        connection.executemany(WRITE, rows)
    connection.close()


def save(path: Path, target: Path) -> float:
    start = time.perf_counter()
    sqlite.save(make_url(places.sqlite(path)), target)
    return time.perf_counter() - start


class Writer:
    """Commits every five milliseconds, durable, and keeps the longest."""

    def __init__(self, path: Path) -> None:
        self.database, self.longest, self._stop = Database(places.sqlite(path)), 0.0, Event()
        self._thread, self._number = Thread(target=self._run), 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self.database.dispose()

    def taken(self) -> float:
        """The longest commit since this was asked last."""
        longest, self.longest = self.longest, 0.0
        return longest

    def _run(self) -> None:
        while not self._stop.wait(EVERY):
            self._number += 1
            start = time.perf_counter()
            with self.database.transaction() as session:
                connection = session.connection()
                connection.exec_driver_sql(WRITE, (f"written-{self._number}", ""))
            self.longest = max(self.longest, time.perf_counter() - start)


def rounds(folder: Path, wanted: Namespace) -> list[Round]:
    path, found = folder / "bench.db", []
    filled(path, wanted.megabytes)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool, Writer(path) as writer:
        pool.submit(len, "").result()
        for number in range(wanted.rounds):
            writer.taken()
            copied = pool.submit(save, path, folder / f"{number}.db").result()
            longest = writer.taken()
            time.sleep(copied)
            found.append(Round(copied, longest, writer.taken()))
            (folder / f"{number}.db").unlink()
    return found


def main(wanted: Namespace) -> None:
    with TemporaryDirectory() as folder:
        found = rounds(Path(folder), wanted)
        size = (Path(folder) / "bench.db").stat().st_size / MEGABYTE
    print(f"R16: a copy of {size:.0f} MB, checked, while the desk commits; {len(found)} rounds")
    seconds = median(each.copied for each in found)
    print(f"    {seconds:.2f} s, {100 * seconds / size:.2f} s for each 100 MB")
    meanwhile = 1000 * median(each.longest for each in found)
    alone = 1000 * median(each.longest_alone for each in found)
    print(f"    longest commit meanwhile {meanwhile:.0f} ms, as long without {alone:.0f} ms")
    print(f"    the worst of all rounds {1000 * max(each.longest for each in found):.0f} ms")


def options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main(options())
