"""Every table, imported here so that `SQLModel.metadata` is whole for Alembic."""

from storage.tables.agencies import Agency, AgencyName, Responsibility
from storage.tables.delivery import Broadcast, InboxRow, Occurrence, OutboxRow, Schedule
from storage.tables.people import Contact, Conversation, Invite, Membership, Person
from storage.tables.reports import Figure, Report, TaskStatus

__all__ = [
    "Agency",
    "AgencyName",
    "Broadcast",
    "Contact",
    "Conversation",
    "Figure",
    "InboxRow",
    "Invite",
    "Membership",
    "Occurrence",
    "OutboxRow",
    "Person",
    "Report",
    "Responsibility",
    "Schedule",
    "TaskStatus",
]
