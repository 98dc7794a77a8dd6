from fractions import Fraction

import pytest

from plan.attainment import Standing, base_year, growth, judge, mean_growth, pooled, share
from plan.catalogue import Target

SEVENTY, BAND = Target(70), Target(10, 15)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        pytest.param(12, 15, Fraction(80), id="80"),
        pytest.param(2, 3, Fraction(200, 3), id="stays-exact"),
        pytest.param(0, 5, Fraction(0), id="zero-is-a-figure"),
        pytest.param(0, 0, None, id="nothing-to-count"),
    ],
)
def test_computes_a_share(numerator: int, denominator: int, percent: Fraction | None) -> None:
    assert share(numerator, denominator) == percent


def test_pools_instead_of_averaging_ratios() -> None:
    assert pooled([(1, 1), (50, 99)]) == Fraction(51)
    assert pooled([(3, 4), (0, 0)]) == Fraction(75)
    assert pooled([(0, 0)]) is None
    assert pooled([]) is None


@pytest.mark.parametrize(
    ("earlier", "later", "percent"),
    [
        pytest.param(1000, 1100, Fraction(10), id="up"),
        pytest.param(1000, 950, Fraction(-5), id="down"),
        pytest.param(1000, 0, Fraction(-100), id="closed"),
        pytest.param(None, 1000, None, id="first-year"),
        pytest.param(0, 1000, None, id="from-nothing"),
    ],
)
def test_computes_growth(earlier: int | None, later: int, percent: Fraction | None) -> None:
    assert growth(earlier, later) == percent


@pytest.mark.parametrize(
    ("value", "target", "standing"),
    [
        pytest.param(Fraction(70) - Fraction(1, 10**9), SEVENTY, Standing.NOT_MET, id="a-hair"),
        pytest.param(Fraction(70), SEVENTY, Standing.MET, id="exactly"),
        pytest.param(Fraction(100), SEVENTY, Standing.MET, id="no-band-no-exceeding"),
        pytest.param(Fraction(99, 10), BAND, Standing.NOT_MET, id="below-the-band"),
        pytest.param(Fraction(10), BAND, Standing.MET, id="lower-end"),
        pytest.param(Fraction(15), BAND, Standing.MET, id="upper-end"),
        pytest.param(Fraction(151, 10), BAND, Standing.EXCEEDED, id="above-the-band"),
        pytest.param(Fraction(-5), BAND, Standing.NOT_MET, id="shrinking"),
    ],
)
def test_judges_at_the_boundaries(value: Fraction, target: Target, standing: Standing) -> None:
    assert judge(value, target) is standing


def test_does_not_call_nothing_zero() -> None:
    assert judge(share(0, 0), SEVENTY) is Standing.NO_OBJECT
    assert judge(growth(None, 9), BAND, missing=Standing.NO_BASE) is Standing.NO_BASE
    assert judge(share(0, 5), SEVENTY) is Standing.NOT_MET


@pytest.mark.parametrize(
    ("first", "last", "years", "percent"),
    [
        pytest.param(8_000, 12_500, 2, Fraction(25), id="compounded"),
        pytest.param(100, 50, 1, Fraction(-50), id="down"),
        pytest.param(100, 0, 3, Fraction(-100), id="to-nothing"),
        pytest.param(0, 50, 3, None, id="from-nothing"),
        pytest.param(None, 50, 3, None, id="from-nowhere"),
        pytest.param(100, 50, 0, None, id="no-time"),
    ],
)
def test_averages_growth_over_years(
    first: int | None, last: int, years: int, percent: Fraction | None
) -> None:
    assert mean_growth(first, last, years) == percent


@pytest.mark.parametrize(("year", "base"), [(2023, 2022), (2025, 2022), (2026, 2025), (2030, 2025)])
def test_each_target_has_its_base_year(year: int, base: int) -> None:
    assert base_year(year) == base
