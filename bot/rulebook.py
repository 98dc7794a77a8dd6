"""The rules in force: one snapshot for everybody, replaced as a whole."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from bot.calendars import calendar_for, known, known_years
from plan.calendars import OFFICE_HOURS, OfficeHours
from plan.catalogue import Catalogue
from plan.daysoff import Dated
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
        before, self._rules = self._rules, self.within(session)
        return self._rules is not before

    def within(self, session: Session) -> Rules:
        """As this transaction has them, with what it has changed itself."""
        choices = Choices(session)
        revision = choices.revision()
        if revision == self._rules.revision:
            return self._rules
        tasks = {
            code: TaskTiming(Timing(row.kind), row.value, row.lead_days)
            for code, row in choices.task_dates().items()
        }
        return self._of(choices.all(), tasks, DaysOff(session).all(), revision)

    def days(self, session: Session) -> list[Dated]:
        """Days off and days worked instead, as this transaction has them."""
        culture_day = Choices(session).all().get(settled.CULTURE_DAY, True)
        return known(self.catalogue, DaysOff(session).all(), culture_day=culture_day)

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
