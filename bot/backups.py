"""Backups as the operator gets them: every night, before a migration, when asked for."""

import asyncio
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from types import ModuleType

import structlog
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.alone import alone
from bot.desk import Desk
from bot.settings import Settings
from plan.calendars import local_date, moment
from storage import schema
from storage.backup import postgres, rotation, sqlite
from storage.backup.copies import Copies
from storage.backup.drafts import BackupError
from storage.database import Database
from storage.pulses import Pulses

log = structlog.get_logger()
PULSE = "backup"


def kind_of(url: URL) -> ModuleType:
    return sqlite if url.get_backend_name() == "sqlite" else postgres


def back_up(settings: Settings, url: URL, now: datetime, to: Path | None = None) -> Path:
    """The database and then people's files: a row without its file is a loss, not the reverse."""
    kind = kind_of(url)
    target = to or settings.backup_dir / rotation.named(now, kind.SUFFIX)
    kind.save(url, target)
    try:
        copies_of(settings).add(local_date(now))
    except OSError as error:
        raise BackupError(
            f"{target} is made, but people's files were not copied: {error}"
        ) from error
    return target


def migrated(settings: Settings, database: Database, now: datetime, *, keep: bool = True) -> bool:
    """The newest schema, after a backup of what was there before; False where nothing was to do."""

    def kept() -> None:
        if keep:
            path = back_up(settings, database.url, now)
            log.info("backup before the migration", file=path.name)

    return schema.migrate(database, kept)


def migrated_alone(
    settings: Settings, database: Database, now: datetime, *, keep: bool = True
) -> bool:
    """The same from the command line, where nobody holds the lock on a SQLite file yet."""
    if schema.is_current(database):
        return False
    with alone(database.url):
        return migrated(settings, database, now, keep=keep)


def copies_of(settings: Settings) -> Copies:
    return Copies(settings.backup_dir / "files", settings.files_dir)


def last_due(at: time, now: datetime) -> datetime:
    """The last moment, by now, at which a nightly backup was to begin."""
    today = moment(local_date(now), at)
    return today if today <= now else moment(local_date(now - timedelta(days=1)), at)


class Nightly:
    """Looked at every quarter of an hour: a night that was slept through is made up for."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        desk: Desk,
        clock: Callable[[], datetime],
        held: Callable[[], bool],
    ) -> None:
        """`held` says whether this process is the one to do it."""
        self.settings, self.database, self.desk = settings, database, desk
        self.clock, self.held = clock, held

    async def run(self) -> None:
        if not self.held():
            return
        now = self.clock()
        try:
            last = await self.desk.run(self._last)
            if last is None or last < last_due(self.settings.backup_at, now):
                # On a thread of its own: nobody who writes waits for it.
                path = await asyncio.to_thread(self._make, now)
                await self.desk.run(self._made, path, now)
        except (BackupError, SQLAlchemyError, OSError) as error:
            log.error("no backup", error=str(error))  # noqa: TRY400 - its text says it all

    def _make(self, now: datetime) -> Path:
        path = back_up(self.settings, self.database.url, now)
        rotation.rotate(
            self.settings.backup_dir,
            daily=self.settings.backups_daily,
            weekly=self.settings.backups_weekly,
        )
        return path

    def _last(self) -> datetime | None:
        with self.database.transaction() as session:
            last = Pulses(session).all().get(PULSE)
        return last.at if last else None

    def _made(self, path: Path, now: datetime) -> None:
        with self.database.transaction() as session:
            Pulses(session).beat(PULSE, now, path.name)
        log.info("backup made", file=path.name)
