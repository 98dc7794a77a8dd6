"""Bringing a backup back, so that nothing is lost by it and nothing old is said again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.alone import alone
from bot.backups import copies_of, kind_of
from bot.erasing import erase
from bot.rulebook import Rulebook
from bot.settings import Settings
from bot.ticker import Ticker
from plan.loading import load
from storage import schema
from storage.audit import Audit
from storage.backup.aftermath import Stilled, kept_names, still
from storage.backup.drafts import BackupError
from storage.backup.rotation import STAMP, made_at
from storage.database import Database
from storage.erasure import Erasure, Known


@dataclass(frozen=True, slots=True)
class Restored:
    aside: str
    """Where the database is that was there before; "" where there was none."""
    stilled: Stilled
    steps: int
    """Reminder steps that fell due since the backup: `unknown`, and not sent."""
    files: int
    """Of people's files that were missing and are there again."""
    missing: int
    """Of those that the database names and no folder has."""
    erased: int | None
    """People erased since the backup, and now again; None where nobody can tell who they were."""

    def __str__(self) -> str:
        aside = f"The database that was there is now {self.aside}." if self.aside else ""
        return (
            f"Restored. {aside}\n"
            f"Not sent, to be decided by a person: {self.stilled.unknown} letters, "
            f"{self.steps} reminder steps. Replies given up: {self.stilled.cancelled}. "
            f"Updates laid by as dead letters: {self.stilled.dead}.\n"
            f"Files of people brought back: {self.files}; missing: {self.missing}.\n"
            f"{self._erased()}"
        )

    def _erased(self) -> str:
        if self.erased is None:
            return (
                "Who was erased since the backup is not known here: look into your register of "
                "requests, and use `forget`."
            )
        return f"People erased since the backup, and now again: {self.erased}."


def restore(settings: Settings, file: Path, now: datetime) -> Restored:
    """All is prepared beside the database; until the last moment that one is not touched."""
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    url = Database(settings.database_url).url
    kind = kind_of(url)
    with alone(url):
        gone = _erased_in(url)
        staged = kind.stage(file, url)
        try:
            stilled, steps, names = _prepare(settings, Database(staged), file, now)
            erased = gone if gone is None else _erase_again(Database(staged), gone, now)
            aside = kind.swap(staged, url, now.astimezone(UTC).strftime(STAMP))
        except BaseException:
            kind.discard(staged)
            raise
    files = copies_of(settings).bring_back(names)
    missing = sum(not (settings.files_dir / name[:2] / name).exists() for name in names)
    return Restored(aside, stilled, steps, files, missing, erased)


def _prepare(
    settings: Settings, staged: Database, file: Path, now: datetime
) -> tuple[Stilled, int, list[str]]:
    catalogue = load(settings.plan_file)
    try:
        schema.refuse_newer(staged)
        schema.upgrade(staged)
        with staged.transaction() as session:
            rulebook = Rulebook(catalogue, settings.office_hours)
            rulebook.refresh(session)
            steps = Ticker(rulebook).skip(session, now)
            audit = Audit(session)
            audit.act_as("cli", None)
            audit.note("database.restored", str(made_at(file) or ""), now=now)
            return still(session, now), steps, kept_names(session)
    finally:
        staged.dispose()


def _erased_in(url: URL) -> set[Known] | None:
    """Who has been erased from the database that is about to go, while it can be read."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return None
    present = Database(url)
    try:
        with present.transaction() as session:
            return Erasure(session).erased()
    except SQLAlchemyError:
        return None
    finally:
        present.dispose()


def _erase_again(staged: Database, gone: set[Known], now: datetime) -> int:
    try:
        with staged.transaction() as session:
            Audit(session).act_as("cli", None)
            back = Erasure(session).present(gone)
            for person_id in back:
                erase(session, person_id, now)
            return len(back)
    finally:
        staged.dispose()
