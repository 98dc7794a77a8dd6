"""Who is due which reminder, and why not, told from one agency's point of view."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from plan.catalogue import Duty
from plan.reminding.deciding import Item, To, Why, due, next_due, next_up, renewed
from plan.reminding.obligations import obligations
from plan.reminding.rules import Rules, Span, TaskTiming, Timing
from plan.reminding.situations import Doze, Ease, Easing, Filed, Key, Returned, Situation
from tests.plan.reminding.conftest import Agency, at, filed


def of(
    items: list[Item], about: str = "report:2026", aim: date | None = None
) -> list[tuple[str, str]]:
    """(step, why not, or "send") of one obligation."""
    return [
        (item.step.key, item.why.value if item.why else "send")
        for item in items
        if item.obligation == about and (aim is None or item.aim_on == aim)
    ]


def keys(items: list[Item]) -> set[Key]:
    return {item.key for item in items}


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


class TestEasings:
    def test_an_exemption_ends_it(self, rules: Rules, agency: Agency) -> None:
        easing = Easing(Ease.EXEMPTION, 2026, None, at(1))
        assert of(due(rules, agency(easings=(easing,)), at(2), at(3))) == [("-1", "exempt")]

    def test_an_exemption_is_of_its_year(self, rules: Rules, agency: Agency) -> None:
        easing = Easing(Ease.EXEMPTION, 2025, None, at(1))
        assert of(due(rules, agency(easings=(easing,)), at(2), at(3))) == [("-1", "send")]

    def test_an_extension_granted_on_the_last_day(self, rules: Rules, agency: Agency) -> None:
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

    def test_what_was_planned_that_morning_is_not_said(self, rules: Rules, agency: Agency) -> None:
        easing = Easing(Ease.EXTENSION, 2026, date(2026, 11, 18), at(4, 7))
        key = ("report:2026", date(2026, 11, 4), "0")
        item = renewed(rules, agency(easings=(easing,)), key, at(4, 8))
        assert item
        assert item.why is Why.EXTENDED

    def test_an_extension_never_shortens(self, rules: Rules, agency: Agency) -> None:
        easing = Easing(Ease.EXTENSION, 2026, date(2026, 10, 1), at(1, month=9))
        assert of(due(rules, agency(easings=(easing,)), at(2), at(3))) == [("-1", "send")]

    def test_a_mute_that_ends_in_the_middle_of_the_ladder(
        self, rules: Rules, agency: Agency
    ) -> None:
        mute = Easing(Ease.MUTE, 2026, date(2026, 10, 30), at(1, month=10))
        muted = agency(easings=(mute,))
        assert of(due(rules, muted, at(29, month=10), at(30, month=10))) == [("-3", "muted")]
        assert of(due(rules, muted, at(30, month=10), at(3))) == [("-1", "send")]

    def test_a_mute_without_an_end_lasts(self, rules: Rules, agency: Agency) -> None:
        mute = Easing(Ease.MUTE, 2026, None, at(1, month=1))
        assert of(due(rules, agency(easings=(mute,)), at(2), at(3))) == [("-1", "muted")]


class TestEscalation:
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
        self, rules: Rules, agency: Agency, step: str, receivers: tuple[To, ...]
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
        self, rules: Rules, agency: Agency, step: str, announced: tuple[date, To] | None
    ) -> None:
        found = obligations(rules, agency(), (2026,))
        report = next(each for each in found if each.key == "report:2026")
        now = next(each for each in report.steps if each.key == step)
        assert next_up(rules, report, now) == announced

    def test_reviewers_are_reminded_of_what_waits(self, rules: Rules, agency: Agency) -> None:
        waiting = agency(reports=filed("submitted", date(2026, 10, 30)))
        found = [
            i for i in due(rules, waiting, at(30, month=10), at(5)) if "approve" in i.obligation
        ]
        assert [(i.step.key, i.why, i.to) for i in found] == [
            ("+2", Why.MISSED, (To.REVIEWER,)),
            ("+4", None, (To.REVIEWER, To.ADMIN)),
        ]

    def test_approved_it_does_not_wait(self, rules: Rules, agency: Agency) -> None:
        done = agency(reports=filed("approved", date(2026, 10, 30)))
        assert of(due(rules, done, at(30, month=10), at(5)), "approve:2026") == []


class TestReturned:
    def test_it_has_a_ladder_of_its_own(self, rules: Rules, agency: Agency) -> None:
        back = Filed("returned", None, Returned(at(2, 14), date(2026, 11, 6)))
        found = due(rules, agency(reports={2026: back}), at(2, 14), at(11))
        assert of(found, "returned:2026") == [
            ("-1", "missed"),
            ("0", "missed"),
            ("+1", "missed"),
            ("+3", "send"),
        ]
        assert {why for _, why in of(found)} == {"returned"}

    def test_without_a_day_it_is_three_working_days(self, rules: Rules, agency: Agency) -> None:
        back = Filed("returned", None, Returned(at(2, 14), None))
        found = due(rules, agency(reports={2026: back}), at(2, 14), at(5))
        assert of(found, "returned:2026", date(2026, 11, 5)) == [("-1", "missed"), ("0", "send")]


class TestCampaigns:
    WEEK = "campaign:tuan-le-hoc-tap-suot-doi:2026"

    def moved(self, rules: Rules, first: date, last: date) -> Rules:
        span = Span(first, last, confirmed=True)
        return replace(rules, spans={("tuan-le-hoc-tap-suot-doi", 2026): span})

    def test_a_week_that_moves_after_its_reminder_is_announced_anew(
        self, rules: Rules, agency: Agency
    ) -> None:
        sent = due(rules, agency(), at(23, month=9), at(24, month=9))
        assert of(sent, self.WEEK) == [("-7", "send")]
        later = self.moved(rules, date(2026, 10, 12), date(2026, 10, 18))
        again = due(later, agency(), at(1, month=9), at(5, month=10), keys(sent))
        assert of(again, self.WEEK) == [("-7", "send")]

    def test_moved_so_near_that_its_step_has_passed_it_is_announced_at_once(
        self, rules: Rules, agency: Agency
    ) -> None:
        sent = due(rules, agency(), at(23, month=9), at(24, month=9))
        sooner = self.moved(rules, date(2026, 9, 29), date(2026, 10, 4))
        found = due(sooner, agency(), at(10, month=9), at(25, month=9), keys(sent))
        assert of(found, self.WEEK) == [("-7", "send")]

    def test_what_was_planned_of_the_old_week_is_not_said(
        self, rules: Rules, agency: Agency
    ) -> None:
        later = self.moved(rules, date(2026, 10, 12), date(2026, 10, 18))
        key = (self.WEEK, date(2026, 10, 1), "-7")
        assert renewed(later, agency(), key, at(24, month=9)) is None

    def test_it_is_announced_to_those_who_have_reported(self, rules: Rules, agency: Agency) -> None:
        found = due(rules, agency(reports=filed("approved")), at(23, month=9), at(24, month=9))
        assert of(found, self.WEEK) == [("-7", "send")]


class TestTasks:
    def rules_with(self, rules: Rules, kind: Timing, value: str, lead: int = 14) -> Rules:
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
    def test_a_date_a_month_or_an_event(
        self, rules: Rules, kind: Timing, value: str, aim: date
    ) -> None:
        assert self.rules_with(rules, kind, value).task_on("IV.10.a", 2026) == aim

    @pytest.mark.parametrize(
        ("kind", "value"),
        [(Timing.NONE, ""), (Timing.DATE, "2025-06-15"), (Timing.EVENT, "khong-co")],
    )
    def test_or_none(self, rules: Rules, kind: Timing, value: str) -> None:
        assert self.rules_with(rules, kind, value).task_on("IV.10.a", 2026) is None

    def test_the_29th_of_february_is_the_28th_in_other_years(self, rules: Rules) -> None:
        dated = self.rules_with(rules, Timing.DATE, "02-29")
        assert dated.task_on("IV.10.a", 2026) == date(2026, 2, 28)
        assert dated.task_on("IV.10.a", 2028) == date(2028, 2, 29)

    @pytest.mark.parametrize(
        ("status", "said"), [("ongoing", "send"), ("blocked", "send"), ("done", "done")]
    )
    def test_who_has_done_it_is_not_reminded(
        self, rules: Rules, agency: Agency, status: str, said: str
    ) -> None:
        dated = self.rules_with(rules, Timing.DATE, "06-15")
        leader = agency(leads=frozenset({"IV.10.a"}), statuses={("IV.10.a", 2026): status})
        found = due(dated, leader, at(12, month=6), at(15, month=6))
        assert of(found, "task:IV.10.a:2026") == [("0", said)]

    def test_a_duty_that_moves_in_the_middle_follows_its_holder(
        self, rules: Rules, agency: Agency
    ) -> None:
        dated = self.rules_with(rules, Timing.DATE, "06-15")
        before, after = agency(leads=frozenset({"IV.10.a"})), agency(leads=frozenset())
        heir = agency(agency_id="quan-3", leads=frozenset({"IV.10.a"}))
        first = due(dated, before, at(31, month=5), at(1, month=6))
        assert of(first, "task:IV.10.a:2026") == [("-14", "send")]
        key = ("task:IV.10.a:2026", date(2026, 6, 15), "0")
        assert renewed(dated, after, key, at(15, month=6)) is None
        second = due(dated, heir, at(12, month=6), at(15, month=6))
        assert of(second, "task:IV.10.a:2026") == [("0", "send")]


class TestOwnPlan:
    def test_it_is_asked_for_in_the_first_quarter(self, rules: Rules, agency: Agency) -> None:
        found = due(rules, agency(), at(1, month=1), at(8, month=4))
        assert of(found, "plan:2026") == [
            ("-20", "missed"),
            ("-5", "missed"),
            ("0", "missed"),
            ("+5", "send"),
        ]

    def test_issued_it_is_not(self, rules: Rules, agency: Agency) -> None:
        issued = agency(issued=frozenset({("plan", 2026)}))
        found = due(rules, issued, at(1, month=1), at(31, month=3))
        assert {why for _, why in of(found, "plan:2026")} == {"done"}


class TestStandingAgency:
    def test_next_years_calendar_is_missed_by_15_december(
        self, rules: Rules, agency: Agency
    ) -> None:
        office = agency(standing=True)
        found = due(rules, office, at(14, month=12), at(15, month=12))
        assert of(found, "calendar:2027") == [("-", "send")]
        known = replace(rules, known_years=rules.known_years | {2027})
        assert of(due(known, office, at(14, month=12), at(15, month=12)), "calendar:2027") == [
            ("-", "done")
        ]

    def test_it_is_told_the_day_before_whom_a_step_would_not_reach(
        self, rules: Rules, agency: Agency
    ) -> None:
        office = agency(standing=True, unreached=("Q3",))
        assert of(due(rules, office, at(2, 12), at(3)), "reach:2026") == [("0b", "send")]
        reached = agency(standing=True)
        assert of(due(rules, reached, at(2, 12), at(3)), "reach:2026") == [("0b", "done")]

    def test_the_interim_review_of_2025_is_its_duty(self, rules: Rules, agency: Agency) -> None:
        office = agency(standing=True)
        found = due(rules, office, at(1, year=2025), at(31, month=12, year=2025))
        assert of(found, "review:2025") == [("-30", "missed"), ("-10", "missed"), ("0", "send")]
        assert of(due(rules, office, at(1), at(31, month=12)), "review:2026") == []


class TestSnooze:
    def test_who_put_it_off_hears_of_it_on_the_day_named(
        self, rules: Rules, agency: Agency
    ) -> None:
        doze = Doze(7, "report:2026", date(2026, 10, 28), at(27, month=10))
        found = due(rules, agency(dozes=(doze,)), at(27, month=10), at(28, month=10))
        assert [(i.step.key, i.why, i.person_id) for i in found] == [("z261028:7", None, 7)]

    def test_not_if_the_report_has_been_sent_meanwhile(self, rules: Rules, agency: Agency) -> None:
        doze = Doze(7, "report:2026", date(2026, 10, 28), at(27, month=10))
        done = agency(dozes=(doze,), reports=filed("approved"))
        found = due(rules, done, at(27, month=10), at(28, month=10))
        assert [i.why for i in found] == [Why.REPORTED]

    def test_on_the_day_of_a_step_that_one_is_enough(self, rules: Rules, agency: Agency) -> None:
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
