"""A made-up town in the database: agencies with indicators to report, a focal point for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel, col

from plan.catalogue import Catalogue, Duty, Role, Unit
from storage.database import Database
from storage.tables import Agency, AgencyName, Contact, Membership, Person, Responsibility

CHANNEL = "telegram"
FIRST_CHAT = 100_000


@dataclass(frozen=True, slots=True)
class Citizen:
    """The one focal point of one made-up agency."""

    number: int
    chat_id: int
    person_id: int
    agency_id: str
    codes: tuple[str, ...]


def share_codes(catalogue: Catalogue, count: int) -> tuple[str, ...]:
    shares = [indicator.code for indicator in catalogue.indicators if indicator.unit is Unit.SHARE]
    return tuple(shares[:count])


def found(
    database: Database,
    agencies: int,
    codes: Sequence[str],
    now: datetime,
    *,
    duty: Duty = Duty.ON_REQUEST,
) -> list[Citizen]:
    """Adds so many agencies; on request by default, so that no reminder disturbs a run."""
    with database.transaction() as session:
        return add(session.connection(), range(1, agencies + 1), codes, now, duty=duty)


def add(
    connection: Connection,
    numbers: Sequence[int],
    codes: Sequence[str],
    now: datetime,
    *,
    duty: Duty = Duty.ON_REQUEST,
) -> list[Citizen]:
    _agencies(connection, numbers, codes, duty)
    people = _people(connection, numbers, now)
    return [
        Citizen(n, FIRST_CHAT + n, person_id, _id(n), tuple(codes))
        for n, person_id in zip(numbers, people, strict=True)
    ]


def _id(number: int) -> str:
    return f"thu-{number:05}"


def _agencies(
    connection: Connection, numbers: Sequence[int], codes: Sequence[str], duty: Duty
) -> None:
    kept = [{"id": _id(n), "kind": "thu", "duty": duty.value, "standing": False} for n in numbers]
    _add(connection, Agency, kept)
    names = [{"agency_id": _id(n), "name": f"Đơn vị thử {n}", "short": f"Thử {n}"} for n in numbers]
    _add(connection, AgencyName, names)
    asked = [
        {
            "agency_id": _id(n),
            "code": code,
            "role": Role.REPORT.value,
            "proposed": False,
            "basis": "",
        }
        for n in numbers
        for code in codes
    ]
    _add(connection, Responsibility, asked)


def _people(connection: Connection, numbers: Sequence[int], now: datetime) -> Sequence[int]:
    persons = [
        {"full_name": f"Người thử {n}", "language": "vi", "created_at": now, "consented_at": now}
        for n in numbers
    ]
    added = insert(Person).returning(col(Person.id), sort_by_parameter_order=True)
    ids = [person_id or 0 for person_id in connection.execute(added, persons).scalars()]
    contacts = [
        {"channel": CHANNEL, "address": str(FIRST_CHAT + n), "person_id": person_id}
        for n, person_id in zip(numbers, ids, strict=True)
    ]
    _add(connection, Contact, contacts)
    held = [
        {"person_id": person_id, "agency_id": _id(n), "role": "focal", "since_at": now}
        for n, person_id in zip(numbers, ids, strict=True)
    ]
    _add(connection, Membership, held)
    return ids


def _add(connection: Connection, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
