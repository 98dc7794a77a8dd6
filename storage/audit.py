"""Who changed what, when and by which channel: added, never changed, sealed into a chain."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeAlias

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlmodel import Session, col

from storage.tables import AuditRow

Entry: TypeAlias = Row[*tuple[Any, ...]]

ACTOR = "actor"
START = "0" * 64
"""What the first link names as the hash before it."""
SEALING = int.from_bytes(b"audit")
PAGE = 1_000
SUBJECT_MOST, VALUE_MOST = 200, 300


@dataclass(frozen=True, slots=True)
class Link:
    """Where a chain stands."""

    number: int = 0
    hash: str = START
    at: datetime | None = None


class BrokenChainError(Exception):
    """An entry was changed, removed or put in after it was sealed; the message names the link."""


# Built once: what is audited is what is done most.
ROWS = select(
    col(AuditRow.id),
    col(AuditRow.at),
    col(AuditRow.channel),
    col(AuditRow.person_id),
    col(AuditRow.action),
    col(AuditRow.subject),
    col(AuditRow.before),
    col(AuditRow.after),
    col(AuditRow.link),
    col(AuditRow.previous),
    col(AuditRow.hash),
)
CONTENT = 8
"""How many of these columns say what happened; the others are the seal."""
UNSEALED = col(AuditRow.link).is_(None)
NOTE = insert(AuditRow)
LAST = ROWS.where(~UNSEALED).order_by(col(AuditRow.link).desc()).limit(1)
NEXT = ROWS.where(UNSEALED).order_by(col(AuditRow.id)).limit(bindparam("most"))
SEALED = (
    ROWS.where(col(AuditRow.link) > bindparam("number")).order_by(col(AuditRow.link)).limit(PAGE)
)
SEAL = (
    update(AuditRow)
    .where(col(AuditRow.id) == bindparam("row_id"), UNSEALED)
    .values(link=bindparam("number"), previous=bindparam("before_it"), hash=bindparam("own"))
)


class Audit:
    def __init__(self, session: Session) -> None:
        self.session = session

    def act_as(self, channel: str, person_id: int | None) -> None:
        """From now on, whatever is changed in this session was changed by this person."""
        self.session.info[ACTOR] = channel, person_id

    def note(
        self, action: str, subject: str = "", *, now: datetime, before: str = "", after: str = ""
    ) -> None:
        """In the transaction of the change itself.

        Ids, codes, states and figures only: never a name, an address or what somebody wrote, so
        that a person can be erased without touching the log.
        """
        channel, person_id = self.session.info.get(ACTOR, ("", None))
        row = {
            "at": now,
            "channel": channel,
            "person_id": person_id,
            "action": action,
            "subject": subject[:SUBJECT_MOST],
            "before": before[:VALUE_MOST],
            "after": after[:VALUE_MOST],
        }
        self.session.connection().execute(NOTE, row)

    def seal(self, most: int = PAGE) -> int:
        """Links the entries that are not in the chain yet; returns how many.

        Apart from writing them, so that those who write need not wait for one another.
        """
        connection = self.session.connection()
        if not connection.execute(NEXT, {"most": 1}).first():
            return 0
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(SEALING)))
        head = self.head()
        seals = []
        for row in connection.execute(NEXT, {"most": most}):
            link = _linked(row, head)
            seals.append(
                {"row_id": row.id, "number": link.number, "before_it": head.hash, "own": link.hash}
            )
            head = link
        if seals:
            connection.execute(SEAL, seals)
        return len(seals)

    def head(self) -> Link:
        """The newest link: note its hash elsewhere, and a cut-off end of the chain will show."""
        row = self.session.connection().execute(LAST).first()
        return Link(row.link, row.hash, row.at) if row else Link()

    def unsealed(self) -> int:
        query = select(func.count()).select_from(AuditRow).where(UNSEALED)
        return self.session.scalar(query) or 0

    def after(self, link: Link) -> Sequence[Entry]:
        """The next page of the chain."""
        return self.session.connection().execute(SEALED, {"number": link.number}).all()

    def since(self, at: datetime, most: int) -> Iterator[Entry]:
        """The newest entries, oldest of them first, sealed or not."""
        query = ROWS.where(col(AuditRow.at) >= at).order_by(col(AuditRow.id).desc()).limit(most)
        return reversed(self.session.connection().execute(query).all())


def follow(rows: Sequence[Entry], head: Link) -> Link:
    """The head after these rows. Raises BrokenChainError at the first that does not fit."""
    for row in rows:
        expected = head.number + 1
        if row.link != expected:
            raise BrokenChainError(f"link {expected} is missing; the next is {row.link}")
        link = _linked(row, head)
        if row.previous != head.hash:
            raise BrokenChainError(f"link {expected} does not follow from the one before it")
        if row.hash != link.hash:
            raise BrokenChainError(f"link {expected} (entry {row.id}) was changed after sealing")
        head = link
    return head


def _linked(row: Entry, head: Link) -> Link:
    number = head.number + 1
    said = [number, row.at.astimezone(UTC).isoformat(), *row[2:CONTENT], row.id]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return Link(number, sha256(f"{head.hash}{text}".encode()).hexdigest(), row.at)
