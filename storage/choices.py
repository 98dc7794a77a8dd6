"""What an operator has settled, by key, and how often anything has been."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Setting, TaskDate

REVISION = "revision"
"""Counts every change that reminders depend on, so that one look tells whether there was any."""
COUNTED = columns(col(Setting.value)).where(col(Setting.key) == bindparam("key"))


class Choices:
    def __init__(self, session: Session) -> None:
        self.session = session

    def revision(self) -> int:
        found = self.session.connection().execute(COUNTED, {"key": REVISION}).scalar()
        return found or 0

    def all(self) -> Mapping[str, Any]:
        return {row.key: row.value for row in self.session.exec(select(Setting))}

    def get(self, key: str) -> Any:  # noqa: ANN401 - JSON
        row = self.session.get(Setting, key)
        return row.value if row else None

    def settle(self, key: str, value: Any, now: datetime, by: int | None = None) -> None:  # noqa: ANN401 - JSON
        """None gives the program's own default back."""
        row = self.session.get(Setting, key)
        before = row.value if row else None
        if value == before:
            return
        if value is None:
            self.session.delete(row)
        elif row is None:
            self.session.add(Setting(key=key, value=value, changed_at=now, changed_by=by))
        else:
            row.value, row.changed_at, row.changed_by = value, now, by
        note = Audit(self.session).note
        note("setting.changed", key, before=_short(before), after=_short(value), now=now)
        self.touch(now)

    def keep(self, key: str, value: Any, now: datetime) -> None:  # noqa: ANN401 - JSON
        """The program's own note, which nobody settled and no rule depends on."""
        self.session.merge(Setting(key=key, value=value, changed_at=now))
        self.session.flush()

    def touch(self, now: datetime) -> None:
        """In the transaction of any change that the running processes must pick up."""
        row = self.session.get(Setting, REVISION, with_for_update=True)
        if row is None:
            self.session.add(Setting(key=REVISION, value=1, changed_at=now))
        else:
            row.value, row.changed_at = row.value + 1, now
        self.session.flush()

    def task_dates(self) -> dict[str, TaskDate]:
        return {row.code: row for row in self.session.exec(select(TaskDate))}

    def date_task(
        self, code: str, kind: str, value: str, lead_days: int, now: datetime, by: int | None = None
    ) -> None:
        """When a task is due; kind `none` takes the plan's own date away."""
        row = self.session.get(TaskDate, code)
        before = _timing(row) if row else ""
        if row is None:
            row = TaskDate(code=code, kind=kind, value=value, lead_days=lead_days, changed_at=now)
        row.kind, row.value, row.lead_days = kind, value, lead_days
        row.changed_at, row.changed_by = now, by
        self.session.add(row)
        after = _timing(row)
        Audit(self.session).note("task.dated", code, before=before, after=after, now=now)
        self.touch(now)

    def undate_task(self, code: str, now: datetime) -> None:
        """The plan's own date holds again, if it has one."""
        row = self.session.get(TaskDate, code)
        if row is not None:
            self.session.delete(row)
            before = _timing(row)
            Audit(self.session).note("task.dated", code, before=before, after="", now=now)
            self.touch(now)


def _short(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _timing(row: TaskDate) -> str:
    return f"{row.kind} {row.value} -{row.lead_days}"
