"""What waits and what has become of it, in figures: for graphs and alarms."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from plan.condition import age
from storage.health import Health
from storage.outbox import Lane
from storage.tables import OutboxRow


@dataclass(frozen=True, slots=True)
class Stock:
    letters: dict[tuple[str, Lane], int]
    """By state and lane."""
    oldest: dict[Lane, float]
    """For how many seconds the oldest letter waits that could leave; 0 where none does."""
    backup_age: float | None
    """In seconds; None where there has never been a backup, or none that can be dated."""


def take_stock(session: Session, now: datetime) -> Stock:
    kinds = col(OutboxRow.state), col(OutboxRow.lane)
    rows = session.connection().execute(select(*kinds, func.count()).group_by(*kinds))
    health = Health(session)
    backup = health.pulses().get("backup")
    old = age(backup.at, now) if backup else None
    return Stock(
        letters={(row[0], Lane(row[1])): row[2] for row in rows},
        oldest={
            lane: max((now - queue.oldest_at).total_seconds(), 0) if queue.oldest_at else 0
            for lane, queue in health.queues(now).items()
        },
        backup_age=None if old is None else old.total_seconds(),
    )
