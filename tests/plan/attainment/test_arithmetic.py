from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.attainment import growth, mean_growth, pooled, share, shown


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
    ("first", "last", "years", "percent"),
    [
        pytest.param(8_000, 12_500, 2, Fraction(25), id="compounded"),
        pytest.param(10_000, 13_310, 3, Fraction(10), id="exactly-ten"),
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


@given(
    first=st.integers(1, 10**9),
    last=st.integers(0, 10**9),
    years=st.integers(1, 7),
    bound=st.integers(-(10**6), 5 * 10**5),
)
def test_a_root_lies_on_its_side_of_every_four_decimals(
    first: int, last: int, years: int, bound: int
) -> None:
    percent = Fraction(bound, 10**4)
    power = first * (1 + percent / 100) ** years
    value = mean_growth(first, last, years)
    assert value is not None
    assert (value > percent, value == percent) == (last > power, last == power)


@given(first=st.integers(1, 10**9), last=st.integers(0, 10**9), years=st.integers(1, 7))
def test_a_root_is_known_to_a_twenty_thousandth(first: int, last: int, years: int) -> None:
    value, error = mean_growth(first, last, years), Fraction(1, 20_000)
    assert value is not None
    low, high = (max(Fraction(0), 1 + (value + side) / 100) ** years for side in (-error, error))
    assert low * first <= last <= high * first


@pytest.mark.parametrize(
    ("percent", "tenths"),
    [
        pytest.param("100", "100", id="all"),
        pytest.param("99.96", "99.9", id="not-all"),
        pytest.param("99.9999999", "99.9", id="one-in-a-thousand-million"),
        pytest.param("99.94", "99.9", id="down"),
        pytest.param("9.999", "9.9", id="not-yet-ten"),
        pytest.param("12.25", "12.3", id="half-away-from-zero"),
        pytest.param("12.24", "12.2", id="below-the-half"),
        pytest.param("-3.96", "-3.9", id="falling"),
        pytest.param("0.04", "0", id="next-to-nothing"),
        pytest.param("15.04", "15", id="barely-above"),
    ],
)
def test_shows_one_decimal_and_never_what_was_not_reached(percent: str, tenths: str) -> None:
    assert shown(Fraction(percent)) == Fraction(tenths)


@given(total=st.integers(1, 10**7), missing=st.integers(1, 10**7))
def test_a_hundred_percent_is_all(total: int, missing: int) -> None:
    assert shown(Fraction(100 * max(0, total - missing), total)) < 100
