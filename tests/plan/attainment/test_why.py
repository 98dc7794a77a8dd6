"""Why a judgement is what it is: clause, target, formula, and every number with its entry."""

from datetime import date
from fractions import Fraction

from plan.attainment import Formula, Growth, LeftOut, PartSum, Pooled, Standing, Without, assess
from plan.catalogue import Target
from tests.plan.attainment.telling import INDICATORS, asked, told


def test_a_share_names_clause_target_formula_and_entries() -> None:
    answers = [told("quan-1", "3/4"), told("quan-3", "1/6")]
    why = assess(INDICATORS["TV1.3"], 2025, answers, {}).in_2025.why
    assert (why.formula, why.years) == (Formula.SHARE, (2025,))
    assert (why.goal.clause, why.goal.target) == ("I.2.a gạch 1", Target(40))
    assert [each.entry_id for each in why.sources] == [each.entry_id for each in answers]
    assert sum(each.numerator or 0 for each in why.sources) == 4


def test_growth_names_its_years_and_whose_numbers_were_restated() -> None:
    answers = [
        told("quan-1", "110", 2026, before=100),
        told("quan-3", "40", 2025),
        told("quan-3", "50", 2026),
    ]
    found = assess(INDICATORS["TV3"], 2026, answers, {}).in_2030
    assert (found.why.formula, found.why.years) == (Formula.MEAN_GROWTH, (2025, 2026))
    shown = [(each.agency_id, each.year, each.visits, each.restated) for each in found.why.sources]
    assert shown == [
        ("quan-1", 2025, 100, True),
        ("quan-1", 2026, 110, False),
        ("quan-3", 2025, 40, False),
        ("quan-3", 2026, 50, False),
    ]
    assert found.standing is Standing.MET
    assert found.why.sources[0].entry_id == answers[0].entry_id


def test_two_maps_are_never_compared_and_it_says_so() -> None:
    answers = [told("so-vhtt", "100", 2025, basis="old"), told("so-vhtt", "300", 2026, basis="new")]
    found = assess(INDICATORS["TV3"], 2026, answers, {}).in_2030
    assert found.standing is Standing.OTHER_GROUND
    assert found.best is None
    assert found.why.left_out == (LeftOut("so-vhtt", Without.OTHER_GROUND, answers[1].entry_id),)


def test_an_earlier_year_restated_on_the_new_map_is_compared() -> None:
    answers = [
        told("so-vhtt", "100", 2025, basis="old"),
        told("so-vhtt", "300", 2026, before=250, basis="new"),
        told("so-vhtt", "360", 2027, basis="new"),
    ]
    measure = assess(INDICATORS["TV3"], 2027, answers, {}).in_2030.measure
    assert isinstance(measure, Growth)
    assert (measure.earlier, measure.later) == (250, 360)
    assert measure.percent == 20  # (360/250)^(1/2) = 1.44^(1/2) = 1.2


def test_a_base_year_that_waits_for_approval_makes_no_official_growth() -> None:
    answers = [told("quan-1", "100", 2025, approved=False), told("quan-1", "120", 2026)]
    found = assess(INDICATORS["TV3"], 2026, answers, {}).in_2030
    assert found.standing is Standing.WAITING
    assert found.provisional_standing is Standing.EXCEEDED


def test_who_waits_for_approval_is_left_out_once() -> None:
    waiting = told("quan-3", "60", 2026, before=50, approved=False)
    answers = [told("quan-1", "110", 2026, before=100), waiting]
    found = assess(INDICATORS["TV3"], 2026, answers, {}).in_2030
    assert found.why.left_out == (LeftOut("quan-3", Without.WAITING, waiting.entry_id),)
    assert found.measure
    assert found.provisional
    assert found.measure.percent == 10
    assert found.provisional.percent == Fraction(40, 3)  # 170/150


def test_growth_on_the_year_before_stands_beside_the_mean() -> None:
    visits = {2025: "1000", 2026: "1000", 2027: "1210"}
    answers = [told("quan-1", count, year) for year, count in visits.items()]
    found = assess(INDICATORS["TV3"], 2027, answers, {})
    assert found.in_2030.measure
    assert found.in_2030.measure.percent == 10
    assert found.yearly
    assert found.yearly.growth
    assert found.yearly.growth.percent == 21


def test_an_ended_category_says_when_it_was_counted_last() -> None:
    answers = [told("quan-1", "1/1", 2024), told("quan-3", "0/1", 2023)]
    found = assess(INDICATORS["TV1.2"], 2026, answers, {2025: asked("quan-1", "quan-3")})
    assert found.in_2025.why.last_counted == date(2024, 10, 31)
    assert found.in_2025.why.ended_on == date(2025, 6, 30)
    assert found.in_2025.measure
    assert found.in_2025.measure.percent == 50
    assert (found.in_2030.standing, found.in_2030.measure) == (Standing.ENDED, None)
    assert (found.in_2030.gap, found.in_2030.pace) == (None, None)


def test_an_ended_part_is_counted_last_for_an_agency_that_goes_on() -> None:
    then = told("so-vhtt", "5/7", 2024, parts={"thanh-pho": "2/2", "cap-huyen": "3/5"})
    now = told("so-vhtt", "1/3", 2025, parts={"thanh-pho": "1/3", "cap-huyen": "0/0"})
    measure = assess(INDICATORS["VH1"], 2025, [then, now], {}).in_2025.measure
    assert isinstance(measure, Pooled)
    assert (measure.numerator, measure.denominator) == (1 + 3, 3 + 5)
    assert [(each.part, each.entry_id) for each in measure.sources] == [
        ("", now.entry_id),
        ("cap-huyen", then.entry_id),
    ]


def test_an_ended_part_that_was_counted_anyway_is_not_counted_twice() -> None:
    then = told("so-vhtt", "5/7", 2024, parts={"thanh-pho": "2/2", "cap-huyen": "3/5"})
    now = told("so-vhtt", "3/6", 2025, parts={"thanh-pho": "1/3", "cap-huyen": "2/3"})
    measure = assess(INDICATORS["VH1"], 2025, [then, now], {}).in_2025.measure
    assert measure
    assert measure.percent == 50


def test_an_ended_part_that_waits_for_approval_is_provisional() -> None:
    then = told("so-vhtt", "5/7", 2024, parts={"cap-huyen": "3/5"}, approved=False)
    now = told("so-vhtt", "1/3", 2025)
    found = assess(INDICATORS["VH1"], 2025, [then, now], {}).in_2025
    assert found.measure
    assert found.provisional
    assert found.measure.percent == Fraction(1 * 100, 3)
    assert found.provisional.percent == Fraction((1 + 3) * 100, 3 + 5)
    assert found.why.left_out == (LeftOut("so-vhtt", Without.WAITING, then.entry_id),)


def test_what_a_district_says_after_its_end_is_no_count_of_its_own() -> None:
    then = told("quan-1", "1/2", 2024, parts={"cap-huyen": "1/2"})
    answers = [then, told("quan-1", "no_object", 2025)]
    holders = {2025: asked("quan-1", until="2025-06-30")}
    measure = assess(INDICATORS["VH1"], 2025, answers, holders).in_2025.measure
    assert isinstance(measure, Pooled)
    assert (measure.numerator, measure.denominator) == (1, 2)


def test_after_the_end_of_a_part_the_others_are_counted_alone() -> None:
    answers = [told("quan-1", "9/9", 2024), told("so-vhtt", "1/3", 2026)]
    measure = assess(INDICATORS["VH1"], 2026, answers, {}).in_2030.measure
    assert measure
    assert measure.percent == Fraction(100, 3)


def test_sub_counts_are_pooled_with_their_own_coverage() -> None:
    answers = [
        told("so-vhtt", "8/12", parts={"giao-duc": "10/12", "khong-gian-so": "9/12"}),
        told("bo-tu-lenh", "2/3", parts={"giao-duc": "3/3", "khong-gian-so": "2/3"}),
        told("so-yt", "1/1"),
    ]
    measure = assess(INDICATORS["BT1"], 2025, answers, {}).in_2025.measure
    assert isinstance(measure, Pooled)
    assert measure.parts == (PartSum("giao-duc", 13, 15, 2), PartSum("khong-gian-so", 11, 15, 2))
    assert measure.parts[0].percent == Fraction(1300, 15)


def test_a_share_just_short_of_all_is_not_all() -> None:
    found = assess(INDICATORS["TV1.1"], 2025, [told("so-vhtt", "2499/2500")], {}).in_2025
    assert found.standing is Standing.NOT_MET
    assert found.gap == Fraction("0.04")
