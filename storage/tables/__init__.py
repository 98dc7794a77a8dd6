"""Every table, imported here so that `SQLModel.metadata` is whole for Alembic."""

from storage.tables.agencies import Agency, AgencyName, Responsibility
from storage.tables.approvals import Decision, DecisionItem, FrozenYear, Inquiry, ReportVersion
from storage.tables.audit import AuditRow, Knock
from storage.tables.delivery import (
    Hearing,
    InboxRow,
    Lease,
    Occurrence,
    OutboxRow,
    Pulse,
    Schedule,
)
from storage.tables.facilities import Facility, FacilityChange
from storage.tables.notices import (
    Broadcast,
    BroadcastRecipient,
    NoticeMessage,
    NoticeTemplate,
    SavedAudience,
)
from storage.tables.people import Contact, Conversation, DataRequest, Invite, Membership, Person
from storage.tables.reminding import (
    Absence,
    AgencyPlan,
    CalendarDay,
    Easing,
    Errand,
    ExtensionRequest,
    Reminder,
    Setting,
    Snooze,
    TaskDate,
)
from storage.tables.reports import Evidence, Figure, FigurePart, Narrative, Report, TaskStatus

__all__ = [
    "Absence",
    "Agency",
    "AgencyName",
    "AgencyPlan",
    "AuditRow",
    "Broadcast",
    "BroadcastRecipient",
    "CalendarDay",
    "Contact",
    "Conversation",
    "DataRequest",
    "Decision",
    "DecisionItem",
    "Easing",
    "Errand",
    "Evidence",
    "ExtensionRequest",
    "Facility",
    "FacilityChange",
    "Figure",
    "FigurePart",
    "FrozenYear",
    "Hearing",
    "InboxRow",
    "Inquiry",
    "Invite",
    "Knock",
    "Lease",
    "Membership",
    "Narrative",
    "NoticeMessage",
    "NoticeTemplate",
    "Occurrence",
    "OutboxRow",
    "Person",
    "Pulse",
    "Reminder",
    "Report",
    "ReportVersion",
    "Responsibility",
    "SavedAudience",
    "Schedule",
    "Setting",
    "Snooze",
    "TaskDate",
    "TaskStatus",
]
