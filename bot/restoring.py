"""Bringing a backup back, so that nothing is lost by it and nothing old is said again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.alone import alone
from bot.backups import copies_of, kind_of
from bot.erasing import erase
from bot.restored import Restored
from bot.rulebook import Rulebook
from bot.settings import Settings
from bot.ticker import Ticker
from plan import retention
from plan.loading import load
from plan.reminding.rules import Rules
from storage import schema
from storage.audit import Audit
from storage.backup import since
from storage.backup.aftermath import kept_names, still
from storage.backup.drafts import BackupError
from storage.backup.rotation import STAMP, made_at
from storage.backup.since import Since
from storage.database import Database
from storage.erasure import Erasure, Known
from storage.pulses import Pulses


def restore(settings: Settings, file: Path, now: datetime) -> Restored:
    """All is prepared beside the database; until the last moment that one is not touched."""
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    url = Database(settings.database_url).url
    kind = kind_of(url)
    with alone(url):
        known = _since(url)
        staged = kind.stage(file, url)
        try:
            found, names = _prepare(settings, Database(staged), file, known, now)
            aside = kind.swap(staged, url, now.astimezone(UTC).strftime(STAMP))
        except BaseException:
            kind.discard(staged)
            raise
    files = copies_of(settings).bring_back(names)
    missing = sum(not (settings.files_dir / name[:2] / name).exists() for name in names)
    return replace(found, aside=aside, files=files, missing=missing)


def _prepare(
    settings: Settings, staged: Database, file: Path, known: Since | None, now: datetime
) -> tuple[Restored, list[str]]:
    catalogue = load(settings.plan_file)
    try:
        schema.refuse_newer(staged)
        schema.upgrade(staged)
        with staged.transaction() as session:
            rulebook = Rulebook(catalogue, settings.office_hours)
            rulebook.refresh(session)
            audit = Audit(session)
            audit.act_as("cli", None)
            audit.note("database.restored", str(made_at(file) or ""), now=now)
            return _settle(session, rulebook, known, made_at(file), now), kept_names(session)
    finally:
        staged.dispose()


def _settle(
    session: Session,
    rules: Callable[[], Rules],
    known: Since | None,
    made: datetime | None,
    now: datetime,
) -> Restored:
    # Its library takes seconds to import: only who restores pays.
    from bot import stilling

    earliest_at = retention.erased_at(now, rules().calendar)
    as_of = made or _ticked_at(session)
    # First who may do what, then what is said to whom, and then who is not there any more.
    carried = since.carry_over(session, known or Since(), now, earliest_at)
    steps = Ticker(rules).skip(session, now)
    notices = stilling.lay_by(session, now)
    stilled = still(session, now)
    erased = _erase_again(session, known.erased, now) if known else None
    stilling.tell(session, notices, as_of, now)
    drafts, waiting = len(notices.drafts), len(notices.waiting)
    return Restored(stilled, steps, drafts, waiting, carried, erased, earliest_at)


def _ticked_at(session: Session) -> datetime | None:
    """As of when a copy is whose name does not say it."""
    pulse = Pulses(session).all().get("tick")
    return pulse.at if pulse else None


def _erase_again(session: Session, gone: set[Known], now: datetime) -> int:
    back = Erasure(session).present(gone)
    for person_id in back:
        erase(session, person_id, now)
    return len(back)


def _since(url: URL) -> Since | None:
    """What the database knows that is about to go, while it can be read."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return None
    present = Database(url)
    try:
        with present.transaction() as session:
            return since.read(session)
    except SQLAlchemyError:
        return None
    finally:
        present.dispose()
