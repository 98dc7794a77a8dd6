"""What the notices of the campaign days are made from."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import NoticeTemplate


class Templates:
    def __init__(self, session: Session) -> None:
        self.session = session

    def all(self) -> dict[str, NoticeTemplate]:
        query = select(NoticeTemplate).order_by(col(NoticeTemplate.day_id))
        return {row.day_id: row for row in self.session.exec(query)}

    def of(self, day_id: str) -> NoticeTemplate | None:
        return self.session.get(NoticeTemplate, day_id)

    def keep(self, day_id: str, by: int, now: datetime, **values: Any) -> None:  # noqa: ANN401 - columns
        """All of a new one, or what changes of one that is there."""
        row = self.of(day_id)
        if row is None:
            row = NoticeTemplate(day_id=day_id, changed_at=now, **values)
        for name, value in values.items():
            setattr(row, name, value)
        row.changed_at, row.changed_by = now, by
        self.session.add(row)
        self.session.flush()
        said = f"lead {row.lead_days}, {row.audience}, {'stopped' if row.stopped else 'on'}"
        said += f", {row.media}" if row.media else ""
        Audit(self.session).note("template.changed", day_id, after=said, now=now)
