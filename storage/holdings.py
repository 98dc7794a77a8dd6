"""Everything that is held about one person: counted for the chat, whole for the file."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, func, or_
from sqlmodel import Session, SQLModel, col, select

from storage.evidence import KEPT, WANTED
from storage.tables import (
    AuditRow,
    Conversation,
    Evidence,
    Figure,
    FigurePart,
    InboxRow,
    Knock,
    Membership,
    Narrative,
    OutboxRow,
    Person,
    Report,
    TaskStatus,
)

INTERNAL = {
    *("token", "token_hash", "link", "previous", "hash", "desk", "fence"),
    *("evidence.name", "errand.name"),  # on the disk
    "frozen_year.contents",  # of a whole year, of all agencies
}
"""Columns that say nothing about the person; some of them open something."""
NUMBERS = {"person_id", "changed_by"}
"""They hold a person's number also where they are no foreign key."""
BY_CHAT = (Conversation, OutboxRow, Knock)


@dataclass(frozen=True, slots=True)
class Account:
    roles: list[Membership]
    answers: dict[int, int]
    """Figures and statuses by year of the report, what was corrected included."""
    texts: int
    files: int
    question_since_at: datetime | None
    entries: int
    """Of the audit log."""


class Holdings:
    def __init__(self, session: Session) -> None:
        self.session = session

    def person(self, person_id: int) -> Person:
        return self.session.get_one(Person, person_id)

    def account(self, person_id: int, channel: str, address: str) -> Account:
        self.session.flush()
        kept = select(func.count()).select_from(Evidence)
        files = kept.where(
            col(Evidence.person_id) == person_id, col(Evidence.state).in_((KEPT, WANTED))
        )
        texts = (
            select(func.count()).select_from(Narrative).where(col(Narrative.person_id) == person_id)
        )
        entries = select(func.count()).select_from(AuditRow).where(_noted(person_id))
        question = self.session.get(Conversation, (channel, address))
        held = select(Membership).where(Membership.person_id == person_id)
        return Account(
            roles=list(self.session.exec(held.order_by(col(Membership.id)))),
            answers=self._answers(person_id),
            texts=self.session.scalar(texts) or 0,
            files=self.session.scalar(files) or 0,
            question_since_at=question.updated_at if question else None,
            entries=self.session.scalar(entries) or 0,
        )

    def rows(self, person_id: int, channel: str, address: str) -> dict[str, list[dict[str, Any]]]:
        """Table by table, as they are kept."""
        self.session.flush()
        connection = self.session.connection()
        found = {}
        for table, whose in _belonging(person_id, channel, address).items():
            rows = connection.execute(select(*_told(table)).where(whose)).mappings()
            found[table.name] = [dict(row) for row in rows]
        return found

    def _answers(self, person_id: int) -> dict[int, int]:
        found: Counter[int] = Counter()
        for table in (Figure, TaskStatus):
            years = (
                select(col(Report.year), func.count())
                .select_from(table)
                .join(Report, col(Report.id) == col(table.report_id))
                .where(col(table.person_id) == person_id)
                .group_by(col(Report.year))
            )
            rows = self.session.connection().execute(years)
            found.update({row[0]: row[1] for row in rows})
        return dict(sorted(found.items()))


def _noted(person_id: int) -> ColumnElement[bool]:
    about = col(AuditRow.subject) == f"person {person_id}"
    return or_(col(AuditRow.person_id) == person_id, about)


def _told(table: Table) -> list[Column[Any]]:
    return [each for each in table.columns if not {each.name, str(each)} & INTERNAL]


def _belonging(person_id: int, channel: str, address: str) -> dict[Table, ColumnElement[bool]]:
    """A new table, or a new column that leads to a person, is among them by itself."""
    numbered = {
        table: or_(*(column == person_id for column in columns))
        for table in SQLModel.metadata.sorted_tables
        if (columns := leading(table))
    }
    in_chat = {
        _table(each): and_(col(each.channel) == channel, col(each.address) == address)
        for each in BY_CHAT
    }
    figures = select(Figure.id).where(Figure.person_id == person_id)
    return {
        _table(Person): col(Person.id) == person_id,
        **numbered,
        **in_chat,
        _table(FigurePart): col(FigurePart.figure_id).in_(figures),
        _table(InboxRow): col(InboxRow.user_key) == address,
        _table(AuditRow): _noted(person_id),
    }


def leading(table: Table) -> list[Column[Any]]:
    """Its columns that hold a person's number."""
    number = _table(Person).columns["id"]
    return [each for each in table.columns if each.name in NUMBERS or each.references(number)]


def _table(of: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(of.__tablename__)]
