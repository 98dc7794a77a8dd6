"""What the bot needs, each looked at by itself. Nothing is changed, and nothing made."""

import re
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import disk_usage
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, col, select

from bot.backups import kind_of
from bot.rulebook import Rulebook
from bot.settings import Settings
from plan.calendars import local_date
from plan.condition import BACKUP, DAYS_OFF_LEAST, age
from plan.loading import load, problems
from plan.retention import ASIDE
from storage import schema
from storage.backup import rotation, sqlite
from storage.database import Database
from storage.evidence import KEPT
from storage.files import Files
from storage.health import Health
from storage.schema import NewerSchemaError
from storage.tables import Evidence

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
ZONE_NAME = "Asia/Ho_Chi_Minh"
MEGABYTE = 2**20
FREE_LEAST = 200 * MEGABYTE
SAMPLE = 50
"""Files whose hash is computed: the newest."""
WAL_RESET_FIXED = (3, 51, 3)
KEEPS_PROMISES = ("fsync", "synchronous_commit", "full_page_writes")


class WrongError(Exception):
    """A check that fails says how."""


class Note(Exception):  # noqa: N818 - no error: the check passes, with a remark
    """Works, but somebody should look."""


@dataclass(frozen=True)
class Ground:
    settings: Settings
    database: Database
    now: datetime

    @property
    def path(self) -> Path | None:
        """Of the file, where the database is one."""
        name = self.database.url.database
        return Path(name) if self.database.is_sqlite and name else None


def token(ground: Ground) -> str:
    secret = ground.settings.bot_token.get_secret_value()
    if not secret:
        raise WrongError("BOT_TOKEN is not set")
    if not TOKEN.fullmatch(secret):
        raise WrongError("BOT_TOKEN is not a token: digits, a colon, letters")
    return "has the shape of one"


def plan(ground: Ground) -> str:
    file = ground.settings.plan_file
    if found := problems(file):
        raise WrongError(f"{len(found)} defects, see `plan check`; the first: {found[0]}")
    return f"right, {len(load(file).indicators)} indicators"


def time_zone(ground: Ground) -> str:
    try:
        offset = ground.now.astimezone(ZoneInfo(ZONE_NAME)).utcoffset()
    except ZoneInfoNotFoundError:
        raise WrongError("no time zone data: install tzdata") from None
    if offset != timedelta(hours=7):
        raise WrongError(f"{ZONE_NAME} is {offset} ahead of UTC, not 7 hours")
    return ZONE_NAME


def calendar(ground: Ground) -> str:
    """As reminders go by it, with the administrators' own table once the database has one."""
    year = local_date(ground.now).year + 1
    rulebook = Rulebook(load(ground.settings.plan_file))
    if _is_current(ground):
        with ground.database.transaction() as session:
            rulebook.refresh(session)
    calendar = rulebook().calendar
    found = f"{sum(day.year == year for day in calendar.days_off)} days off are known for {year}"
    if sum(day.year == year for day in calendar.days_off) < DAYS_OFF_LEAST:
        raise WrongError(found)
    return found


def _is_current(ground: Ground) -> bool:
    try:
        return newest_schema(ground).startswith("at ")
    except (WrongError, NewerSchemaError, SQLAlchemyError):
        return False  # what is wrong with it, the checks of the database say


def database(ground: Ground) -> str:
    """Opening what is not there would make it; that is for `migrate` to do."""
    if ground.path and not ground.path.exists():
        raise WrongError(f"there is none at {ground.path}; `python -m bot migrate` makes it")
    with ground.database.transaction() as session:
        return Health(session).database()


def integrity(ground: Ground) -> str:
    """SQLite: by a reader of its own, beside whom the bot goes on writing."""
    if ground.path:
        sqlite.check(ground.path)
        return "every page is right"
    with ground.database.transaction() as session:
        for table in SQLModel.metadata.sorted_tables:
            session.connection().execute(table.select().limit(1))
    return "every table can be read"


def newest_schema(ground: Ground) -> str:
    database(ground)
    schema.refuse_newer(ground.database)
    found, newest = schema.revision(ground.database), schema.newest(ground.database)
    if found != newest:
        raise WrongError(f"at {found}, not at {newest} yet; the next start migrates")
    return f"at {newest}, the newest"


def engine(ground: Ground) -> str:
    if ground.database.is_sqlite:
        if sqlite3.sqlite_version_info >= WAL_RESET_FIXED:
            return f"SQLite {sqlite3.sqlite_version}"
        raise Note(
            f"SQLite {sqlite3.sqlite_version}: before 3.51.3 two connections that write at the "
            "moment the log starts anew may damage it; here one process writes, on one thread"
        )
    with ground.database.transaction() as session:
        if off := [name for name in KEEPS_PROMISES if _setting(session, name) == "off"]:
            raise WrongError(f"off in PostgreSQL: {', '.join(off)}; a power cut loses answers")
    return "PostgreSQL keeps what it has confirmed"


def disk(ground: Ground) -> str:
    size = ground.path.stat().st_size if ground.path and ground.path.exists() else 0
    places = [ground.settings.backup_dir, ground.settings.files_dir]
    places += [ground.path] if ground.path else []
    free = min(disk_usage(_existing(place)).free for place in places)
    words = f"{free // MEGABYTE} MB free, for a database of {size // MEGABYTE} MB"
    if free < max(FREE_LEAST, 2 * size):
        raise WrongError(words)
    return words


def backup(ground: Ground) -> str:
    known = rotation.backups(ground.settings.backup_dir)
    dated = [(old, path) for at, path in known.items() if (old := age(at, ground.now)) is not None]
    if not dated:
        ahead = f", and {len(known)} that a clock which was ahead has dated" if known else ""
        raise WrongError(
            f"none in {ground.settings.backup_dir}{ahead}; `python -m bot backup` makes one"
        )
    old, newest = dated[-1]
    words = f"{newest.name}, {old.total_seconds() / 3600:.0f} hours old"
    if old >= BACKUP.look_after:
        raise WrongError(words)
    kind_of(ground.database.url).check(newest)
    return words


def aside(ground: Ground) -> str:
    """What made room for a backup has everybody in it who was erased since."""
    names = kind_of(ground.database.url).asides(ground.database.url)
    since = {name: rotation.stood_aside_at(name) for name in names}
    if old := [name for name, at in since.items() if at and ASIDE.is_over(at, ground.now)]:
        raise Note(f"older than {ASIDE.length.days} days, to be deleted: {', '.join(old)}")
    return "nothing that made room for a backup is kept for too long"


def files(ground: Ground) -> str:
    database(ground)
    query = select(Evidence).where(Evidence.state == KEPT, col(Evidence.name) != "")
    with ground.database.transaction() as session:
        rows = session.exec(query.order_by(col(Evidence.id).desc()).limit(SAMPLE)).all()
    kept = Files(ground.settings.files_dir)
    if wrong := [str(row.id) for row in rows if not _as_kept(kept, row)]:
        raise WrongError(f"missing or changed, by id in table evidence: {', '.join(wrong)}")
    return f"the newest {len(rows)} are there, unchanged"


def letters(ground: Ground) -> str:
    database(ground)
    with ground.database.transaction() as session:
        troubles = Health(session).troubles(ground.now)
    words = f"{troubles.unknown} unknown; dead updates: {troubles.dead}"
    if troubles.unknown or troubles.dead:
        raise Note(f"{words}. An admin decides about them in the chat")
    return words


def telegram(ground: Ground) -> str:
    # Its library takes seconds to import: only who asks for this check pays.
    from bot.asking import Unanswered, who_am_i

    try:
        return who_am_i(ground.settings)
    except Unanswered as error:
        raise WrongError(str(error)) from error


def _setting(session: Session, name: str) -> str:
    query = text("SELECT setting FROM pg_settings WHERE name = :name")
    return str(session.connection().execute(query, {"name": name}).scalar_one())


def _existing(path: Path) -> Path:
    """The nearest folder above that is there already."""
    return next(each for each in (path, *path.absolute().parents) if each.is_dir())


def _as_kept(kept: Files, row: Evidence) -> bool:
    try:
        return not row.sha256 or sha256(kept.read(row.name)).hexdigest() == row.sha256
    except OSError:
        return False
