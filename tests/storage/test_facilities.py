"""The register on both databases: counted by the day, changed as one, undone, never deleted."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from plan.facilities import Difference, Facility, compare
from storage.facilities import Facilities
from storage.tables import AuditRow, FacilityChange
from storage.tables import Facility as FacilityRow

ON = date(2026, 10, 26)
NAMES = ("Bến Nghé", "Bến Thành", "Đa Kao")


def row(name: str, **values: Any) -> Facility:
    return replace(Facility("quan-1", "TV1.3", name), **values)


@pytest.fixture
def facilities(session: Session, lan: int, now: datetime) -> Facilities:
    """Three libraries of District 1."""
    found = Facilities(session)
    found.apply(Difference(added=tuple(map(row, NAMES))), now, lan)
    return found


def file(facilities: Facilities, *rows: Facility, lan: int, now: datetime) -> int:
    difference = compare(facilities.of(["quan-1"]), rows, ON)
    return facilities.apply(difference, now, lan)


def names(facilities: Facilities, on: date = ON) -> list[str]:
    return [each.name for each in facilities.standing(on, "quan-1", "TV1.3")]


@pytest.mark.parametrize(
    ("place", "count"), [(("quan-1", "TV1.3"), 3), (("quan-1", "BT1"), 0), (("quan-3", "TV1.3"), 0)]
)
def test_it_counts_by_agency_and_category(
    facilities: Facilities, place: tuple[str, str], count: int
) -> None:
    assert facilities.count(*place, ON) == count


def test_what_has_ended_still_counts_on_the_days_before(
    facilities: Facilities, lan: int, now: datetime
) -> None:
    file(facilities, row("Bến Nghé"), row("Bến Thành"), lan=lan, now=now)
    assert (names(facilities), facilities.count("quan-1", "TV1.3", ON)) == ([*NAMES[:2]], 2)
    assert facilities.count("quan-1", "TV1.3", date(2026, 10, 25)) == 3
    assert facilities.counts(ON) == {("quan-1", "TV1.3"): 2}


def test_a_change_keeps_the_number_and_the_row_before(
    facilities: Facilities, session: Session, lan: int, now: datetime
) -> None:
    held = facilities.of(["quan-1"])[0]
    wanted = [replace(held, name="Lê Duẩn"), row("Bến Thành"), row("Đa Kao")]
    assert file(facilities, *wanted, lan=lan, now=now) == 2
    kept = session.exec(select(FacilityRow).where(FacilityRow.number == held.number)).all()
    assert [(each.name, each.superseded) for each in kept] == [("Bến Nghé", 2), ("Lê Duẩn", None)]


def test_undone_it_is_as_before_and_redone_as_after(
    facilities: Facilities, lan: int, now: datetime
) -> None:
    before = facilities.of(["quan-1"])
    wanted = [replace(before[0], address="1 Lê Duẩn"), row("Bến Thành"), row("Cầu Kho")]
    number = file(facilities, *wanted, lan=lan, now=now)
    after = facilities.of(["quan-1"])
    assert facilities.undo(number, now, lan)
    assert facilities.of(["quan-1"]) == before
    assert facilities.undo(number, now, lan) is None
    assert facilities.undo(number + 1, now, lan)
    assert facilities.of(["quan-1"]) == after


def test_nothing_is_ever_deleted(
    facilities: Facilities, session: Session, lan: int, now: datetime
) -> None:
    assert facilities.undo(1, now, lan)
    assert names(facilities) == []
    assert len(session.exec(select(FacilityRow)).all()) == 3


def test_of_two_changes_at_once_one_fails(
    facilities: Facilities, session: Session, lan: int, now: datetime
) -> None:
    assert facilities.newest() == 1
    session.expunge_all()
    session.add(FacilityChange(number=1, added=0, changed=0, ended=0, person_id=lan, at=now))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_log_has_figures_and_no_names(
    facilities: Facilities, session: Session, lan: int, now: datetime
) -> None:
    file(facilities, row("Bến Nghé"), row("Cầu Kho"), lan=lan, now=now)
    noted = session.exec(select(AuditRow).order_by(col(AuditRow.id).desc())).first()
    assert noted is not None
    assert (noted.action, noted.subject) == ("facilities.changed", "quan-1 TV1.3 change 2")
    assert noted.after == "+1 ~0 -2"
