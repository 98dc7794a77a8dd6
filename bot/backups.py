"""Backups as the operator gets them: every night, before a migration, when asked for."""

import asyncio
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import ParamSpec, TypeVar

import structlog
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.alone import alone
from bot.desk import Desk
from bot.settings import Settings
from plan.calendars import local_date, moment
from plan.condition import age
from storage import schema
from storage.backup import postgres, rotation, sqlite
from storage.backup.copies import Copies
from storage.backup.drafts import NEVER, BackupError
from storage.database import Database
from storage.pulses import Pulses

log = structlog.get_logger()
P = ParamSpec("P")
T = TypeVar("T")
PULSE, DATABASE = "backup", "backup:database"
"""The first beats when a backup is whole, which is what people are shown; the second when the
database's part of it is made, so that it is not made again where the other part fails.
"""


def kind_of(url: URL) -> ModuleType:
    return sqlite if url.get_backend_name() == "sqlite" else postgres


def back_up(settings: Settings, url: URL, now: datetime, to: Path | None = None) -> Path:
    """The database and then people's files: a row without its file is a loss, not the reverse."""
    target = save(settings, url, now, to)
    try:
        copy_files(settings, now)
    except BackupError as error:
        raise BackupError(f"{target} is made, but {error}") from error
    return target


def save(
    settings: Settings, url: URL, now: datetime, to: Path | None = None, stop: Event = NEVER
) -> Path:
    """The database alone."""
    kind = kind_of(url)
    target = to or settings.backup_dir / rotation.named(now, kind.SUFFIX)
    kind.save(url, target, stop)
    return target


def copy_files(settings: Settings, now: datetime) -> None:
    try:
        copies_of(settings).add(local_date(now))
    except OSError as error:
        raise BackupError(f"people's files were not copied: {error}") from error


def rotate(settings: Settings, now: datetime) -> None:
    kept = {"daily": settings.backups_daily, "weekly": settings.backups_weekly}
    try:
        rotation.rotate(settings.backup_dir, now, **kept)
    except OSError as error:
        # What was made is made all the same.
        log.error("old backups not deleted", error=str(error))  # noqa: TRY400 - as below


def migrated(settings: Settings, database: Database, now: datetime, *, keep: bool = True) -> bool:
    """The newest schema, after a backup of what was there before; False where nothing was to do."""
    return schema.migrate(database, lambda: _kept(settings, database.url, now) if keep else None)


def _kept(settings: Settings, url: URL, now: datetime) -> None:
    """Without people's files, which no migration touches. A migration that fails changes nothing
    and is tried again at each start: as many backups must not fill the disk.
    """
    path = save(settings, url, now)
    rotate(settings, now)
    log.info("backup before the migration", file=path.name)


def migrated_alone(
    settings: Settings, database: Database, now: datetime, *, keep: bool = True
) -> bool:
    """The same from the command line, where nobody holds the lock on a SQLite file yet."""
    if schema.is_current(database):
        return False
    with alone(database.url):
        return migrated(settings, database, now, keep=keep)


def copies_of(settings: Settings) -> Copies:
    kept_for = rotation.longest(daily=settings.backups_daily, weekly=settings.backups_weekly)
    return Copies(settings.backup_dir / "files", settings.files_dir, kept_for)


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
        """`held` says, on a desk, whether this process is the one to do it."""
        self.settings, self.database, self.desk = settings, database, desk
        self.clock, self.held = clock, held
        self.stop = Event()

    async def run(self) -> None:
        """Both parts where they are due; each that fails is tried again, and it alone."""
        now = self.clock()
        try:
            if await self.desk.run(self._due, DATABASE, now):
                name = await self._aside(self._save, now)
                await self.desk.run(self._saved, name, now)
            if await self.desk.run(self._due, PULSE, now):
                await self._aside(copy_files, self.settings, now)
                await self.desk.run(self._whole, now)
        except (BackupError, SQLAlchemyError, OSError) as error:
            log.error("no backup", error=str(error))  # noqa: TRY400 - its text says it all

    async def _aside(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """On a thread of its own: nobody who writes waits for it."""
        try:
            return await asyncio.to_thread(work, *given, **named)
        except asyncio.CancelledError:
            # The thread is not, and the process would have to wait for it.
            self.stop.set()
            raise

    def _due(self, part: str, now: datetime) -> bool:
        """One that is yet to come was dated by a clock that was ahead, and proves nothing."""
        if not self.held():
            return False
        with self.database.transaction() as session:
            last = Pulses(session).all().get(part)
        due = last_due(self.settings.backup_at, now)
        return last is None or age(last.at, now) is None or last.at < due

    def _save(self, now: datetime) -> str:
        try:
            return save(self.settings, self.database.url, now, stop=self.stop).name
        finally:
            rotate(self.settings, now)

    def _saved(self, name: str, now: datetime) -> None:
        with self.database.transaction() as session:
            Pulses(session).beat(DATABASE, now, name)

    def _whole(self, now: datetime) -> None:
        with self.database.transaction() as session:
            pulses = Pulses(session)
            name = pulses.all()[DATABASE].detail
            pulses.beat(PULSE, now, name)
        log.info("backup made", file=name)
