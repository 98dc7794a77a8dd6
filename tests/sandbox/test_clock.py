from datetime import timedelta

import pytest

from sandbox.clock import PushedClock
from tests.sandbox.api import MONDAY, Watch


def test_runs_with_the_system_from_its_own_start(watch: Watch) -> None:
    clock = PushedClock(watch.now, MONDAY + timedelta(days=30))
    watch.forward(minutes=5)
    assert clock.now() == MONDAY + timedelta(days=30, minutes=5)


def test_runs_on_from_where_it_was_pushed(watch: Watch) -> None:
    clock = PushedClock(watch.now, MONDAY)
    clock.push_to(MONDAY + timedelta(days=7))
    watch.forward(seconds=1)
    assert clock.now() == MONDAY + timedelta(days=7, seconds=1)


def test_is_never_pushed_back(watch: Watch) -> None:
    clock = PushedClock(watch.now, MONDAY)
    with pytest.raises(ValueError, match="is past"):
        clock.push_to(MONDAY - timedelta(seconds=1))


def test_stands_still_while_the_system_goes_back(watch: Watch) -> None:
    clock = PushedClock(watch.now, MONDAY)
    watch.forward(hours=-1)
    assert clock.now() == MONDAY
