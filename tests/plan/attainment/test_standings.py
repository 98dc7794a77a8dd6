"""What is no figure, each state apart; what waits for approval; what is frozen."""

from datetime import date
from fractions import Fraction

import pytest

from plan.attainment import (
    Judgement,
    LeftOut,
    Reported,
    Review,
    Standing,
    Without,
    assess,
)
from tests.plan.attainment.telling import INDICATORS, asked, told

TWO = asked("quan-1", "quan-3")


def judged(*answers: Reported, code: str = "TV1.3", due: bool = True) -> Judgement:
    return assess(INDICATORS[code], 2025, answers, {2025: TWO}, due=due).in_2025


@pytest.mark.parametrize(
    ("said", "due", "standing"),
    [
        pytest.param({}, False, Standing.NOT_DUE, id="not-due"),
        pytest.param({}, True, Standing.NOT_REPORTED, id="not-reported"),
        pytest.param({"quan-1": "no_data"}, True, Standing.NOT_REPORTED, id="one-to-report"),
        pytest.param(
            {"quan-1": "no_data", "quan-3": "no_object"}, False, Standing.NO_DATA, id="no-data"
        ),
        pytest.param(
            {"quan-1": "no_object", "quan-3": "0/0"}, True, Standing.NO_OBJECT, id="no-object"
        ),
        pytest.param({"quan-1": "0/0"}, True, Standing.NOT_REPORTED, id="zero-of-zero-and-one"),
        pytest.param(
            {"quan-1": "not_applicable", "quan-3": "not_applicable"},
            True,
            Standing.NO_OBJECT,
            id="nobody-concerned",
        ),
    ],
)
def test_grey_is_not_all_one(said: dict[str, str], due: bool, standing: Standing) -> None:  # noqa: FBT001 - a column of the table
    found = judged(*(told(name, each) for name, each in said.items()), due=due)
    assert found.standing is standing
    assert found.standing.grey
    assert found.best is None


def test_nobody_is_asked() -> None:
    found = assess(INDICATORS["TV1.3"], 2025, [], {})
    assert found.in_2025.standing is Standing.NOT_ASSIGNED


def test_the_reason_for_no_data_is_kept() -> None:
    answer = told("quan-1", "no_data", reason="Đang kiểm kê")
    missing = LeftOut("quan-1", Without.NO_DATA, answer.entry_id, "Đang kiểm kê")
    assert judged(answer).why.left_out[0] == missing


def test_a_figure_that_waits_is_shown_but_judges_nothing() -> None:
    found = judged(told("quan-1", "3/4", approved=False))
    assert (found.standing, found.measure) == (Standing.WAITING, None)
    assert found.provisional
    assert found.provisional.percent == 75
    assert found.provisional_standing is Standing.MET


def test_beside_the_official_sum_stands_the_provisional_one() -> None:
    waiting = told("quan-3", "0/4", approved=False)
    found = judged(told("quan-1", "3/4"), waiting)
    assert found.measure
    assert found.measure.percent == 75
    assert found.standing is Standing.MET
    assert found.provisional
    assert found.provisional.percent == Fraction("37.5")
    assert found.provisional_standing is Standing.NOT_MET
    assert found.why.left_out == (LeftOut("quan-3", Without.WAITING, waiting.entry_id),)
    assert (found.coverage.reported, found.coverage.approved) == (2, 1)


def test_all_approved_leaves_nothing_provisional() -> None:
    found = judged(told("quan-1", "3/4"), told("quan-3", "1/1"))
    assert found.provisional is None
    assert found.coverage.complete


def test_until_its_year_is_over_a_target_is_not_missed() -> None:
    answer = told("quan-1", "1/4")
    assert judged(answer, due=False).standing is Standing.UNDERWAY
    assert judged(answer, due=True).standing is Standing.NOT_MET


def test_who_was_not_asked_but_answered_counts() -> None:
    found = judged(told("so-vhtt", "1/1"))
    assert (found.coverage.reported, found.coverage.asked) == (1, 3)
    assert found.coverage.missing == ("quan-1", "quan-3")


def test_a_review_freezes_2025_and_leaves_2030_alone() -> None:
    review = Review(date(2025, 12, 20), judged(told("quan-1", "3/4")))
    late = [told("quan-1", "0/4", 2025), told("sai-gon", "1/2", 2026)]
    asked_then = {2025: TWO, 2026: asked("sai-gon")}
    found = assess(INDICATORS["TV1.3"], 2026, late, asked_then, review=review)
    assert found.in_2025.frozen_on == date(2025, 12, 20)
    assert found.in_2025.standing is Standing.MET
    assert found.in_2030.measure
    assert found.in_2030.measure.percent == 50


def test_after_2025_each_target_has_its_own_year() -> None:
    answers = [told("quan-1", "1/2", 2025), told("sai-gon", "2/4", 2027)]
    asked_then = {2025: TWO, 2027: asked("sai-gon", "cho-lon")}
    found = assess(INDICATORS["TV1.3"], 2027, answers, asked_then, due=False)
    assert (found.in_2025.year, found.in_2025.coverage.asked) == (2025, 2)
    assert (found.in_2030.year, found.in_2030.coverage.missing) == (2027, ("cho-lon",))
    assert found.in_2025.standing is Standing.MET
    assert found.in_2030.standing is Standing.UNDERWAY


def test_an_earlier_year_is_due_whatever_this_one_is() -> None:
    found = assess(INDICATORS["TV1.3"], 2026, [], {2025: TWO, 2026: TWO}, due=False)
    assert found.in_2025.standing is Standing.NOT_REPORTED
    assert found.in_2030.standing is Standing.NOT_DUE


def test_growth_to_2030_is_not_due_before_there_is_a_year_to_grow() -> None:
    found = assess(INDICATORS["TV3"], 2025, [], {2025: TWO})
    assert found.in_2025.standing is Standing.NOT_REPORTED
    assert found.in_2030.standing is Standing.NOT_DUE
