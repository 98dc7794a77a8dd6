"""What reminders follow: the plan's dates, and what an operator has settled about them."""

from calendar import monthrange
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from plan.calendars import WorkingCalendar
from plan.catalogue import CampaignDay, Catalogue, MonthDay, ReportingRule
from plan.deadlines import Deadline, Terms, extended, yearly_deadline
from plan.reminding.ladder import Ladder, Step, report_steps

T = TypeVar("T")

CAMPAIGN_LEAD = 7
"""Days before a campaign begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """A campaign's days in one year; not `confirmed` is still waiting for the dispatch."""

    first_on: date
    last_on: date
    confirmed: bool


class Timing(StrEnum):
    DATE = "date"
    MONTH = "month"
    EVENT = "event"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TaskTiming:
    """`value`: a day of each year (`05-18`) or of one (`2026-05-18`), a month (`6`), or the id of
    a campaign. Reminded `lead_days` before, and on the day itself.
    """

    kind: Timing
    value: str
    lead_days: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """From how many working days late on the agency's leader and the standing agency hear."""

    leader: int = 3
    office: int = 5


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Working days after which a report that waits is brought up with whom."""

    reviewer: int = 2
    office: int = 4


@dataclass(frozen=True, eq=False)
class Rules:
    """A snapshot: whoever holds one sees no change. What it implies is worked out once."""

    reporting: ReportingRule
    calendar: WorkingCalendar
    terms: Terms = field(default_factory=Terms)
    ladder: Ladder = field(default_factory=Ladder)
    escalation: Escalation = field(default_factory=Escalation)
    reviewing: Reviewing = field(default_factory=Reviewing)
    days: tuple[CampaignDay, ...] = ()
    spans: Mapping[tuple[str, int], Span] = field(default_factory=dict)
    tasks: Mapping[str, TaskTiming] = field(default_factory=dict)
    plan_by: MonthDay = (3, 31)
    """By when an agency's own plan of the year is asked for; the plan sets no date."""
    review_by: MonthDay = (12, 31)
    known_years: frozenset[int] = frozenset()
    """Those whose days off have been settled by official decision."""
    revision: int = 0
    _known: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, catalogue: Catalogue, calendar: WorkingCalendar) -> "Rules":
        """As the plan has them, nothing settled."""
        return cls(catalogue.reporting, calendar, days=catalogue.campaign_days)

    def deadline(self, year: int, until_on: date | None = None) -> Deadline:
        """`until_on`: an agency's extension, which never shortens."""
        deadline = yearly_deadline(year, self.calendar, self.reporting, self.terms)
        if until_on is None or until_on <= deadline.last_day:
            return deadline
        return extended(deadline, until_on, self.calendar)

    def report_steps(self, year: int, *, late: bool) -> tuple[Step, ...]:
        return self.once(
            ("report", year, late),
            lambda: report_steps(self.ladder, self.deadline(year), self.calendar, late=late),
        )

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What is the same for every agency is worked out for the first of them."""
        if key not in self._known:
            self._known[key] = work_out()
        found: T = self._known[key]
        return found

    def day(self, day_id: str) -> CampaignDay | None:
        return next((day for day in self.days if day.id == day_id), None)

    def span(self, day: CampaignDay, year: int) -> Span:
        usual = Span(day.first_on(year), day.last_on(year), not day.awaiting_dispatch)
        return self.spans.get((day.id, year), usual)

    def task_on(self, code: str, year: int) -> date | None:
        """The day on which the task is due in that year, if it has one."""
        timing = self.tasks.get(code)
        if timing is None or timing.kind is Timing.NONE:
            return None
        if timing.kind is Timing.EVENT:
            day = self.day(timing.value)
            return self.span(day, year).first_on if day else None
        if timing.kind is Timing.MONTH:
            month = int(timing.value)
            return date(year, month, monthrange(year, month)[1])
        return _day_of(timing.value, year)


def _day_of(value: str, year: int) -> date | None:
    *of_year, month, day = (int(part) for part in value.split("-"))
    if of_year and of_year != [year]:
        return None
    return date(year, month, min(day, monthrange(year, month)[1]))
