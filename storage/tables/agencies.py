"""Agencies, their names and their duties, each with the days it holds.

`valid_to` is the last day; an empty bound is open. A duty moves to another agency by closing
one row and opening the next, so what was reported under it stays where it was reported.
"""

from datetime import date

from sqlmodel import Field, SQLModel, UniqueConstraint


class Agency(SQLModel, table=True):
    id: str = Field(primary_key=True, max_length=40)
    kind: str
    duty: str
    standing: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


class AgencyName(SQLModel, table=True):
    __tablename__ = "agency_name"

    id: int | None = Field(default=None, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    name: str
    short: str
    valid_from: date | None = None
    valid_to: date | None = None


class Responsibility(SQLModel, table=True):
    """Who holds which indicator, task or assignment, and whether the plan says so."""

    __table_args__ = (UniqueConstraint("agency_id", "code", "role", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    code: str = Field(index=True)
    role: str
    proposed: bool = False
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
