"""Every table, imported here so that `SQLModel.metadata` is whole for Alembic."""

from storage.tables.agencies import Agency, AgencyName, Responsibility
from storage.tables.delivery import Broadcast, Hearing, InboxRow, Occurrence, OutboxRow, Schedule
from storage.tables.people import Contact, Conversation, Invite, Membership, Person
from storage.tables.reports import Evidence, Figure, FigurePart, Narrative, Report, TaskStatus

__all__ = [
    "Agency",
    "AgencyName",
    "Broadcast",
    "Contact",
    "Conversation",
    "Evidence",
    "Figure",
    "FigurePart",
    "Hearing",
    "InboxRow",
    "Invite",
    "Membership",
    "Narrative",
    "Occurrence",
    "OutboxRow",
    "Person",
    "Report",
    "Responsibility",
    "Schedule",
    "TaskStatus",
]
