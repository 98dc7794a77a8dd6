"""The duties beside the report: returned reports, campaigns, tasks, plans, the office's own."""

from dataclasses import replace
from datetime import date

import pytest

from plan.reminding.deciding import due, renewed
from plan.reminding.rules import Rules, Span, TaskTiming, Timing
from plan.reminding.situations import Filed, Returned
from tests.plan.reminding.conftest import Agency, at, filed, keys, of


def test_a_returned_report_has_a_ladder_of_its_own(rules: Rules, agency: Agency) -> None:
    back = Filed("returned", None, Returned(at(2, 14), date(2026, 11, 6)))
    found = due(rules, agency(reports={2026: back}), at(2, 14), at(11))
    assert of(found, "returned:2026") == [
        ("-1", "missed"),
        ("0", "missed"),
        ("+1", "missed"),
        ("+3", "send"),
    ]
    assert {why for _, why in of(found)} == {"returned"}


def test_without_a_day_a_correction_has_three_working_days(rules: Rules, agency: Agency) -> None:
    back = Filed("returned", None, Returned(at(2, 14), None))
    found = due(rules, agency(reports={2026: back}), at(2, 14), at(5))
    assert of(found, "returned:2026", date(2026, 11, 5)) == [("-1", "missed"), ("0", "send")]


WEEK = "campaign:tuan-le-hoc-tap-suot-doi:2026"


def with_week(rules: Rules, first: date, last: date) -> Rules:
    span = Span(first, last, confirmed=True)
    return replace(rules, spans={("tuan-le-hoc-tap-suot-doi", 2026): span})


def test_a_week_that_moves_after_its_reminder_is_announced_anew(
    rules: Rules, agency: Agency
) -> None:
    sent = due(rules, agency(), at(23, month=9), at(24, month=9))
    assert of(sent, WEEK) == [("-7", "send")]
    later = with_week(rules, date(2026, 10, 12), date(2026, 10, 18))
    again = due(later, agency(), at(1, month=9), at(5, month=10), keys(sent))
    assert of(again, WEEK) == [("-7", "send")]


def test_moved_so_near_that_its_step_has_passed_it_is_announced_at_once(
    rules: Rules, agency: Agency
) -> None:
    sent = due(rules, agency(), at(23, month=9), at(24, month=9))
    sooner = with_week(rules, date(2026, 9, 29), date(2026, 10, 4))
    found = due(sooner, agency(), at(10, month=9), at(25, month=9), keys(sent))
    assert of(found, WEEK) == [("-7", "send")]


def test_what_was_planned_of_the_old_week_is_not_said(rules: Rules, agency: Agency) -> None:
    later = with_week(rules, date(2026, 10, 12), date(2026, 10, 18))
    key = (WEEK, date(2026, 10, 1), "-7")
    assert renewed(later, agency(), key, at(24, month=9)) is None


def test_a_campaign_is_announced_to_those_who_have_reported(rules: Rules, agency: Agency) -> None:
    found = due(rules, agency(reports=filed("approved")), at(23, month=9), at(24, month=9))
    assert of(found, WEEK) == [("-7", "send")]


def rules_with(rules: Rules, kind: Timing, value: str, lead: int = 14) -> Rules:
    return replace(rules, tasks={"IV.10.a": TaskTiming(kind, value, lead)})


@pytest.mark.parametrize(
    ("kind", "value", "aim"),
    [
        (Timing.DATE, "06-15", date(2026, 6, 15)),
        (Timing.DATE, "2026-06-15", date(2026, 6, 15)),
        (Timing.MONTH, "6", date(2026, 6, 30)),
        (Timing.EVENT, "ngay-quoc-te-bao-tang", date(2026, 5, 18)),
    ],
)
def test_a_task_has_a_date_a_month_or_an_event(
    rules: Rules, kind: Timing, value: str, aim: date
) -> None:
    assert rules_with(rules, kind, value).task_on("IV.10.a", 2026) == aim


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Timing.NONE, ""), (Timing.DATE, "2025-06-15"), (Timing.EVENT, "khong-co")],
)
def test_or_a_task_has_no_date(rules: Rules, kind: Timing, value: str) -> None:
    assert rules_with(rules, kind, value).task_on("IV.10.a", 2026) is None


def test_the_29th_of_february_is_the_28th_in_other_years(rules: Rules) -> None:
    dated = rules_with(rules, Timing.DATE, "02-29")
    assert dated.task_on("IV.10.a", 2026) == date(2026, 2, 28)
    assert dated.task_on("IV.10.a", 2028) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("status", "said"), [("ongoing", "send"), ("blocked", "send"), ("done", "done")]
)
def test_who_has_done_it_is_not_reminded(
    rules: Rules, agency: Agency, status: str, said: str
) -> None:
    dated = rules_with(rules, Timing.DATE, "06-15")
    leader = agency(leads=frozenset({"IV.10.a"}), statuses={("IV.10.a", 2026): status})
    found = due(dated, leader, at(12, month=6), at(15, month=6))
    assert of(found, "task:IV.10.a:2026") == [("0", said)]


def test_a_duty_that_moves_in_the_middle_follows_its_holder(rules: Rules, agency: Agency) -> None:
    dated = rules_with(rules, Timing.DATE, "06-15")
    before, after = agency(leads=frozenset({"IV.10.a"})), agency(leads=frozenset())
    heir = agency(agency_id="quan-3", leads=frozenset({"IV.10.a"}))
    first = due(dated, before, at(31, month=5), at(1, month=6))
    assert of(first, "task:IV.10.a:2026") == [("-14", "send")]
    key = ("task:IV.10.a:2026", date(2026, 6, 15), "0")
    assert renewed(dated, after, key, at(15, month=6)) is None
    second = due(dated, heir, at(12, month=6), at(15, month=6))
    assert of(second, "task:IV.10.a:2026") == [("0", "send")]


def test_an_own_plan_is_asked_for_in_the_first_quarter(rules: Rules, agency: Agency) -> None:
    found = due(rules, agency(), at(1, month=1), at(8, month=4))
    assert of(found, "plan:2026") == [
        ("-20", "missed"),
        ("-5", "missed"),
        ("0", "missed"),
        ("+5", "send"),
    ]


def test_an_issued_plan_is_not_asked_for(rules: Rules, agency: Agency) -> None:
    issued = agency(issued=frozenset({("plan", 2026)}))
    found = due(rules, issued, at(1, month=1), at(31, month=3))
    assert {why for _, why in of(found, "plan:2026")} == {"done"}


def test_next_years_calendar_is_missed_by_15_december(rules: Rules, agency: Agency) -> None:
    office = agency(standing=True)
    found = due(rules, office, at(14, month=12), at(15, month=12))
    assert of(found, "calendar:2027") == [("-", "send")]
    known = replace(rules, known_years=rules.known_years | {2027})
    assert of(due(known, office, at(14, month=12), at(15, month=12)), "calendar:2027") == [
        ("-", "done")
    ]


def test_the_day_before_the_office_is_told_whom_a_step_would_not_reach(
    rules: Rules, agency: Agency
) -> None:
    office = agency(standing=True, unreached=("Q3",))
    assert of(due(rules, office, at(2, 12), at(3)), "reach:2026") == [("0b", "send")]
    reached = agency(standing=True)
    assert of(due(rules, reached, at(2, 12), at(3)), "reach:2026") == [("0b", "done")]


def test_the_interim_review_of_2025_is_the_standing_agencys(rules: Rules, agency: Agency) -> None:
    office = agency(standing=True)
    found = due(rules, office, at(1, year=2025), at(31, month=12, year=2025))
    assert of(found, "review:2025") == [("-30", "missed"), ("-10", "missed"), ("0", "send")]
    assert of(due(rules, office, at(1), at(31, month=12)), "review:2026") == []
