"""How often a process looks after its leases."""

import pytest

from bot.app import App
from bot.leasing import EVERY, LOOK_SECONDS, Leasing, Tenure
from bot.sender import QUIET_SECONDS
from storage.leases import SECONDS


class EnoughError(Exception):
    """The test has seen what it wanted."""


async def test_who_waits_for_a_lease_looks_every_second_and_who_has_it_less_often(
    app: App,
) -> None:
    naps: list[float] = []

    async def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 2:
            raise EnoughError

    leasing = Leasing(
        [Tenure("poller:7")], "me", app.database, app.desks[0], app.clock, lambda _: None, nap
    )
    with pytest.raises(EnoughError):
        await leasing.run()
    assert naps == [LOOK_SECONDS, EVERY]


def test_a_take_over_is_within_twenty_seconds() -> None:
    """A lease renewed just before a crash; and the sender looks every second, too."""
    assert SECONDS + LOOK_SECONDS + QUIET_SECONDS + 1 <= 20
