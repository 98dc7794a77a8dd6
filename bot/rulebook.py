"""The rules in force: one snapshot for everybody, replaced as a whole."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from bot.calendars import calendar_for, known_years
from plan.calendars import OFFICE_HOURS, OfficeHours
from plan.catalogue import Catalogue
from plan.reminding import settled
from plan.reminding.rules import Rules, TaskTiming, Timing
from storage.choices import Choices
from storage.daysoff import DaysOff
from storage.tables import CalendarDay


class Rulebook:
    """Before it has looked into the database, what the plan and the library say."""

    def __init__(self, catalogue: Catalogue, office_hours: OfficeHours = OFFICE_HOURS) -> None:
        self.catalogue, self.office_hours = catalogue, office_hours
        self._rules = self._of({}, {}, {}, 0)

    def __call__(self) -> Rules:
        return self._rules

    def refresh(self, session: Session) -> bool:
        """Whether anything was changed since the last look."""
        choices = Choices(session)
        revision = choices.revision()
        if revision == self._rules.revision:
            return False
        tasks = {
            code: TaskTiming(Timing(row.kind), row.value, row.lead_days)
            for code, row in choices.task_dates().items()
        }
        self._rules = self._of(choices.all(), tasks, DaysOff(session).all(), revision)
        return True

    def _of(
        self,
        chosen: Mapping[str, Any],
        tasks: Mapping[str, TaskTiming],
        official: Mapping[Any, CalendarDay],
        revision: int,
    ) -> Rules:
        calendar = calendar_for(
            self.catalogue,
            official,
            culture_day=chosen.get(settled.CULTURE_DAY, True),
            office_hours=self.office_hours,
        )
        return settled.rules_of(
            self.catalogue,
            calendar,
            chosen,
            tasks,
            known_years=known_years(official),
            revision=revision,
        )
