"""Gap, pace, the line between the targets, and the forecast: guides, never judgements."""

from fractions import Fraction

import pytest

from plan.attainment import Mover, Reported, Standing, assess, movers, movers_of
from tests.plan.attainment.telling import INDICATORS, told


def in_2030(code: str, year: int, *answers: Reported) -> tuple[Fraction | None, Fraction | None]:
    """Gap and pace."""
    found = assess(INDICATORS[code], year, answers, {}).in_2030
    return found.gap, found.pace


def test_says_how_much_is_missing_and_how_much_a_year() -> None:
    # 60 - 48 = 12 points, from 2027 to 2030: 4 a year.
    assert in_2030("TV1.3", 2027, told("sai-gon", "48/100", 2027)) == (Fraction(12), Fraction(4))


def test_nothing_is_missing_once_it_is_reached() -> None:
    assert in_2030("TV1.3", 2027, told("sai-gon", "60/100", 2027)) == (Fraction(0), None)


def test_in_the_targets_own_year_no_pace_helps() -> None:
    assert in_2030("TV1.3", 2030, told("sai-gon", "48/100", 2030)) == (Fraction(12), None)


def test_growth_needs_to_catch_up_for_the_years_that_fell_short() -> None:
    # 1.1^5 = 1.61051 is wanted, 1.00 is there after one year: 1.61051^(1/4) - 1 = 12.65 % a year.
    visits = [told("sai-gon", "1000", 2025), told("sai-gon", "1000", 2026)]
    gap, pace = in_2030("BT2", 2026, *visits)
    assert gap == 10
    assert pace
    assert 1000 * (1 + pace / 100) ** 4 == pytest.approx(1610.51, abs=0.01)


def test_a_closed_house_has_no_pace() -> None:
    visits = [told("sai-gon", "1000", 2025), told("sai-gon", "0", 2026)]
    assert in_2030("BT2", 2026, *visits) == (Fraction(110), None)


@pytest.mark.parametrize(
    ("code", "year", "percent"),
    [
        pytest.param("TV1.3", 2025, None, id="the-target-itself"),
        pytest.param("TV1.3", 2026, 44, id="40 + 20/5"),
        pytest.param("TV1.3", 2029, 56, id="40 + 4·20/5"),
        pytest.param("TV1.3", 2030, None, id="the-other-target"),
        pytest.param("TV1.1", 2027, 100, id="all-along"),
        pytest.param("TV3", 2027, None, id="growth"),
        pytest.param("TV1.2", 2027, None, id="ended"),
    ],
)
def test_the_line_between_the_targets(code: str, year: int, percent: int | None) -> None:
    assert assess(INDICATORS[code], year, [], {}).guide == percent


def test_what_lies_behind_the_line_is_not_judged_by_it() -> None:
    found = assess(INDICATORS["TV1.3"], 2029, [told("sai-gon", "0/9", 2029)], {})
    assert found.guide == 56
    assert found.in_2030.standing is Standing.UNDERWAY


def test_forecasts_a_share_from_those_who_counted_both_years() -> None:
    # Both years: 10/20 → 12/20, 10 points a year. All of this year: 12 + 8 of 20 + 20 = 50 %.
    # By 2030 that is 50 + 3 · 10 = 80 %.
    answers = [
        told("sai-gon", "10/20", 2026),
        told("sai-gon", "12/20", 2027),
        told("cho-lon", "8/20", 2027),
    ]
    found = assess(INDICATORS["TV1.3"], 2027, answers, {}).forecast
    assert found
    assert [found.percent, found.pace, found.agencies] == [80, 10, 1]
    assert found.reaches
    assert (found.from_year, found.to_year) == (2026, 2027)


@pytest.mark.parametrize(("before", "percent"), [("2/20", 100), ("20/20", 0)])
def test_a_forecast_stays_within_what_there_is(before: str, percent: int) -> None:
    answers = [told("sai-gon", before, 2026), told("sai-gon", "11/20", 2027)]
    found = assess(INDICATORS["TV1.3"], 2027, answers, {}).forecast
    assert found
    assert found.percent == percent


def test_forecasts_from_the_nearest_year() -> None:
    years = {2025: "0/20", 2026: "10/20", 2027: "11/20"}
    answers = [told("sai-gon", said, year) for year, said in years.items()]
    found = assess(INDICATORS["TV1.3"], 2027, answers, {}).forecast
    assert found
    assert found.from_year == 2026
    assert found.pace == 5


def test_forecasts_over_a_year_that_nobody_counted() -> None:
    answers = [told("sai-gon", "10/20", 2026), told("sai-gon", "12/20", 2028)]
    found = assess(INDICATORS["TV1.3"], 2028, answers, {}).forecast
    assert found
    assert [found.pace, found.percent] == [5, 70]


def test_forecasts_growth_as_what_has_grown_and_then_as_last_year() -> None:
    # 1000 → 1100 → 1320, then 1.2 a year: 1.32 · 1.2^3 = 2.28096 in the five years from 2025.
    answers = [
        told("sai-gon", "1000", 2025),
        told("sai-gon", "1100", 2026),
        told("sai-gon", "1320", 2027),
    ]
    found = assess(INDICATORS["BT2"], 2027, answers, {}).forecast
    assert found
    assert (1 + found.percent / 100) ** 5 == pytest.approx(Fraction("2.28096"), abs=1e-5)
    assert found.pace == 20
    assert found.reaches


@pytest.mark.parametrize(
    ("code", "year", "answers"),
    [
        pytest.param("TV1.3", 2027, [told("sai-gon", "1/2", 2027)], id="one-year-only"),
        pytest.param("TV1.3", 2030, [told("a", "1/2", 2029), told("a", "1/2", 2030)], id="2030"),
        pytest.param("TV1.2", 2025, [told("a", "1/2", 2024), told("a", "1/2", 2025)], id="ended"),
        pytest.param("BT2", 2027, [told("sai-gon", "100", 2027)], id="growth-of-one-year"),
        pytest.param("TV1.3", 2027, [told("a", "1/2", 2026), told("b", "1/2", 2027)], id="others"),
    ],
)
def test_without_a_pace_there_is_no_forecast(code: str, year: int, answers: list[Reported]) -> None:
    assert assess(INDICATORS[code], year, answers, {}).forecast is None


def test_the_agencies_with_most_left_to_do_come_first() -> None:
    answers = [told("a", "9/10"), told("b", "10/50"), told("c", "40/40"), told("d", "no_data")]
    assert movers(2025, answers) == [Mover("b", Fraction(40)), Mover("a", Fraction(1))]


def test_the_agencies_that_moved_the_visits_most_come_first() -> None:
    answers = [
        told("a", "100", 2026),
        told("a", "160", 2027),
        told("b", "900", 2026),
        told("b", "800", 2027),
    ]
    yearly = assess(INDICATORS["BT2"], 2027, answers, {}).yearly
    assert yearly
    assert yearly.growth
    assert movers_of(yearly.growth) == [Mover("b", Fraction(-10)), Mover("a", Fraction(6))]
