"""Agencies as they stand on a day, and who holds which duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    and_,
    bindparam,
    exists,
    func,
    or_,
)
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from plan.catalogue import Duty, Role
from storage.figures import REPORTED
from storage.tables import Agency, AgencyName, Report, Responsibility
from storage.years import Year


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


def valid(table: Any, on: date | BindParameter[date]) -> ColumnElement[bool]:  # noqa: ANN401 - any dated table
    """Holds on the day `on`; both bounds are inclusive and an empty bound is open."""
    return and_(
        or_(col(table.valid_from).is_(None), col(table.valid_from) <= on),
        or_(col(table.valid_to).is_(None), col(table.valid_to) >= on),
    )


# Built once: putting a statement together costs more than running it.
ON = bindparam("on", type_=Date)
ALL = (
    columns(
        col(Agency.id),
        col(AgencyName.name),
        col(AgencyName.short),
        col(Agency.kind),
        col(Agency.duty),
        col(Agency.standing),
    )
    .join(AgencyName, col(AgencyName.agency_id) == col(Agency.id))
    .where(valid(Agency, ON), valid(AgencyName, ON))
)
NAMED = ALL.where(col(Agency.id) == bindparam("agency_id"))
DUTIES = (
    columns(col(Responsibility.code), col(Responsibility.role))
    .where(col(Responsibility.agency_id) == bindparam("agency_id"), valid(Responsibility, ON))
    .order_by(col(Responsibility.id))
)


ASKED = (
    NAMED.outerjoin(
        Responsibility,
        and_(col(Responsibility.agency_id) == col(Agency.id), valid(Responsibility, ON)),
    )
    .add_columns(col(Responsibility.code), col(Responsibility.role))
    .order_by(col(Responsibility.id))
)
NAME = len(NamedAgency.__slots__)


class Agencies:
    def __init__(self, session: Session) -> None:
        self.session = session

    def on(self, day: date) -> list[NamedAgency]:
        """The agencies that exist on the day, by kind; Quận 2 before Quận 10."""
        rows = self.session.connection().execute(ALL, {"on": day})
        found = [NamedAgency(*row) for row in rows]
        return sorted(found, key=lambda agency: (agency.kind, _natural(agency.id)))

    def late(self, year: Year) -> tuple[int, list[NamedAgency]]:
        """How many must report, and those of them whose report of the year has not been sent."""
        required = col(Agency.duty) == Duty.REQUIRED.value
        of_year = and_(col(Report.agency_id) == col(Agency.id), col(Report.year) == year.number)
        sent = exists().where(of_year, col(Report.state).in_(REPORTED))
        execute = self.session.connection().execute
        count = columns(func.count()).select_from(Agency).where(required, valid(Agency, year.on))
        total: int = execute(count).scalar_one()
        rows = execute(ALL.where(required, ~sent), {"on": year.on})
        found = [NamedAgency(*row) for row in rows]
        return total, sorted(found, key=lambda agency: (agency.kind, _natural(agency.id)))

    def named(self, agency_id: str, on: date) -> NamedAgency:
        """KeyError where there is no such agency on that day."""
        found = self.find(agency_id, on)
        if found is None:
            raise KeyError(agency_id)
        return found

    def find(self, agency_id: str, on: date) -> NamedAgency | None:
        connection = self.session.connection()
        found = connection.execute(NAMED, {"agency_id": agency_id, "on": on}).first()
        return NamedAgency(*found) if found else None

    def short_names(self, day: date) -> dict[str, str]:
        """Agency → its short name of that day; of one that exists no more, the last."""
        query = (
            columns(col(AgencyName.agency_id), col(AgencyName.short))
            .where(or_(col(AgencyName.valid_from).is_(None), col(AgencyName.valid_from) <= day))
            .order_by(col(AgencyName.valid_from).is_not(None), col(AgencyName.valid_from))
        )
        return {row.agency_id: row.short for row in self.session.connection().execute(query)}

    def responsibilities(self, agency_id: str, on: date) -> Sequence[Responsibility]:
        query = (
            select(Responsibility)
            .where(Responsibility.agency_id == agency_id, valid(Responsibility, on))
            .order_by(col(Responsibility.id))
        )
        return self.session.exec(query).all()

    def duties(self, agency_id: str, on: date) -> Duties:
        """What the agency is asked about in its report, in the plan's order."""
        connection = self.session.connection()
        return _duties(connection.execute(DUTIES, {"agency_id": agency_id, "on": on}).all())

    def asked(self, agency_id: str, on: date) -> tuple[NamedAgency, Duties]:
        """Both at once, as every question needs them. KeyError where there is no such agency."""
        connection = self.session.connection()
        rows = connection.execute(ASKED, {"agency_id": agency_id, "on": on}).all()
        if not rows:
            raise KeyError(agency_id)
        return NamedAgency(*rows[0][:NAME]), _duties(rows)

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


def _duties(rows: Sequence[Any]) -> Duties:
    return Duties(
        reports=[row.code for row in rows if row.role == Role.REPORT],
        leads=[row.code for row in rows if row.role == Role.LEAD],
    )


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in name.split("-")]
