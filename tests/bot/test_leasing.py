"""A process and its leases: it stops by itself before another may begin."""

from datetime import datetime

import pytest

from bot.app import App
from bot.leasing import LOOK_SECONDS, RENEWED_EVERY, SAFE_SECONDS, Leasing, Tenure
from bot.sender import QUIET_SECONDS
from storage.leases import SECONDS, Leases
from tests.bot.test_replicas import frozen
from tests.bot.watch import Watch

pytestmark = pytest.mark.usefixtures("logged")


@pytest.fixture
def tenure(app: App, watch: Watch) -> Tenure:
    mine = Tenure("work", watch.now)
    seek(app, mine)
    return mine


def seek(app: App, tenure: Tenure, owner: str = "a") -> None:
    with app.database.transaction() as session:
        answer = tenure.seek(Leases(session, app.clock()), owner)
    tenure.take(answer)


def test_who_has_never_asked_holds_nothing(watch: Watch) -> None:
    assert not Tenure("work", watch.now).held()


@pytest.mark.parametrize(
    ("seconds", "held"),
    [(SAFE_SECONDS - 1, True), (SAFE_SECONDS, False), (SECONDS, False)],
    ids=["before", "at", "when the lease ends"],
)
def test_it_is_held_until_shortly_before_the_lease_ends(
    tenure: Tenure, watch: Watch, seconds: float, *, held: bool
) -> None:
    watch.seconds += seconds
    assert tenure.held() == held


def test_renewed_it_is_held_longer(app: App, tenure: Tenure, watch: Watch) -> None:
    watch.seconds += SAFE_SECONDS - 1
    seek(app, tenure)
    watch.seconds += SAFE_SECONDS - 1
    assert (tenure.held(), tenure.fence) == (True, 1)


def test_a_process_that_was_frozen_is_still_itself_if_nobody_came(
    app: App, tenure: Tenure, watch: Watch
) -> None:
    watch.seconds += 900
    assert not tenure.held()
    seek(app, tenure)
    assert (tenure.held(), tenure.fence) == (True, 1)


def test_a_process_that_was_frozen_too_long_finds_its_work_taken(
    app: App, tenure: Tenure, watch: Watch
) -> None:
    frozen(app.database)
    successor = Tenure("work", watch.now)
    seek(app, successor, "b")
    assert successor.fence == 2
    if app.database.is_sqlite:
        return  # there the next look takes it back: one process is alone
    seek(app, tenure)
    assert (tenure.held(), tenure.fence) == (False, None)


def test_given_up_another_need_not_wait(app: App, tenure: Tenure, watch: Watch) -> None:
    with app.database.transaction() as session:
        tenure.give_up(Leases(session, app.clock()))
    assert not tenure.held()
    successor = Tenure("work", watch.now)
    seek(app, successor, "b")
    assert successor.held()


class EnoughError(Exception):
    """The test has seen what it wanted."""


async def test_each_second_the_databases_time_is_heard_and_now_and_then_a_lease_renewed(
    app: App, watch: Watch
) -> None:
    """Its clock may be set, too. On SQLite it is the machine's, and not asked."""
    looks, heard = 4 * RENEWED_EVERY, list[datetime]()

    async def nap(seconds: float) -> None:
        await watch.sleep(seconds)
        if watch.seconds == 100 + looks * LOOK_SECONDS:
            raise EnoughError

    mine = Tenure("work", watch.now)
    leasing = Leasing([mine], "me", app.database, app.desks[0], app.clock, heard.append, nap)
    await app.desks[0].run(leasing.seek)
    with pytest.raises(EnoughError):
        await leasing.run()
    assert looks * LOOK_SECONDS > SAFE_SECONDS
    assert mine.held()
    assert len(heard) == (4 if app.database.is_sqlite else looks)


async def test_who_waits_for_a_lease_asks_for_it_every_second(app: App, watch: Watch) -> None:
    naps = []

    async def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 2:
            raise EnoughError

    mine = Tenure("work", watch.now)
    leasing = Leasing([mine], "me", app.database, app.desks[0], app.clock, lambda _: None, nap)
    with pytest.raises(EnoughError):
        await leasing.run()
    assert (mine.held(), naps) == (True, [LOOK_SECONDS] * 2)


def test_a_take_over_is_within_twenty_seconds() -> None:
    """A lease renewed just before a crash; and the sender looks every second, too."""
    assert SECONDS + LOOK_SECONDS + QUIET_SECONDS + 1 <= 20
