"""Terms of one sort add up, of different sorts narrow down, and a minus takes away."""

from datetime import date, datetime

import pytest
from sqlmodel import Session

from plan.notices.audiences import Audience
from storage.audiences import Audiences
from storage.people import People
from storage.reports import Reports

TODAY = date(2024, 9, 16)
CAST = {
    "Lan": ("quan-1", "focal"),
    "Ba": ("quan-3", "focal"),
    "Minh": ("so-gddt", "focal"),
    "Hoa": ("so-vhtt", "official"),
}


@pytest.fixture
def town(session: Session, now: datetime) -> dict[int, str]:
    """Each of them once, reachable; the department's report was returned."""
    people = People(session)
    found = {}
    for chat, (name, (agency_id, role)) in enumerate(CAST.items(), 501):
        person_id = people.welcome("telegram", str(chat), name, now)
        people.consent(person_id, "x", now)
        people.join(person_id, agency_id, role, now)
        found[person_id] = name
    Reports(session).open("so-gddt", 2024, now).state = "returned"
    Reports(session).submit(Reports(session).open("quan-3", 2024, now), person_id, now)
    return found


@pytest.mark.parametrize(
    ("expression", "who"),
    [
        ("all", "Lan Ba Minh Hoa"),
        ("role:focal", "Lan Ba Minh"),
        ("kind:district", "Lan Ba"),
        ("kind:department role:official", "Hoa"),
        ("agency:quan-1 agency:so-gddt", "Lan Minh"),
        ("kind:department agency:quan-1", "Minh Lan"),
        ("kind:district not_reported", "Lan"),
        ("returned", "Minh"),
        ("returned not_reported", "Lan Minh"),
        ("duty:TV1.3 kind:district", "Lan Ba"),
        ("duty:IV.10.a", "Lan Ba"),
        ("all -kind:district", "Minh Hoa"),
        ("all -role:official -agency:quan-1", "Ba Minh"),
        ("role:focal -not_reported", "Ba"),
    ],
)
def test_who_is_meant(session: Session, town: dict[int, str], expression: str, who: str) -> None:
    reach = Audiences(session, TODAY).reach(Audience.read(expression))
    assert {town[each.person_id] for each in reach.people} == set(who.split())


@pytest.mark.usefixtures("town")
def test_agencies_without_anybody_are_named(session: Session) -> None:
    reach = Audiences(session, TODAY).reach(Audience.read("agency:quan-1 agency:quan-4"))
    assert (reach.count, [agency.id for agency in reach.without]) == (1, ["quan-4"])


def test_who_mutes_campaigns_is_counted_apart(
    session: Session, town: dict[int, str], now: datetime
) -> None:
    lan = next(number for number, name in town.items() if name == "Lan")
    assert People(session).mute_campaigns(lan, now, muted=True)
    audience, audiences = Audience.read("kind:district"), Audiences(session, TODAY)
    campaign = audiences.reach(audience, "campaign")
    assert (campaign.count, campaign.muted) == (1, 1)
    assert audiences.reach(audience, "operational").count == 2
