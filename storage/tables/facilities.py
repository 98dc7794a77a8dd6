"""The facility register. Nothing is deleted: a change closes the row before and adds the next."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.tables.partial import where


class FacilityChange(SQLModel, table=True):
    """One file that was taken over, or its undoing (`undoes`), under a number of its own."""

    __tablename__ = "facility_change"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    undoes: int | None = None
    added: int
    changed: int
    ended: int
    person_id: int = Field(foreign_key="person.id")
    at: datetime


class Facility(SQLModel, table=True):
    """A library, museum or centre as one change left it; `superseded` names the next change.

    `number` stays through all changes, `category` is the first code of the plan that counts it.
    `valid_to` is the last day; an empty bound is open.
    """

    __table_args__ = (
        where("facility_counted", "superseded IS NULL", "agency_id", "category"),
        where("facility_standing", "superseded IS NULL", "number", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: int
    agency_id: str = Field(foreign_key="agency.id")
    category: str = Field(max_length=20)
    name: str
    address: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    change: int = Field(foreign_key="facility_change.number", index=True)
    superseded: int | None = Field(default=None, foreign_key="facility_change.number", index=True)
