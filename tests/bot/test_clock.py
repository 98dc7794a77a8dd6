"""The clock that replicas agree on, and the suspicion of a clock that jumps."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import AgreedClock, Steadiness
from tests.bot.watch import Watch

NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


def test_a_clock_three_seconds_fast_agrees_with_the_database() -> None:
    clock = AgreedClock(lambda: NOON + timedelta(seconds=3))
    clock.agree(NOON)
    assert clock() == NOON


def test_before_it_has_agreed_it_is_the_machines() -> None:
    assert AgreedClock(lambda: NOON)() == NOON


@pytest.fixture
def steadiness(watch: Watch) -> Steadiness:
    steady = Steadiness(watch.now)
    steady.step(NOON)
    return steady


def look_after(steadiness: Steadiness, watch: Watch, moved: timedelta) -> timedelta | None:
    """A second passes, and the wall clock is moved besides."""
    watch.seconds += 1
    return steadiness.step(NOON + timedelta(seconds=1) + moved)


@pytest.mark.parametrize("seconds", [0, 8, -8, 60, -60])
def test_small_corrections_are_no_step(steadiness: Steadiness, watch: Watch, seconds: int) -> None:
    assert look_after(steadiness, watch, timedelta(seconds=seconds)) is None
    assert not steadiness.doubtful()


@pytest.mark.parametrize("seconds", [61, -61, 3600, -3600])
def test_more_than_a_minute_is(steadiness: Steadiness, watch: Watch, seconds: int) -> None:
    moved = timedelta(seconds=seconds)
    assert look_after(steadiness, watch, moved) == moved
    assert steadiness.doubtful()


@pytest.mark.parametrize(("seconds", "doubtful"), [(59, True), (60, False), (61, False)])
def test_it_is_doubted_for_a_minute(
    steadiness: Steadiness, watch: Watch, seconds: int, *, doubtful: bool
) -> None:
    look_after(steadiness, watch, timedelta(hours=1))
    watch.seconds += seconds
    assert steadiness.doubtful() == doubtful


def test_a_loop_that_was_blocked_is_no_step(steadiness: Steadiness, watch: Watch) -> None:
    watch.seconds += 7200
    assert steadiness.step(NOON + timedelta(hours=2)) is None
