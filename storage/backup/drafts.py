"""A file that is whole and on the disk, or not there at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

TRICKLE_SECONDS = 0.02
NEVER = Event()
"""For who is in no hurry: nobody sets it."""


class BackupError(Exception):
    """A backup cannot be made, read or brought back; the message says why."""


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A draft beside `target`, empty and its owner's only, that takes its name at the end."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        yield draft
        sync(draft)
        draft.replace(target)
        sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def trickled(path: Path) -> Iterator[None]:
    """What is written meanwhile goes to the disk bit by bit. All of it at the end would hold up the
    next commit of the database beside it: 140 ms for 280 MB, instead of 20.
    """
    ended = Event()

    def run() -> None:
        while not ended.wait(TRICKLE_SECONDS):
            sync(path)

    thread = Thread(target=run, name="trickle")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def sync(path: Path) -> None:
    """A file's bytes, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
