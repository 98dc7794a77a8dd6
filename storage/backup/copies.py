"""People's files beside the backups: what is new is added, what is gone is kept for a while.

A name is used once and its bytes never change, so a copy is never made twice.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from storage.backup.drafts import sync, whole

GONE = "gone-"


class Copies:
    def __init__(self, folder: Path, files: Path, kept_for: timedelta) -> None:
        """`kept_for` is longer than the oldest backup lives in which a row may name a file."""
        self.folder, self.files, self.kept_for = folder, files, kept_for

    def add(self, today: date) -> int:
        """How many were new. Who took a file back is rid of it here `kept_for` later."""
        here, kept = _names(self.files), _names(self.folder / "now")
        for name in sorted(here - kept):
            # Taken back in this very moment: then there is nothing to keep.
            with suppress(FileNotFoundError):
                _copy(self.files / name, self.folder / "now" / name)
        for name in kept - here:
            away = self.folder / f"{GONE}{today:%Y%m%d}" / name
            away.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / "now" / name).rename(away)
        for old in self.folder.glob(f"{GONE}*"):
            if old.name < f"{GONE}{today - self.kept_for:%Y%m%d}":
                shutil.rmtree(old)
        return len(here - kept)

    def bring_back(self, names: Iterable[str]) -> int:
        """How many of these were missing, and are there again."""
        found = 0
        for name in names:
            place = f"{name[:2]}/{name}"
            sources = [path for path in self.folder.glob(f"*/{place}") if path.is_file()]
            if sources and not (self.files / place).exists():
                _copy(sources[0], self.files / place)
                found += 1
        return found


def _names(folder: Path) -> set[str]:
    paths = (path for path in folder.glob("??/*") if not path.suffix and path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths}


def _copy(source: Path, target: Path) -> None:
    """A second name on the same disk; bytes of its own on another."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(source, target)
        sync(target.parent)
    except OSError:
        with whole(target) as draft:
            shutil.copyfile(source, draft)
