"""Who is due which reminder, and why not, told from one agency's point of view."""

from datetime import date, datetime

import pytest

from plan.catalogue import Duty
from plan.reminding.deciding import To, Why, due, next_due, next_up, renewed
from plan.reminding.obligations import obligations
from plan.reminding.rules import Rules
from plan.reminding.situations import Doze, Ease, Easing, Key, Situation
from tests.plan.reminding.conftest import Agency, at, filed, keys, of


def test_bot_down_from_the_third_to_the_sixth(rules: Rules, agency: Agency) -> None:
    """One reminder, the newest; what was missed is accounted for; next year is untouched."""
    found = due(rules, agency(), at(2), at(6, 9))
    assert of(found) == [("-1", "missed"), ("0", "missed"), ("0b", "missed"), ("+1", "send")]
    following = due(rules, agency(), at(6, 9), at(30, month=9, year=2027))
    assert of(following, "report:2027")[0][0] == "open"


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (at(6, 16, 59), "send"),
        (at(6, 17), "send"),
        (at(6, 17, 1), "past"),
    ],
    ids=["before", "at", "after"],
)
def test_a_step_may_be_sent_until_the_eve_of_the_next(
    rules: Rules, agency: Agency, until: datetime, said: str
) -> None:
    assert of(due(rules, agency(), at(4, 14), until)) == [("+1", said)]


@pytest.mark.parametrize("state", ["submitted", "approved", "frozen"])
def test_who_has_reported_is_left_in_peace(rules: Rules, agency: Agency, state: str) -> None:
    found = due(rules, agency(reports=filed(state)), at(2), at(4))
    assert of(found) == [("-1", "reported"), ("0", "reported")]


def test_a_draft_is_no_report(rules: Rules, agency: Agency) -> None:
    assert of(due(rules, agency(reports=filed("draft")), at(3, 12), at(4))) == [("0", "send")]


def test_who_is_only_requested_hears_nothing_after_the_deadline(
    rules: Rules, agency: Agency
) -> None:
    asked = agency(duty=Duty.REQUESTED)
    assert of(due(rules, asked, at(3, 12), at(4))) == [("0", "send")]
    assert of(due(rules, asked, at(4, 14), at(30))) == []


def test_who_reports_on_request_owes_nothing(rules: Rules, agency: Agency) -> None:
    assert of(due(rules, agency(duty=Duty.ON_REQUEST), at(1, month=1), at(30))) == []


def test_who_is_asked_nothing_is_not_reminded(rules: Rules, agency: Agency) -> None:
    assert of(due(rules, agency(asked=False), at(3, 12), at(4))) == [("0", "not owed")]


def test_an_agency_that_is_dissolved_hears_no_more(rules: Rules, agency: Agency) -> None:
    gone = agency(valid_to=date(2026, 10, 31))
    assert of(due(rules, gone, at(29, month=10), at(30, month=10))) == [("-3", "send")]
    assert of(due(rules, gone, at(30, month=10), at(4))) == [
        ("-1", "dissolved"),
        ("0", "dissolved"),
    ]
    assert due(rules, gone, at(1, month=9, year=2027), at(30, year=2027)) == []


def test_an_agency_that_is_new_is_not_told_what_was_due_before(
    rules: Rules, agency: Agency
) -> None:
    new = agency(valid_from=date(2026, 10, 20))
    assert of(due(rules, new, at(1, month=9), at(26, month=10))) == [("-7", "send")]


def test_an_exemption_ends_it(rules: Rules, agency: Agency) -> None:
    easing = Easing(Ease.EXEMPTION, 2026, None, at(1))
    assert of(due(rules, agency(easings=(easing,)), at(2), at(3))) == [("-1", "exempt")]


def test_an_exemption_is_of_its_year(rules: Rules, agency: Agency) -> None:
    easing = Easing(Ease.EXEMPTION, 2025, None, at(1))
    assert of(due(rules, agency(easings=(easing,)), at(2), at(3))) == [("-1", "send")]


def test_an_extension_granted_on_the_last_day(rules: Rules, agency: Agency) -> None:
    """The common ladder ends where it was granted, its own one begins there."""
    easing = Easing(Ease.EXTENSION, 2026, date(2026, 11, 18), at(4, 10))
    eased = agency(easings=(easing,))
    common = of(due(rules, eased, at(4, 9), at(12)), aim=date(2026, 11, 4))
    assert common == [(key, "extended") for key in ("0b", "+1", "+3", "+5")]
    own = of(due(rules, eased, at(4, 9), at(18)), aim=date(2026, 11, 18))
    assert own == [
        ("-7", "missed"),
        ("-3", "missed"),
        ("-1", "missed"),
        ("0", "send"),
    ]


def test_what_was_planned_before_an_extension_is_not_said(rules: Rules, agency: Agency) -> None:
    easing = Easing(Ease.EXTENSION, 2026, date(2026, 11, 18), at(4, 7))
    key = ("report:2026", date(2026, 11, 4), "0")
    item = renewed(rules, agency(easings=(easing,)), key, at(4, 8))
    assert item
    assert item.why is Why.EXTENDED


def test_an_extension_never_shortens(rules: Rules, agency: Agency) -> None:
    easing = Easing(Ease.EXTENSION, 2026, date(2026, 10, 1), at(1, month=9))
    assert of(due(rules, agency(easings=(easing,)), at(2), at(3))) == [("-1", "send")]


def test_a_mute_that_ends_in_the_middle_of_the_ladder(rules: Rules, agency: Agency) -> None:
    mute = Easing(Ease.MUTE, 2026, date(2026, 10, 30), at(1, month=10))
    muted = agency(easings=(mute,))
    assert of(due(rules, muted, at(29, month=10), at(30, month=10))) == [("-3", "muted")]
    assert of(due(rules, muted, at(30, month=10), at(3))) == [("-1", "send")]


def test_a_mute_without_an_end_lasts(rules: Rules, agency: Agency) -> None:
    mute = Easing(Ease.MUTE, 2026, None, at(1, month=1))
    assert of(due(rules, agency(easings=(mute,)), at(2), at(3))) == [("-1", "muted")]


@pytest.mark.parametrize(
    ("step", "receivers"),
    [
        ("0", (To.FOCAL,)),
        ("+1", (To.FOCAL,)),
        ("+3", (To.FOCAL, To.LEADER)),
        ("+5", (To.FOCAL, To.LEADER, To.REVIEWER)),
    ],
)
def test_later_steps_reach_further_up(
    rules: Rules, agency: Agency, step: str, receivers: tuple[To, ...]
) -> None:
    found = {item.step.key: item for item in due(rules, agency(), at(2), at(30))}
    assert found[step].to == receivers


@pytest.mark.parametrize(
    ("step", "announced"),
    [
        ("-1", None),
        ("0", None),
        ("+1", (date(2026, 11, 9), To.LEADER)),
        ("+3", (date(2026, 11, 11), To.REVIEWER)),
        ("+5", None),
    ],
)
def test_the_next_step_up_is_announced(
    rules: Rules, agency: Agency, step: str, announced: tuple[date, To] | None
) -> None:
    found = obligations(rules, agency(), (2026,))
    report = next(each for each in found if each.key == "report:2026")
    now = next(each for each in report.steps if each.key == step)
    assert next_up(rules, report, now) == announced


def test_reviewers_are_reminded_of_what_waits(rules: Rules, agency: Agency) -> None:
    waiting = agency(reports=filed("submitted", date(2026, 10, 30)))
    found = [i for i in due(rules, waiting, at(30, month=10), at(5)) if "approve" in i.obligation]
    assert [(i.step.key, i.why, i.to) for i in found] == [
        ("+2", Why.MISSED, (To.REVIEWER,)),
        ("+4", None, (To.REVIEWER, To.ADMIN)),
    ]


def test_an_approved_report_does_not_wait(rules: Rules, agency: Agency) -> None:
    done = agency(reports=filed("approved", date(2026, 10, 30)))
    assert of(due(rules, done, at(30, month=10), at(5)), "approve:2026") == []


def test_who_put_it_off_hears_of_it_on_the_day_named(rules: Rules, agency: Agency) -> None:
    doze = Doze(7, "report:2026", date(2026, 10, 28), at(27, month=10))
    found = due(rules, agency(dozes=(doze,)), at(27, month=10), at(28, month=10))
    assert [(i.step.key, i.why, i.person_id) for i in found] == [("z261028:7", None, 7)]


def test_who_has_reported_meanwhile_is_not_woken(rules: Rules, agency: Agency) -> None:
    doze = Doze(7, "report:2026", date(2026, 10, 28), at(27, month=10))
    done = agency(dozes=(doze,), reports=filed("approved"))
    found = due(rules, done, at(27, month=10), at(28, month=10))
    assert [i.why for i in found] == [Why.REPORTED]


def test_who_put_it_off_to_the_day_of_a_step_hears_once(rules: Rules, agency: Agency) -> None:
    doze = Doze(7, "report:2026", date(2026, 10, 30), at(27, month=10))
    found = due(rules, agency(dozes=(doze,)), at(29, month=10), at(30, month=10))
    assert of(found) == [("-3", "send")]


def test_what_is_accounted_for_is_not_decided_again(rules: Rules, agency: Agency) -> None:
    first = due(rules, agency(), at(2), at(3))
    assert due(rules, agency(), at(2), at(3), keys(first)) == []


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (at(4, 7, 59), at(4, 8)),
        (at(4, 8), at(4, 13, 30)),
        (at(31, month=12), at(3, 8, month=3, year=2027)),
    ],
    ids=["before", "at", "next year"],
)
def test_what_is_next(rules: Rules, after: datetime, found: datetime) -> None:
    assert next_due(rules, after) == found


def test_a_letter_is_asked_about_again_before_it_leaves(rules: Rules, agency: Agency) -> None:
    key = ("report:2026", date(2026, 11, 4), "0")
    assert told(rules, agency(), key) is None
    assert told(rules, agency(reports=filed("submitted", date(2026, 11, 4))), key) is Why.REPORTED


def told(rules: Rules, agency: Situation, key: Key) -> Why | None:
    item = renewed(rules, agency, key, at(4, 8))
    assert item
    return item.why
