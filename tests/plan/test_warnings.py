"""What is worth a second look beside last year, and what is not."""

from fractions import Fraction

import pytest

from plan.answers import Share
from plan.warnings import Unusual, of_count, of_share


@pytest.mark.parametrize(
    ("now", "before", "unusual"),
    [
        pytest.param(Share(12, 15), Share(10, 15), (), id="a usual year"),
        pytest.param(Share(12, 16), Share(10, 15), (Unusual.TOTAL,), id="one more"),
        pytest.param(Share(10, 14), Share(10, 15), (Unusual.TOTAL,), id="one less"),
        pytest.param(Share(10, 10), Share(10, 15), (Unusual.SHRUNK, Unusual.UP), id="shrunk"),
        pytest.param(Share(9, 9), Share(10, 10), (Unusual.TOTAL,), id="was full before"),
        pytest.param(Share(16, 16), Share(10, 15), (Unusual.TOTAL, Unusual.UP), id="full of more"),
        pytest.param(Share(8, 10), Share(5, 10), (), id="thirty points are no jump"),
        pytest.param(Share(81, 100), Share(50, 100), (Unusual.UP,), id="more than thirty are"),
        pytest.param(Share(1, 10), Share(5, 10), (Unusual.DOWN,), id="down"),
        pytest.param(
            Share(80, 100), Share(8, 10), (Unusual.TENFOLD, Unusual.TOTAL), id="a digit too many"
        ),
        pytest.param(Share(1, 20), Share(10, 20), (Unusual.TENFOLD,), id="a digit too few"),
        pytest.param(Share(1, 20), Share(0, 20), (), id="from none to one"),
    ],
)
def test_a_share_beside_last_years(now: Share, before: Share, unusual: tuple[Unusual, ...]) -> None:
    assert of_share(now, before) == unusual


@pytest.mark.parametrize(
    ("now", "before", "grew", "unusual"),
    [
        pytest.param(1100, 1000, None, (), id="a usual year"),
        pytest.param(1300, 1000, None, (), id="thirty percent are no jump"),
        pytest.param(1301, 1000, None, (Unusual.UP,), id="more than thirty are"),
        pytest.param(699, 1000, None, (Unusual.DOWN,), id="down"),
        pytest.param(10_000, 1000, None, (Unusual.TENFOLD,), id="a digit too many"),
        pytest.param(100, 1000, None, (Unusual.TENFOLD,), id="a digit too few"),
        pytest.param(950, 1000, Fraction(8), (Unusual.TURNED,), id="falls after it grew"),
        pytest.param(1050, 1000, Fraction(-8), (Unusual.TURNED,), id="grows after it fell"),
        pytest.param(1050, 1000, Fraction(8), (), id="grows on"),
        pytest.param(500, 1000, Fraction(8), (Unusual.DOWN, Unusual.TURNED), id="both"),
        pytest.param(1000, None, None, (), id="first year"),
        pytest.param(1000, 0, None, (), id="from nothing"),
    ],
)
def test_a_count_beside_last_years(
    now: int, before: int | None, grew: Fraction | None, unusual: tuple[Unusual, ...]
) -> None:
    assert of_count(now, before, grew) == unusual
