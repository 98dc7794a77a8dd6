"""`python -m bot doctor`: every check, whatever became of the others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot import checks
from bot.checks import Ground, Note, WrongError
from bot.settings import Settings
from plan.loading import CatalogueError
from storage.backup.drafts import BackupError
from storage.database import Database
from storage.schema import NewerSchemaError

Check = Callable[[Ground], str]
CHECKS: dict[str, Check] = {
    "token": checks.token,
    "plan": checks.plan,
    "time zone": checks.time_zone,
    "calendar": checks.calendar,
    "database": checks.database,
    "integrity": checks.integrity,
    "schema": checks.newest_schema,
    "engine": checks.engine,
    "disk": checks.disk,
    "backup": checks.backup,
    "aside": checks.aside,
    "files": checks.files,
    "letters": checks.letters,
}
OK, NOTE, WRONG = "ok", "note", "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    mark: str
    about: str
    words: str

    @property
    def wrong(self) -> bool:
        return self.mark == WRONG

    def __str__(self) -> str:
        return f"{self.mark:<6} {self.about:<10} {self.words}"


def examine(now: datetime, *, telegram: bool = False) -> Iterator[Finding]:
    """One finding after the other. Telegram is asked only where `telegram` says so."""
    try:
        settings = Settings()
        database = Database(settings.database_url)
    except ValidationError as error:
        yield Finding(WRONG, "settings", f"not right: {_fields(error)}")
        return
    except (SQLAlchemyError, OSError) as error:
        yield Finding(WRONG, "settings", f"not right: DATABASE_URL: {type(error).__name__}")
        return
    yield Finding(OK, "settings", "read")
    asked = {**CHECKS, "telegram": checks.telegram} if telegram else CHECKS
    try:
        for about, check in asked.items():
            yield _found(about, check, Ground(settings, database, now))
    finally:
        database.dispose()


def _found(about: str, check: Check, ground: Ground) -> Finding:
    try:
        return Finding(OK, about, check(ground))
    except Note as note:
        return Finding(NOTE, about, str(note))
    except SQLAlchemyError as error:
        # The driver's own words: the statement would say nothing to an operator.
        return Finding(WRONG, about, " ".join(str(getattr(error, "orig", error)).split()))
    except (BackupError, CatalogueError, NewerSchemaError, OSError, WrongError) as error:
        return Finding(WRONG, about, str(error))


def _fields(error: ValidationError) -> str:
    """Which settings; never their values, among which the token is."""
    names = (".".join(map(str, each["loc"])).upper() or each["msg"] for each in error.errors())
    return ", ".join(names)
