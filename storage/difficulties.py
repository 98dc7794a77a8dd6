"""Difficulties that agencies have met in a year: tasks that are blocked, and the report's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all
from sqlmodel import Session, col

from storage.agencies import valid
from storage.tables import AgencyName, Narrative, Person, Report, TaskStatus

TOPIC = "difficulties"
"""The part of the report in words that is about them."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """`code` is that of a task, "" where the report speaks of difficulties in general."""

    agency_id: str
    agency: str
    code: str
    words: str
    person: str
    at: datetime


class Difficulties:
    def __init__(self, session: Session) -> None:
        self.session = session

    def page(
        self, year: int, on: date, agency_id: str | None, first: int, most: int
    ) -> Sequence[Difficulty]:
        """By agency, what is general first; names as of that day."""
        return self._read(_ordered(year, on, agency_id).offset(first).limit(most))

    def all(self, year: int, on: date, agency_id: str | None) -> Sequence[Difficulty]:
        return self._read(_ordered(year, on, agency_id))

    def length(self, year: int, on: date, agency_id: str | None) -> int:
        found = _found(year, on, agency_id).subquery()
        return self.session.scalar(select(func.count()).select_from(found)) or 0

    def _read(self, query: Any) -> Sequence[Difficulty]:  # noqa: ANN401 - a Select of many columns
        return [Difficulty(*row) for row in self.session.connection().execute(query)]


def _ordered(year: int, on: date, agency_id: str | None) -> Select[Any]:
    found = _found(year, on, agency_id).subquery()
    return select(found).order_by(found.c.agency, found.c.agency_id, found.c.code)


def _found(year: int, on: date, agency_id: str | None) -> Any:  # noqa: ANN401 - a union of many columns
    blocked = _of(TaskStatus, col(TaskStatus.code), col(TaskStatus.note), year, on, agency_id)
    told = _of(Narrative, literal(""), col(Narrative.text), year, on, agency_id)
    return union_all(
        blocked.where(col(TaskStatus.status) == "blocked"),
        told.where(col(Narrative.topic) == TOPIC),
    )


def _of(
    table: Any,  # noqa: ANN401 - either of two tables
    code: Any,  # noqa: ANN401 - a column, or none
    words: Any,  # noqa: ANN401 - a column
    year: int,
    on: date,
    agency_id: str | None,
) -> Select[Any]:
    query = (
        select(
            col(Report.agency_id).label("agency_id"),
            func.coalesce(col(AgencyName.short), col(Report.agency_id)).label("agency"),
            code.label("code"),
            words.label("words"),
            func.coalesce(col(Person.full_name), "").label("person"),
            col(table.recorded_at).label("at"),
        )
        .join(Report, col(Report.id) == col(table.report_id))
        .outerjoin(
            AgencyName, (col(AgencyName.agency_id) == col(Report.agency_id)) & valid(AgencyName, on)
        )
        .outerjoin(Person, col(Person.id) == col(table.person_id))
        .where(col(Report.year) == year, col(table.superseded_at).is_(None))
    )
    return query.where(col(Report.agency_id) == agency_id) if agency_id else query
