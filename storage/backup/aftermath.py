"""What a restored database must not do: say again what was said after the backup was made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_, update
from sqlmodel import Session, col, select

from storage.errands import DROPPED
from storage.evidence import KEPT
from storage.leases import Leases
from storage.tables import Errand, Evidence, InboxRow, OutboxRow

REASON = "restored from a backup"


@dataclass(frozen=True, slots=True)
class Stilled:
    """Letters held for a person to decide, replies given up, updates laid by."""

    unknown: int
    cancelled: int
    dead: int


OPEN = ("queued", "sending", "held")


def still(session: Session, now: datetime) -> Stilled:
    """Letters that may have left since are not sent by themselves; updates that may have been
    answered since are dead letters.

    A letter for a later day that was never tried waits on: it has left nowhere. What a stopped
    notice holds may have been let go since.
    """
    later = and_(
        col(OutboxRow.state) == "queued",
        col(OutboxRow.not_before_at) > now,
        col(OutboxRow.attempts) == 0,
    )
    # A correction changes a message once more, over what it may have become since: no reply.
    reply = and_(col(OutboxRow.on_unknown) == "resend", col(OutboxRow.broadcast_id).is_(None))
    _free_leases(session, now)
    # Whoever asked for a file has it, or asks again; the bytes are in no backup.
    session.connection().execute(update(Errand).values(state=DROPPED))
    return Stilled(
        unknown=_settle(session, "unknown", not_(reply), not_(later)),
        cancelled=_settle(session, "cancelled", reply, not_(later)),
        dead=_bury(session, now),
    )


def kept_names(session: Session) -> list[str]:
    """The files that the database says are there."""
    query = select(col(Evidence.name)).where(col(Evidence.state) == KEPT, col(Evidence.name) != "")
    return list(session.exec(query))


def _settle(session: Session, state: str, *which: ColumnElement[bool]) -> int:
    moved = update(OutboxRow).where(col(OutboxRow.state).in_(OPEN), *which)
    moved = moved.values(state=state, error=REASON)
    return session.connection().execute(moved).rowcount


def _free_leases(session: Session, now: datetime) -> None:
    """Whoever held them then does not run any more, and the next need not wait."""
    leases = Leases(session, now)
    for lease in leases.all():
        leases.release(lease.name, lease.fence)


def _bury(session: Session, now: datetime) -> int:
    waiting = update(InboxRow).where(col(InboxRow.done_at).is_(None))
    return (
        session.connection().execute(waiting.values(done_at=now, dead=True, error=REASON)).rowcount
    )
