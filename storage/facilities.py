"""The facility register: what stood on a day, and changes that close rows and never delete any."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Row, bindparam, func, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from plan.facilities import Difference, Facility, Moved
from storage.agencies import valid
from storage.audit import Audit
from storage.tables import Facility as FacilityRow
from storage.tables import FacilityChange

FIELDS = tuple(Facility.__slots__)
SELECTED = tuple(getattr(FacilityRow, name) for name in FIELDS)
CURRENT = col(FacilityRow.superseded).is_(None)
ON = bindparam("on", type_=Date)
# Built once: every total of a report is compared with it.
COUNT = (
    columns(func.count())
    .select_from(FacilityRow)
    .where(
        col(FacilityRow.agency_id) == bindparam("agency_id"),
        col(FacilityRow.category) == bindparam("category"),
        CURRENT,
        valid(FacilityRow, ON),
    )
)
COUNTS = (
    columns(col(FacilityRow.agency_id), col(FacilityRow.category), func.count())
    .where(CURRENT, valid(FacilityRow, ON))
    .group_by(col(FacilityRow.agency_id), col(FacilityRow.category))
)
ROWS = columns(*SELECTED).where(CURRENT).order_by(col(FacilityRow.number))
SUPERSEDED = update(FacilityRow).where(CURRENT, col(FacilityRow.number) == bindparam("gone"))


class Facilities:
    def __init__(self, session: Session) -> None:
        self.session = session

    def count(self, agency_id: str, category: str, on: date) -> int:
        asked = {"agency_id": agency_id, "category": category, "on": on}
        found: int = self.session.connection().execute(COUNT, asked).scalar_one()
        return found

    def counts(self, on: date, agency_id: str | None = None) -> dict[tuple[str, str], int]:
        """Agency and category → how many stand on the day, where any do."""
        query = COUNTS if agency_id is None else COUNTS.where(_of([agency_id]))
        rows = self.session.connection().execute(query, {"on": on})
        return {(agency, category): count for agency, category, count in rows}

    def standing(self, on: date, agency_id: str, category: str = "") -> list[Facility]:
        found = self.of([agency_id])
        return [each for each in found if each.stands(on) and category in {"", each.category}]

    def lasting(self, on: date, agency_id: str | None = None) -> list[Facility]:
        """What stands on the day or is to come, of one agency or of all."""
        found = self.of(None if agency_id is None else [agency_id])
        return [each for each in found if not each.is_over(on)]

    def of(self, agency_ids: Iterable[str] | None) -> list[Facility]:
        """All that these agencies have and had, or all agencies; each as it is known now."""
        query = ROWS if agency_ids is None else ROWS.where(_of(agency_ids))
        return [Facility(*row) for row in self.session.connection().execute(query)]

    def newest(self) -> int:
        """The number of the last change; 0 where there was none."""
        return self.session.scalar(select(func.max(FacilityChange.number))) or 0

    def last(self) -> FacilityChange | None:
        return self.session.get(FacilityChange, self.newest())

    def apply(self, difference: Difference, now: datetime, by: int) -> int:
        """As one change; its number. Of two at once the second fails and is asked anew."""
        number = self._open(difference, now, by)
        after = [each.after for each in (*difference.changed, *difference.ended)]
        self._replace(number, [each.number for each in after], [*after, *self._new(difference)])
        for agency_id, category in difference.places:
            self._note(number, agency_id, category, difference, now)
        return number

    def undo(self, number: int, now: datetime, by: int) -> Difference | None:
        """Back to what stood before the last change; None where that was another one."""
        if not number or number != self.newest():
            return None
        query = columns(*SELECTED).order_by(col(FacilityRow.number))
        connection = self.session.connection()
        before = _rows(connection.execute(query.where(col(FacilityRow.superseded) == number)))
        after = _rows(connection.execute(query.where(col(FacilityRow.change) == number)))
        both = before.keys() & after.keys()
        back = Difference(
            added=tuple(each for key, each in before.items() if key not in after),
            changed=tuple(Moved(after[key], before[key]) for key in sorted(both)),
            ended=tuple(Moved(each, each) for key, each in after.items() if key not in before),
        )
        undoing = self._open(back, now, by, undoes=number)
        self._replace(undoing, list(after), list(before.values()))
        for agency_id, category in back.places:
            self._note(undoing, agency_id, category, back, now)
        return back

    def _open(
        self, difference: Difference, now: datetime, by: int, undoes: int | None = None
    ) -> int:
        """Its primary key lets one of two that come at once through."""
        number = self.newest() + 1
        change = FacilityChange(
            number=number,
            undoes=undoes,
            added=len(difference.added),
            changed=len(difference.changed),
            ended=len(difference.ended),
            person_id=by,
            at=now,
        )
        self.session.add(change)
        self.session.flush()
        return number

    def _new(self, difference: Difference) -> Iterable[Facility]:
        highest = self.session.scalar(select(func.max(FacilityRow.number))) or 0
        for number, each in enumerate(difference.added, highest + 1):
            yield replace(each, number=number)

    def _replace(self, change: int, gone: Sequence[int], rows: Sequence[Facility]) -> None:
        connection = self.session.connection()
        if gone:
            closed = SUPERSEDED.values(superseded=change)
            connection.execute(closed, [{"gone": number} for number in gone])
        if rows:
            kept = [{name: getattr(row, name) for name in FIELDS} for row in rows]
            connection.execute(insert(FacilityRow), [{**row, "change": change} for row in kept])

    def _note(
        self, number: int, agency_id: str, category: str, difference: Difference, now: datetime
    ) -> None:
        """Figures only: what each is called stands in the rows of the change."""
        place = (agency_id, category)
        added = sum(each.place == place for each in difference.added)
        changed = sum(each.after.place == place for each in difference.changed)
        ended = sum(each.after.place == place for each in difference.ended)
        subject = f"{agency_id} {category} change {number}"
        after = f"+{added} ~{changed} -{ended}"
        Audit(self.session).note("facilities.changed", subject, after=after, now=now)


def _of(agency_ids: Iterable[str]) -> Any:  # noqa: ANN401 - a clause
    return col(FacilityRow.agency_id).in_(list(agency_ids))


def _rows(found: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, Facility]:
    return {row.number: Facility(*row) for row in found}
