"""The plan as one object. Reading it from the data file is `plan.loading`."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from plan.items import (
    Agency,
    Assignment,
    CampaignDay,
    Correction,
    Duty,
    Entry,
    Group,
    Holding,
    Indicator,
    MonthDay,
    Part,
    PartsKind,
    ReportingRule,
    Role,
    Target,
    Task,
    TaskGroup,
    Unit,
)

__all__ = [
    "Agency",
    "Assignment",
    "CampaignDay",
    "Catalogue",
    "Correction",
    "Duty",
    "Entry",
    "Group",
    "Holding",
    "Indicator",
    "MonthDay",
    "Part",
    "PartsKind",
    "ReportingRule",
    "Role",
    "Target",
    "Task",
    "TaskGroup",
    "Unit",
]


@dataclass(frozen=True, slots=True)
class Catalogue:
    title: str
    number: str | None
    date: dt.date | None
    bases: tuple[str, ...]
    general_objective: str
    indicators: tuple[Indicator, ...]
    groups: tuple[TaskGroup, ...]
    tasks: tuple[Task, ...]
    entries: tuple[Entry, ...]
    assignments: tuple[Assignment, ...]
    agencies: tuple[Agency, ...]
    agency_groups: tuple[Group, ...]
    holdings: tuple[Holding, ...]
    campaign_days: tuple[CampaignDay, ...]
    reporting: ReportingRule
    funding: tuple[str, ...]
    calendar_days_off: frozenset[dt.date]
    calendar_make_up_days: frozenset[dt.date]
    corrections: tuple[Correction, ...] = ()

    def indicator(self, code: str) -> Indicator:
        return {item.code: item for item in self.indicators}[code]

    def task(self, code: str) -> Task:
        return {item.code: item for item in self.tasks}[code]

    def assignment(self, code: str) -> Assignment:
        return {item.code: item for item in self.assignments}[code]

    def agency(self, id_: str) -> Agency:
        return {item.id: item for item in self.agencies}[id_]

    def members(self, holder: str) -> tuple[str, ...]:
        """A group's agencies; an agency is its own only member."""
        groups = {group.id: group.members for group in self.agency_groups}
        return groups[holder] if holder in groups else (self.agency(holder).id,)

    def duties_of(self, agency_id: str) -> tuple[Holding, ...]:
        """One holding per code, in the plan's order: leading wins over coordinating,
        and what is the agency's own over what it shares through a group.
        """
        mine = {self.agency(agency_id).id}
        mine |= {group.id for group in self.agency_groups if agency_id in group.members}
        found: dict[str, Holding] = {}
        for holding in self._all_holdings():
            if holding.holder not in mine:
                continue
            rival = found.get(holding.code)
            if rival is None or _weight(holding, agency_id) > _weight(rival, agency_id):
                found[holding.code] = holding
        return tuple(found[code] for code in self.codes() if code in found)

    def codes(self) -> tuple[str, ...]:
        """Of everything that can be held, in the plan's order."""
        indicators = tuple(item.code for item in self.indicators)
        tasks = tuple(item.code for item in self.tasks)
        return indicators + tasks + tuple(item.code for item in self.assignments)

    def as_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries, as the command line prints them."""
        shown: dict[str, Any] = {
            field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)
        }
        shown["task_groups"] = shown.pop("groups")
        shown["deadline"] = shown.pop("reporting") | {"strict": True}
        for assignment in shown["assignments"]:
            assignment["holder"] = ", ".join(assignment["holders"])
        shown["campaign_days"] = [_shown_day(day) for day in self.campaign_days]
        return shown

    def _all_holdings(self) -> Iterator[Holding]:
        yield from self.holdings
        for item in self.assignments:
            for holder in item.holders:
                yield Holding(holder, item.code, item.role, proposed=False, basis=item.clause)


def _weight(holding: Holding, agency_id: str) -> tuple[bool, bool]:
    return holding.role is not Role.COORDINATE, holding.holder == agency_id


def _plain(value: object) -> object:
    if isinstance(value, Target):
        return value.low if value.high is None else [value.low, value.high]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return [_plain(item) for item in sorted(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value.value if isinstance(value, StrEnum) else value


def _shown_day(day: CampaignDay) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": day.id, "name": day.name, "clause": day.clause}
    if day.start and day.end:
        shown["from"] = {"month": day.start[0], "day": day.start[1]}
        shown["to"] = {"month": day.end[0], "day": day.end[1]}
    else:
        shown |= {"month": day.month, "day": day.day}
    return shown | {"awaiting_dispatch": day.awaiting_dispatch}
