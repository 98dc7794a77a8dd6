"""A restore in a test, and what steps aside for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from bot.restored import Restored
from bot.restoring import restore
from bot.settings import Settings
from storage.backup import postgres
from storage.database import Database

BringBack: TypeAlias = Callable[[Path], Restored]


@contextmanager
def bringing_back(settings: Settings, now: Callable[[], datetime]) -> Iterator[BringBack]:
    """Restores, and in the end clears away what stepped aside."""
    asides = []

    def bring(file: Path) -> Restored:
        restored = restore(settings, file, now())
        asides.append(restored.aside)
        return restored

    yield bring
    url = Database(settings.database_url).url
    for aside in asides:
        if url.get_backend_name() == "postgresql":
            postgres.discard(url.set(database=aside))
