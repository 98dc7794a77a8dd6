"""What stays the same from one update to the next."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.broadcast.bureau import Policy
from handlers.reminding.settling import Rulebook
from plan.calendars import WorkingCalendar
from plan.catalogue import Catalogue
from plan.reminding.rules import Rules
from storage.files import Files


@dataclass(frozen=True, slots=True)
class Services:
    catalogue: Catalogue
    rulebook: Rulebook
    """The rules in force now: one snapshot for a whole turn."""
    admins: frozenset[str]
    new_token: Callable[[], str]
    controller: str
    """Who answers for personal data, as named in the privacy notice."""
    files: Files
    policy: Policy
    username: str = ""
    """The bot's own, for links; empty where the operator has not said it."""

    @property
    def rules(self) -> Rules:
        return self.rulebook()

    @property
    def calendar(self) -> WorkingCalendar:
        return self.rules.calendar
