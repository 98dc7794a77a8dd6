"""What an admin who works on notices has at hand."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.language import Words
from handlers.talk import Talk
from plan.catalogue import Catalogue
from plan.notices.audiences import Audience
from plan.reminding.rules import Rules
from storage.agencies import Agencies
from storage.audiences import Audiences, Reach
from storage.broadcasts import Broadcasts
from storage.outbox import Outbox
from storage.people import Member, People
from storage.recipients import Recipients
from storage.tables import Broadcast
from storage.templates import Templates
from storage.threads import Threads

NUMBER = "notice"
"""Where a question keeps the number of the notice it is about."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator has set. `per_second`: how many letters leave at most."""

    approval_above: int = 50
    undo_seconds: int = 30
    per_second: float = 25


@dataclass(frozen=True, slots=True)
class Bureau:
    talk: Talk
    words: Words
    member: Member
    broadcasts: Broadcasts
    recipients: Recipients
    audiences: Audiences
    threads: Threads
    templates: Templates
    people: People
    agencies: Agencies
    outbox: Outbox
    catalogue: Catalogue
    rules: Rules
    policy: Policy
    now: datetime
    today: date

    def notice(self) -> Broadcast | None:
        """The one that the open question is about."""
        number = self.talk.data.get(NUMBER)
        return self.broadcasts.get(number) if number else None

    def reach(self, notice: Broadcast) -> Reach:
        return self.audiences.reach(Audience.read(notice.audience), notice.kind)

    def other_admins(self) -> list[str]:
        """Chats of the administrators but for this one."""
        others = self.people.holding("admin")
        mine = self.member.person_id
        return list(dict.fromkeys(each.address for each in others if each.person_id != mine))
