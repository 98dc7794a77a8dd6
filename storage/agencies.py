"""Agencies as they stand on a day, and who holds which duty."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from plan.catalogue import Role
from storage.tables import Agency, AgencyName, Responsibility


@dataclass(frozen=True, slots=True)
class NamedAgency:
    id: str
    name: str
    short: str
    kind: str
    duty: str
    standing: bool


@dataclass(frozen=True, slots=True)
class Duties:
    reports: list[str]
    """Indicators whose figures are asked for."""
    leads: list[str]
    """Tasks and assignments whose status is asked for."""


def valid(table: Any, on: date) -> ColumnElement[bool]:  # noqa: ANN401 - any dated table
    """Holds on the day `on`; both bounds are inclusive and an empty bound is open."""
    return and_(
        or_(col(table.valid_from).is_(None), col(table.valid_from) <= on),
        or_(col(table.valid_to).is_(None), col(table.valid_to) >= on),
    )


class Agencies:
    def __init__(self, session: Session) -> None:
        self.session = session

    def on(self, day: date, *, kinds: Collection[str] = ()) -> list[NamedAgency]:
        """The agencies that exist on the day, by kind; Quận 2 before Quận 10."""
        query = (
            select(Agency, AgencyName)
            .join(AgencyName, col(AgencyName.agency_id) == col(Agency.id))
            .where(valid(Agency, day), valid(AgencyName, day))
        )
        if kinds:
            query = query.where(col(Agency.kind).in_(kinds))
        found = [_named(agency, name) for agency, name in self.session.exec(query)]
        return sorted(found, key=lambda agency: (agency.kind, _natural(agency.id)))

    def named(self, agency_id: str, on: date) -> NamedAgency:
        """KeyError where there is no such agency on that day."""
        query = (
            select(Agency, AgencyName)
            .join(AgencyName, col(AgencyName.agency_id) == col(Agency.id))
            .where(Agency.id == agency_id, valid(Agency, on), valid(AgencyName, on))
        )
        found = self.session.exec(query).first()
        if found is None:
            raise KeyError(agency_id)
        return _named(*found)

    def responsibilities(self, agency_id: str, on: date) -> Sequence[Responsibility]:
        query = (
            select(Responsibility)
            .where(Responsibility.agency_id == agency_id, valid(Responsibility, on))
            .order_by(col(Responsibility.id))
        )
        return self.session.exec(query).all()

    def duties(self, agency_id: str, on: date) -> Duties:
        """What the agency is asked about in its report, in the plan's order."""
        rows = self.responsibilities(agency_id, on)
        return Duties(
            reports=[row.code for row in rows if row.role == Role.REPORT],
            leads=[row.code for row in rows if row.role == Role.LEAD],
        )

    def reporters(self, on: date) -> dict[str, list[str]]:
        """Indicator code → the agencies that report it on that day."""
        query = (
            select(Responsibility.code, Responsibility.agency_id)
            .join(Agency, col(Agency.id) == col(Responsibility.agency_id))
            .where(Responsibility.role == Role.REPORT, valid(Responsibility, on), valid(Agency, on))
            .order_by(col(Responsibility.id))
        )
        holders: dict[str, list[str]] = {}
        for code, agency_id in self.session.exec(query):
            holders.setdefault(code, []).append(agency_id)
        return holders


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in name.split("-")]


def _named(agency: Agency, name: AgencyName) -> NamedAgency:
    return NamedAgency(
        id=agency.id,
        name=name.name,
        short=name.short,
        kind=agency.kind,
        duty=agency.duty,
        standing=agency.standing,
    )
