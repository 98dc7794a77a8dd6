"""Everything that is held about one person: counted for the chat, whole for the file."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, func, or_
from sqlmodel import Session, SQLModel, col, select

from storage.evidence import KEPT, WANTED
from storage.tables import (
    Absence,
    AgencyPlan,
    AuditRow,
    Broadcast,
    Contact,
    Conversation,
    DataRequest,
    Decision,
    Easing,
    Errand,
    Evidence,
    ExtensionRequest,
    Figure,
    FigurePart,
    FrozenYear,
    InboxRow,
    Inquiry,
    Invite,
    Knock,
    Membership,
    Narrative,
    OutboxRow,
    Person,
    Reminder,
    Report,
    Snooze,
    TaskStatus,
)

INTERNAL = {
    *("token", "token_hash", "link", "previous", "hash", "desk", "fence", "name"),
    "contents",  # of a whole year, of all agencies
}
"""Columns that say nothing about the person; some of them open something."""
BY_NUMBER = (
    Contact,
    Membership,
    DataRequest,
    Figure,
    TaskStatus,
    Narrative,
    Evidence,
    Broadcast,
    Reminder,
    Easing,
    AgencyPlan,
    Snooze,
    Decision,
    ExtensionRequest,
    Errand,
    FrozenYear,
)
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
            found[str(table.__tablename__)] = [dict(row) for row in rows]
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


def _told(table: type[SQLModel]) -> list[Column[Any]]:
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    return [column for column in columns if column.name not in INTERNAL]


def _belonging(
    person_id: int, channel: str, address: str
) -> dict[type[SQLModel], ColumnElement[bool]]:
    theirs: dict[type[SQLModel], ColumnElement[bool]] = {
        table: col(table.person_id) == person_id for table in BY_NUMBER
    }
    in_chat: dict[type[SQLModel], ColumnElement[bool]] = {
        table: and_(col(table.channel) == channel, col(table.address) == address)
        for table in BY_CHAT
    }
    figures = select(Figure.id).where(Figure.person_id == person_id)
    made = or_(col(Invite.used_by) == person_id, col(Invite.created_by) == person_id)
    return {
        Person: col(Person.id) == person_id,
        **theirs,
        FigurePart: col(FigurePart.figure_id).in_(figures),
        Report: col(Report.submitted_by) == person_id,
        Invite: made,
        Absence: or_(col(Absence.person_id) == person_id, col(Absence.deputy_id) == person_id),
        Inquiry: or_(col(Inquiry.person_id) == person_id, col(Inquiry.answered_by) == person_id),
        **in_chat,
        InboxRow: col(InboxRow.user_key) == address,
        AuditRow: _noted(person_id),
    }
