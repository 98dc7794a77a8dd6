from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from storage.agencies import Agencies
from storage.tables import Agency, AgencyName, Responsibility

FIRST, LAST = date(2025, 7, 1), date(2026, 6, 30)
DAYS = [
    pytest.param(date(2025, 6, 30), False, id="the day before"),
    pytest.param(FIRST, True, id="the first day"),
    pytest.param(LAST, True, id="the last day"),
    pytest.param(date(2026, 7, 1), False, id="the day after"),
]


@pytest.fixture
def agencies(session: Session) -> Agencies:
    """The seeded agencies, and a ward that exists for a year."""
    bounds: dict[str, Any] = {"valid_from": FIRST, "valid_to": LAST}
    session.add(Agency(id="ward", kind="ward", duty="required", **bounds))
    session.flush()
    session.add(AgencyName(agency_id="ward", name="Phường Sài Gòn", short="P. Sài Gòn", **bounds))
    session.flush()
    return Agencies(session)


def hold(agencies: Agencies, agency_id: str, code: str, role: str, **bounds: Any) -> None:
    agencies.session.add(Responsibility(agency_id=agency_id, code=code, role=role, **bounds))
    agencies.session.flush()


@pytest.mark.parametrize(("day", "there"), DAYS)
def test_an_agency_exists_from_its_first_to_its_last_day(
    agencies: Agencies, day: date, *, there: bool
) -> None:
    assert ("ward" in {agency.id for agency in agencies.on(day)}) is there


@pytest.mark.parametrize(("day", "there"), DAYS)
def test_a_duty_holds_from_its_first_to_its_last_day(
    agencies: Agencies, day: date, *, there: bool
) -> None:
    hold(agencies, "ward", "9.9", "report", valid_from=FIRST, valid_to=LAST)
    assert agencies.duties("ward", day).reports == (["9.9"] if there else [])
    assert agencies.reporters(day).get("9.9", []) == (["ward"] if there else [])


def test_an_agency_without_bounds_always_exists(agencies: Agencies) -> None:
    for day in (date(1990, 1, 1), date(2090, 1, 1)):
        assert agencies.named("so-vhtt", day).standing


def test_a_name_is_that_of_the_day(agencies: Agencies) -> None:
    last, first = date(2025, 12, 31), date(2026, 1, 1)
    session = agencies.session
    session.add(Agency(id="renamed", kind="department", duty="required"))
    session.flush()
    session.add(AgencyName(agency_id="renamed", name="Sở Cũ", short="Cũ", valid_to=last))
    session.add(AgencyName(agency_id="renamed", name="Sở Mới", short="Mới", valid_from=first))
    session.flush()
    assert agencies.named("renamed", date(2025, 12, 31)).name == "Sở Cũ"
    assert agencies.named("renamed", date(2026, 1, 1)).name == "Sở Mới"
    assert [a.name for a in agencies.on(date(2026, 1, 1)) if a.id == "renamed"] == ["Sở Mới"]


@pytest.mark.parametrize(
    ("agency_id", "day"),
    [("nobody", FIRST), ("ward", date(2025, 6, 30)), ("ward", date(2026, 7, 1))],
    ids=["unknown", "not yet", "no more"],
)
def test_an_agency_that_is_not_there_has_no_name(
    agencies: Agencies, agency_id: str, day: date
) -> None:
    with pytest.raises(KeyError):
        agencies.named(agency_id, day)


def test_a_closed_agency_has_no_name_even_where_the_name_was_left_open(
    agencies: Agencies,
) -> None:
    agencies.session.add(Agency(id="closed", kind="ward", duty="required", valid_to=LAST))
    agencies.session.flush()
    agencies.session.add(AgencyName(agency_id="closed", name="Phường Cũ", short="P. Cũ"))
    agencies.session.flush()
    assert agencies.named("closed", LAST).short == "P. Cũ"
    with pytest.raises(KeyError):
        agencies.named("closed", date(2026, 7, 1))


def test_a_duty_moves_to_another_agency_for_a_period(agencies: Agencies) -> None:
    hold(agencies, "quan-1", "9.9", "report", valid_to=date(2025, 6, 30))
    hold(agencies, "quan-3", "9.9", "report", valid_from=FIRST, valid_to=LAST)
    hold(agencies, "quan-1", "9.9", "report", valid_from=date(2026, 7, 1))
    on_days = [date(2025, 6, 30), FIRST, LAST, date(2026, 7, 1)]
    holders = [agencies.reporters(day)["9.9"] for day in on_days]
    assert holders == [["quan-1"], ["quan-3"], ["quan-3"], ["quan-1"]]


def test_what_is_led_is_not_what_is_reported(agencies: Agencies) -> None:
    hold(agencies, "ward", "III.9", "lead")
    hold(agencies, "ward", "9.9", "report")
    hold(agencies, "ward", "III.8", "coordinate")
    assert agencies.duties("ward", FIRST).leads == ["III.9"]
    assert agencies.duties("ward", FIRST).reports == ["9.9"]
