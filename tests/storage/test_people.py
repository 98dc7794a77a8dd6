from datetime import datetime

import pytest
from sqlmodel import Session, select

from storage.people import Member, People
from storage.tables import Membership


@pytest.fixture
def people(session: Session) -> People:
    return People(session)


def at(people: People, address: str = "101") -> Member:
    member = people.at("telegram", address)
    assert member is not None
    return member


def test_a_stranger_is_nobody(people: People) -> None:
    assert people.at("telegram", "999") is None


def test_the_same_address_is_the_same_person(people: People, lan: int, now: datetime) -> None:
    assert people.welcome("telegram", "101", "Someone Else", now) == lan
    assert people.names_at("telegram", ["101"]) == ["Nguyễn Thị Lan"]


def test_the_same_number_on_another_channel_is_another_person(
    people: People, lan: int, now: datetime
) -> None:
    assert people.welcome("zalo", "101", "Lê Văn Minh", now) != lan


def test_a_role_counts_only_with_consent(people: People, lan: int, now: datetime) -> None:
    people.join(lan, "quan-1", "focal", now)
    assert not at(people).may("focal")
    people.consent(lan, "2026-11", now)
    assert at(people).may("focal")
    assert not at(people).may("official", "admin")


def test_a_role_given_twice_is_held_once(
    people: People, session: Session, lan: int, now: datetime
) -> None:
    people.join(lan, "quan-1", "focal", now)
    people.join(lan, "quan-1", "focal", now)
    assert len(session.exec(select(Membership)).all()) == 1


def test_a_role_that_ended_is_not_held(
    people: People, session: Session, lan: int, now: datetime
) -> None:
    people.consent(lan, "2026-11", now)
    people.join(lan, "quan-1", "focal", now)
    session.exec(select(Membership)).one().until_at = now
    assert at(people).roles == frozenset()
    assert people.holding("focal") == []


def test_the_agency_is_that_of_the_first_role_held(people: People, lan: int, now: datetime) -> None:
    people.join(lan, "quan-1", "focal", now)
    people.join(lan, "so-vhtt", "admin", now)
    assert at(people).agency_as("official", "admin", "focal") == "so-vhtt"
    assert at(people).agency_as("official") is None


def test_the_language_is_remembered(people: People, lan: int, now: datetime) -> None:
    assert at(people).language == "vi"
    people.speak(lan, "en", now)
    assert at(people).language == "en"


def test_reminders_go_to_consenting_people_only(people: People, lan: int, now: datetime) -> None:
    people.join(lan, "quan-1", "focal", now)
    assert people.holding("focal") == []
    people.consent(lan, "2026-11", now)
    assert [found.address for found in people.holding("focal")] == ["101"]


def test_reminders_go_to_reachable_people_only(people: People, lan: int, now: datetime) -> None:
    people.consent(lan, "2026-11", now)
    people.join(lan, "quan-1", "focal", now)
    people.unreachable("telegram", "101", "blocked", now)
    assert people.holding("focal") == []
    people.reachable("telegram", "101")
    assert [found.person_id for found in people.holding("focal")] == [lan]


def test_an_unknown_address_can_be_marked_without_harm(people: People, now: datetime) -> None:
    people.unreachable("telegram", "999", "blocked", now)
    people.reachable("telegram", "999")
    assert people.at("telegram", "999") is None


def test_who_stands_for_two_agencies_is_found_for_each(
    people: People, lan: int, now: datetime
) -> None:
    people.consent(lan, "2026-11", now)
    for agency_id in ("quan-1", "quan-3"):
        people.join(lan, agency_id, "focal", now)
    assert [found.agency_id for found in people.holding("focal")] == ["quan-1", "quan-3"]
    assert [found.agency_id for found in people.holding("focal", agencies=["quan-3"])] == ["quan-3"]


def test_who_holds_two_roles_in_an_agency_is_found_once(
    people: People, lan: int, now: datetime
) -> None:
    people.consent(lan, "2026-11", now)
    for role in ("focal", "admin"):
        people.join(lan, "so-vhtt", role, now)
    assert len(people.holding("focal", "admin")) == 1
