"""Days off and days worked instead, by official decision."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.choices import Choices
from storage.tables import CalendarDay


class DaysOff:
    def __init__(self, session: Session) -> None:
        self.session = session

    def all(self) -> Mapping[date, CalendarDay]:
        rows = self.session.exec(select(CalendarDay).order_by(col(CalendarDay.day)))
        return {row.day: row for row in rows}

    def put(
        self,
        day: date,
        kind: str,
        name: str,
        now: datetime,
        *,
        source: str = "",
        estimated: bool = False,
        by: int | None = None,
    ) -> None:
        """`off` or `work`, whatever stood there before."""
        row = self.session.get(CalendarDay, day)
        before = row.kind if row else ""
        if row is None:
            row = CalendarDay(day=day, kind=kind, name=name, changed_at=now)
        row.kind, row.name, row.source, row.estimated = kind, name, source, estimated
        row.changed_at, row.changed_by = now, by
        self.session.add(row)
        self._note(day, before, kind, now)

    def remove(self, days: Iterable[date], now: datetime) -> None:
        """What the other sources say of these days holds again."""
        for day in days:
            row = self.session.get(CalendarDay, day)
            if row is not None:
                self.session.delete(row)
                self._note(day, row.kind, "", now)

    def _note(self, day: date, before: str, after: str, now: datetime) -> None:
        subject = day.isoformat()
        Audit(self.session).note("calendar.changed", subject, before=before, after=after, now=now)
        Choices(self.session).touch(now)
