"""Schedules of reminders: the row says what is due, a conditional UPDATE says whose it is."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.tables import Occurrence, Schedule


class Schedules:
    def __init__(self, session: Session) -> None:
        self.session = session

    def all(self) -> dict[str, Schedule]:
        return {schedule.key: schedule for schedule in self.session.exec(select(Schedule))}

    def start(self, key: str, next_step: str, next_due_at: datetime) -> None:
        self.session.add(Schedule(key=key, next_step=next_step, next_due_at=next_due_at))
        self.session.flush()

    def due(self, now: datetime, keys: Collection[str]) -> Sequence[Schedule]:
        """Of these keys only: what has left the plan keeps its row, and its history."""
        query = (
            select(Schedule)
            .where(Schedule.next_due_at <= now, col(Schedule.key).in_(keys))
            .order_by(col(Schedule.key))
        )
        return self.session.exec(query).all()

    def advance(self, schedule: Schedule, next_step: str, next_due_at: datetime) -> bool:
        """Moves on from the step that was due; False where somebody else has done so."""
        moved = self.session.connection().execute(
            update(Schedule)
            .where(
                col(Schedule.key) == schedule.key,
                col(Schedule.next_due_at) == schedule.next_due_at,
            )
            .values(next_step=next_step, next_due_at=next_due_at)
        )
        return moved.rowcount == 1

    def decide(
        self, key: str, step: str, due_at: datetime, *, state: str, recipients: int, now: datetime
    ) -> None:
        self.session.add(
            Occurrence(
                schedule_key=key,
                step=step,
                due_at=due_at,
                state=state,
                recipients=recipients,
                decided_at=now,
            )
        )
        self.session.flush()

    def history(self, state: str | None = None) -> Sequence[Occurrence]:
        query = select(Occurrence).order_by(col(Occurrence.due_at))
        if state is not None:
            query = query.where(Occurrence.state == state)
        return self.session.exec(query).all()
