"""Before, at and after each line that the plan draws."""

from fractions import Fraction

import pytest

from plan.attainment import Standing, base_year, judge
from plan.catalogue import Target

SEVENTY, BAND = Target(70), Target(10, 15)
HAIR = Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("value", "target", "standing"),
    [
        pytest.param(70 - HAIR, SEVENTY, Standing.NOT_MET, id="a-hair-below"),
        pytest.param(Fraction(70), SEVENTY, Standing.MET, id="exactly"),
        pytest.param(Fraction(100), SEVENTY, Standing.MET, id="no-band-no-exceeding"),
        pytest.param(10 - HAIR, BAND, Standing.NOT_MET, id="9.999999999"),
        pytest.param(Fraction(10), BAND, Standing.MET, id="lower-end"),
        pytest.param(Fraction("12.5"), BAND, Standing.MET, id="the-middle-means-nothing"),
        pytest.param(Fraction(15), BAND, Standing.MET, id="upper-end"),
        pytest.param(15 + HAIR, BAND, Standing.EXCEEDED, id="15.000000001"),
        pytest.param(Fraction(-5), BAND, Standing.NOT_MET, id="shrinking"),
        pytest.param(Fraction("99.96"), Target(100), Standing.NOT_MET, id="99.96-is-not-all"),
    ],
)
def test_judges_at_the_boundaries(value: Fraction, target: Target, standing: Standing) -> None:
    assert judge(value, target) is standing


@pytest.mark.parametrize(("year", "base"), [(2023, 2022), (2025, 2022), (2026, 2025), (2030, 2025)])
def test_each_target_has_its_base_year(year: int, base: int) -> None:
    assert base_year(year) == base


def test_above_the_band_is_reached_too() -> None:
    assert Standing.EXCEEDED.reached
    assert not Standing.UNDERWAY.reached
    assert {each for each in Standing if each.grey} == {
        Standing.NOT_DUE,
        Standing.NOT_REPORTED,
        Standing.NO_DATA,
        Standing.NO_OBJECT,
        Standing.WAITING,
        Standing.ENDED,
        Standing.NO_BASE,
        Standing.ZERO_BASE,
        Standing.OTHER_GROUND,
        Standing.NOT_ASSIGNED,
    }
