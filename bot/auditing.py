"""The audit log from the command line. Nothing is written: the database may be in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.settings import Settings
from storage import schema
from storage.audit import START, Audit, BrokenChainError, Entry, Link, follow
from storage.database import Database

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class AuditError(Exception):
    """The log is not what it was, or cannot be read; the message says why."""


def verified(settings: Settings, expect: str = "") -> str:
    """What was found where the chain holds. `expect` is the hash of an earlier head.

    Without it a cut-off end cannot be seen: what is left is a whole chain, only shorter.
    """
    with _opened(settings) as database:
        head, anchored = Link(), expect in {"", START}
        while True:
            # A page is a transaction: whoever writes meanwhile waits for one page at most.
            with database.transaction() as session:
                audit = Audit(session)
                page, unsealed = audit.after(head), audit.unsealed()
            if not page:
                break
            try:
                head = follow(page, head)
            except BrokenChainError as error:
                raise AuditError(f"The chain is broken: {error}.") from None
            anchored = anchored or any(row.hash == expect for row in page)
    if not anchored:
        raise AuditError(
            f"The chain is broken: no link has the expected hash {expect}. Its end was cut off, "
            f"or the log was replaced. Intact up to link {head.number}."
        )
    until = f" up to {head.at:%Y-%m-%d %H:%M:%S} UTC" if head.at else ""
    return (
        f"{head.number} entries, chain intact{until}, {unsealed} unsealed.\n"
        f"Head: {head.hash}\n"
        "Note the head elsewhere, and give it to the next `verify --expect`."
    )


def entries(settings: Settings, since: datetime | None, most: int) -> list[str]:
    at = since.replace(tzinfo=UTC) if since else EPOCH
    with _opened(settings) as database, database.transaction() as session:
        return ["\t".join(_fields(row)) for row in Audit(session).since(at, most)]


def _fields(row: Entry) -> Iterator[str]:
    yield str(row.link or "-")
    yield f"{row.at:%Y-%m-%d %H:%M:%S}"
    yield row.channel or "-"
    yield f"person {row.person_id}" if row.person_id else "-"
    yield row.action
    yield row.subject
    yield f"{row.before or '-'} → {row.after or '-'}"


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database_url)
    try:
        if not schema.is_current(database):
            raise AuditError("The database is not at this version's schema: run `migrate` first.")
        yield database
    finally:
        database.dispose()
