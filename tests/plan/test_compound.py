"""Groups add up to the whole; conditions overlap in it."""

import pytest

from plan.answers import Share
from plan.compound import Misfit, least, misfit, pooled, rest


def test_groups_are_pooled_not_averaged() -> None:
    assert pooled([Share(1, 1), Share(50, 99)]) == Share(51, 100)
    assert pooled([Share(0, 0), Share(4, 5)]) == Share(4, 5)
    assert pooled([]) == Share(0, 0)


def test_the_last_group_is_what_the_others_leave() -> None:
    assert rest(Share(12, 15), [Share(8, 10)]) == Share(4, 5)
    assert rest(Share(12, 15), [Share(12, 15)]) == Share(0, 0)


@pytest.mark.parametrize("group", [Share(13, 14), Share(3, 16), Share(8, 13)])
def test_groups_beyond_the_whole_leave_nothing_possible(group: Share) -> None:
    assert rest(Share(12, 15), [group]) is None


@pytest.mark.parametrize(
    ("conditions", "problem"),
    [
        pytest.param([Share(5, 12)], None, id="as many as meet all"),
        pytest.param([Share(12, 12)], None, id="every one, the other still open"),
        pytest.param([Share(12, 12), Share(5, 12)], None, id="every one meets the first"),
        pytest.param([Share(4, 12)], Misfit.RANGE, id="fewer than meet all"),
        pytest.param([Share(13, 12)], Misfit.RANGE, id="more than there are"),
        pytest.param([Share(8, 11)], Misfit.TOTAL, id="another total"),
        pytest.param([Share(8, 12), Share(9, 12)], None, id="five at least: fits"),
        pytest.param([Share(9, 12), Share(9, 12)], Misfit.OVERLAP, id="six at least"),
    ],
)
def test_conditions_that_cannot_be(conditions: list[Share], problem: Misfit | None) -> None:
    assert misfit(Share(5, 12), conditions, count=2) is problem


def test_how_many_must_meet_both_by_their_numbers_alone() -> None:
    assert least([Share(9, 12), Share(9, 12)]) == 6
    assert least([Share(3, 12), Share(4, 12)]) == 0
