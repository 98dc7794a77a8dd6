"""Who is a focal point because another is away, and for how long."""

from datetime import date, datetime

import pytest
from sqlmodel import Session

from storage.absences import Absences
from storage.invites import Invites
from storage.people import Member, People

FIRST, LAST = date(2024, 9, 20), date(2024, 9, 25)


@pytest.fixture
def people(session: Session) -> People:
    return People(session)


@pytest.fixture
def long(people: People, lan: int, now: datetime) -> int:
    """An official of District 1, where Lan is the focal point."""
    person_id = people.welcome("telegram", "108", "Phan Bảo Long", now)
    for who, role in ((lan, "focal"), (person_id, "official")):
        people.consent(who, "2026-11", now)
        people.join(who, "quan-1", role, now)
    return person_id


@pytest.fixture
def absence(session: Session, lan: int, long: int, now: datetime) -> int:
    away = Absences(session)
    row = away.leave(lan, "quan-1", FIRST, LAST, deputy_id=long, reason="", now=now)
    return row.id or 0


def deputy(people: People, on: date | None) -> Member:
    member = people.at("telegram", "108", on)
    assert member
    return member


@pytest.mark.parametrize(
    ("on", "stands_in"),
    [
        (date(2024, 9, 19), False),
        (FIRST, True),
        (LAST, True),
        (date(2024, 9, 26), False),
        (None, False),
    ],
)
@pytest.mark.usefixtures("absence")
def test_from_the_first_day_to_the_last(
    people: People, on: date | None, *, stands_in: bool
) -> None:
    member = deputy(people, on)
    assert member.may("focal") is stands_in
    assert member.agencies_as("focal") == ["quan-1"] * stands_in
    assert member.deputy_in == ({"quan-1"} if stands_in else frozenset())
    assert member.held == {("official", "quan-1")}


@pytest.mark.parametrize("on", [FIRST, date(2024, 9, 26)], ids=["away", "back"])
@pytest.mark.usefixtures("absence")
def test_many_are_found_as_each_alone(people: People, now: datetime, on: date) -> None:
    people.welcome("zalo", "101", "Lê Văn Minh", now)
    boxes = [("telegram", "101"), ("telegram", "108"), ("zalo", "101"), ("zalo", "108")]
    alone = {box: people.at(*box, on) for box in boxes}
    assert people.at_all(boxes, on) == {box: member for box, member in alone.items() if member}


def test_not_after_the_other_is_back(
    people: People, session: Session, absence: int, now: datetime
) -> None:
    Absences(session).end(absence, now)
    assert not deputy(people, FIRST).may("focal")


@pytest.mark.usefixtures("absence")
def test_not_without_a_role_of_one_s_own(people: People, long: int, now: datetime) -> None:
    people.end_role(long, "quan-1", "official", now)
    assert not deputy(people, FIRST).may("focal")


@pytest.mark.usefixtures("absence")
def test_not_for_somebody_who_is_no_focal_point_any_more(
    people: People, lan: int, now: datetime
) -> None:
    assert people.end_role(lan, "quan-1", "focal", now)
    assert not people.end_role(lan, "quan-1", "focal", now)
    assert not deputy(people, FIRST).may("focal")


@pytest.mark.usefixtures("absence")
def test_who_is_a_focal_point_anyway_is_no_deputy(people: People, long: int, now: datetime) -> None:
    people.join(long, "quan-1", "focal", now)
    member = deputy(people, FIRST)
    assert (member.agencies_as("focal"), member.deputy_in) == (["quan-1"], frozenset())


def test_colleagues_are_all_who_can_be_reached(
    people: People, lan: int, long: int, now: datetime
) -> None:
    assert people.colleagues("quan-1", but=lan) == [(long, "Phan Bảo Long")]
    people.unreachable("telegram", "108", "blocked", now)
    assert people.colleagues("quan-1", but=lan) == []
    assert people.reached_at(long) is None


def test_an_absence_waits_for_whoever_was_invited(
    session: Session, lan: int, long: int, now: datetime
) -> None:
    away = Absences(session)
    row = away.leave(lan, "quan-1", FIRST, LAST, deputy_id=None, reason="", now=now)
    assert list(away.without_deputy(lan, "quan-1", FIRST)) == [row]
    away.appoint(row, long, now)
    assert away.without_deputy(lan, "quan-1", FIRST) == []
    assert away.current("quan-1", lan, LAST, date(2024, 10, 1)) == row
    assert away.current("quan-1", lan, date(2024, 9, 26), date(2024, 10, 1)) is None


@pytest.mark.usefixtures("long")
def test_what_a_focal_point_made_is_listed_revoked_and_ends_with_the_role(
    people: People, session: Session, lan: int, now: datetime
) -> None:
    invites = Invites(session)
    made = {"by": lan, "purpose": "handover"}
    first = invites.create("one", "quan-1", "focal", now, **made)  # type: ignore[arg-type] # by name
    assert list(invites.pending(lan, "handover", now)) == [first]
    invites.revoke(first, now)
    assert invites.usable("one", now) is None
    invites.create("two", "quan-1", "focal", now, **made)  # type: ignore[arg-type] # by name
    assert invites.usable("two", now)
    people.end_role(lan, "quan-1", "focal", now)
    assert invites.usable("two", now) is None
