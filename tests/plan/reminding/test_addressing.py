"""Who a reminder comes to: roles, leave, deputies, and those whom nothing reaches."""

from datetime import date

import pytest

from plan.catalogue import Duty
from plan.reminding.addressing import Entry, Holder, Leave, Roster, addressed
from plan.reminding.deciding import Item, To, Why
from plan.reminding.ladder import Step
from plan.reminding.situations import Doze, Situation
from tests.plan.reminding.conftest import at

ON, AIM = date(2026, 11, 3), date(2026, 11, 4)
LAN, VY, THANG, HOA, THU = 1, 2, 3, 4, 5
HOLDERS = [
    Holder(LAN, "quan-1", "focal"),
    Holder(VY, "quan-1", "focal"),
    Holder(THANG, "quan-1", "official"),
    Holder(HOA, "so-vhtt", "official"),
    Holder(THU, "so-vhtt", "admin"),
]
STEP = Step("+3", at(3, 8), at(3, 17))
DISTRICT = Situation("quan-1", Duty.REQUIRED)


def item(*to: To, why: Why | None = None, person_id: int = 0) -> Item:
    return Item("quan-1", "report:2026", AIM, STEP, to, why, person_id)


def away(person_id: int, deputy_id: int | None, to_on: date = ON) -> Leave:
    return Leave(person_id, "quan-1", date(2026, 11, 2), to_on, deputy_id)


def told(
    item: Item, *leaves: Leave, holders: list[Holder] = HOLDERS, agency: Situation = DISTRICT
) -> dict[int, str]:
    """Person → "" where they are told, else why not."""
    roster = Roster(holders, leaves, ["so-vhtt"])
    lines: list[Entry] = addressed(item, agency, roster, ON)
    return {line.person_id: line.why.value if line.why else "" for line in lines}


def test_every_focal_point_is_told() -> None:
    assert told(item(To.FOCAL)) == {LAN: "", VY: ""}


def test_each_role_is_sought_where_it_sits() -> None:
    assert told(item(To.FOCAL, To.LEADER, To.REVIEWER)) == {LAN: "", VY: "", THANG: "", HOA: ""}
    assert told(item(To.REVIEWER, To.ADMIN)) == {HOA: "", THU: ""}


def test_who_holds_two_roles_is_told_once() -> None:
    both = [*HOLDERS, Holder(LAN, "quan-1", "official")]
    assert told(item(To.FOCAL, To.LEADER), holders=both) == {LAN: "", VY: "", THANG: ""}


def test_a_skipped_step_is_one_line_of_the_agency() -> None:
    assert told(item(To.FOCAL, why=Why.REPORTED)) == {0: "reported"}


def test_where_nobody_is_there_the_agency_has_a_line() -> None:
    assert told(item(To.FOCAL), holders=[]) == {0: "unreachable"}


def test_who_is_not_reachable_keeps_a_line_and_the_others_are_told() -> None:
    one = [Holder(LAN, "quan-1", "focal", reachable=False), *HOLDERS[1:]]
    assert told(item(To.FOCAL), holders=one) == {LAN: "unreachable", VY: ""}


def test_who_has_two_channels_is_reached_by_either() -> None:
    two = [Holder(LAN, "quan-1", "focal", reachable=False), Holder(LAN, "quan-1", "focal")]
    assert told(item(To.FOCAL), holders=two) == {LAN: ""}


@pytest.mark.parametrize(
    ("to_on", "lines"),
    [
        (date(2026, 11, 2), {LAN: "", VY: ""}),
        (ON, {LAN: "away", VY: "", THANG: ""}),
        (date(2026, 11, 4), {LAN: "away", VY: "", THANG: ""}),
    ],
    ids=["back already", "last day", "tomorrow too"],
)
def test_during_a_leave_the_deputy_is_told(to_on: date, lines: dict[int, str]) -> None:
    assert told(item(To.FOCAL), away(LAN, THANG, to_on)) == lines


def test_a_deputy_who_is_away_too_gets_nothing() -> None:
    assert told(item(To.FOCAL), away(LAN, VY), away(VY, None)) == {LAN: "away", VY: "away"}


def test_a_deputy_from_another_agency_is_told() -> None:
    assert told(item(To.FOCAL), away(LAN, HOA))[HOA] == ""


def test_leave_in_one_agency_is_no_leave_in_another() -> None:
    leave = Leave(LAN, "quan-3", ON, ON, VY)
    assert told(item(To.FOCAL), leave) == {LAN: "", VY: ""}


def test_who_put_it_off_is_left_alone_until_then() -> None:
    doze = Doze(LAN, "report:2026", AIM, at(2))
    dozing = Situation("quan-1", Duty.REQUIRED, dozes=(doze,))
    assert told(item(To.FOCAL), agency=dozing) == {LAN: "snoozed", VY: ""}


def test_what_is_for_one_person_goes_to_no_other() -> None:
    assert told(item(To.FOCAL, person_id=VY)) == {VY: ""}
    assert told(item(To.FOCAL, person_id=HOA)) == {HOA: "unreachable"}


def test_an_agency_is_reached_while_anybody_stands_in() -> None:
    def reached(*leaves: Leave) -> bool:
        return Roster(HOLDERS, leaves, []).reached("quan-1", ON)

    assert reached()
    assert reached(away(LAN, None))
    assert not reached(away(LAN, None), away(VY, None))
    assert reached(away(LAN, None), away(VY, THANG))
