"""What the clock brings, once and by one process, whatever the clock itself does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.app import App
from bot.clock import Steadiness
from sandbox.clock import PushedClock
from storage.audit import Audit
from storage.leases import Leases
from storage.ledger import Ledger
from storage.people import People
from storage.pulses import Pulses
from tests.bot.post import Ladder, Post
from tests.bot.watch import Watch
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("logged")
Ticking = Callable[[int], None]


class Wall:
    """A clock on the wall: it goes by the watch, and can be set, back too."""

    def __init__(self, watch: Watch, now: datetime) -> None:
        self.watch, self.now = watch, now

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        self.now = now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)

    def wait(self, seconds: float) -> None:
        self.watch.seconds += seconds
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def wall(app: App, watch: Watch) -> Wall:
    """In earnest: a clock that does not go as time goes is doubted."""
    wall = Wall(watch, app.clock())
    app.clockwork.trusts, app.clockwork.clock = Steadiness(watch.now).trusts, wall
    return wall


@pytest.fixture
def ticking(app: App, wall: Wall) -> Ticking:
    """So many seconds pass, with a tick at each."""

    def passes(seconds: int) -> None:
        for _ in range(seconds):
            wall.wait(1)
            app.clockwork.tick()

    return passes


@pytest.fixture
def due_at(cast: Cast, ladder: Ladder) -> datetime:
    """When Lan is first reminded."""
    assert cast.lan()
    return ladder.step("open").due_at


def steps(app: App) -> list[tuple[str, str]]:
    with app.database.transaction() as session:
        found = Ledger(session).of_agency("quan-1", 2024)
        return [(line.step, line.state) for line in found if line.obligation == "report:2024"]


@pytest.mark.parametrize("hours", [1, 7])
def test_a_clock_set_forward_decides_a_minute_later(
    wall: Wall, due_at: datetime, ticking: Ticking, post: Post, hours: int
) -> None:
    wall.set(due_at - timedelta(hours=hours, minutes=-1))
    ticking(2)
    wall.move(hours=hours)
    ticking(59)
    assert post.rows() == []
    ticking(3)
    assert len(post.rows()) == 1


def test_a_clock_set_wrong_and_right_again_reminds_once_and_in_time(
    wall: Wall, due_at: datetime, ticking: Ticking, post: Post
) -> None:
    wall.set(due_at - timedelta(hours=1))
    ticking(2)
    wall.move(hours=2)
    ticking(20)
    wall.move(hours=-2)
    ticking(65)
    assert post.rows() == []
    wall.set(due_at)
    ticking(65)
    assert len(post.rows()) == 1


def test_set_back_after_a_reminder_it_does_not_come_twice(
    wall: Wall, due_at: datetime, ticking: Ticking, post: Post, app: App
) -> None:
    wall.set(due_at)
    ticking(2)
    wall.move(hours=-1)
    ticking(70)
    wall.move(hours=1)
    ticking(70)
    assert len(post.rows()) == 1
    assert steps(app) == [("open", "planned")]


def test_a_loop_that_was_blocked_reminds_late_not_never(
    wall: Wall, due_at: datetime, ticking: Ticking, post: Post
) -> None:
    wall.set(due_at - timedelta(seconds=3))
    ticking(1)
    wall.wait(4)
    ticking(1)
    assert len(post.rows()) == 1


def test_who_does_not_hold_the_lease_decides_nothing(
    app: App, clock: PushedClock, due_at: datetime, post: Post
) -> None:
    with app.database.transaction() as session:
        app.ticking.give_up(Leases(session, app.clock()))
    clock.push_to(due_at)
    app.clockwork.tick()
    app.clockwork.prune()
    assert post.rows() == []


def test_who_gets_the_lease_by_a_step_of_the_clock_doubts_it_too(
    app: App, wall: Wall, due_at: datetime, ticking: Ticking, post: Post
) -> None:
    """Of several processes the one that looks first takes over when the database's clock jumps."""
    wall.set(due_at - timedelta(minutes=59))
    with app.database.transaction() as session:
        app.ticking.give_up(Leases(session, app.clock()))
    ticking(2)
    wall.move(hours=1)
    app.leasing.seek()
    assert app.ticking.held()
    ticking(50)
    assert post.rows() == []


def test_while_the_clock_is_doubted_nothing_is_forgotten(
    app: App, wall: Wall, ticking: Ticking, cast: Cast
) -> None:
    lan = cast.lan()
    ticking(2)
    with app.database.transaction() as session:
        People(session).end_roles(1, wall())
    wall.move(days=800)
    app.clockwork.prune()
    with app.database.transaction() as session:
        assert People(session).name(1) == "Nguyễn Thị Lan"
    ticking(70)
    app.clockwork.prune()
    with app.database.transaction() as session:
        assert People(session).name(1) == ""
    assert lan


def test_a_clock_that_was_moved_makes_no_backup_and_forgets_nothing_for_a_minute(
    app: App, wall: Wall, ticking: Ticking
) -> None:
    ticking(2)
    assert app.clockwork.decides()
    wall.move(days=730)
    assert not app.clockwork.decides()
    ticking(59)
    assert not app.clockwork.decides()
    ticking(2)
    assert app.clockwork.decides()


def test_each_second_what_was_changed_is_sealed(app: App, clock: PushedClock) -> None:
    with app.database.transaction() as session:
        Audit(session).note("report.submitted", now=clock.now())
        assert Audit(session).unsealed() == 1
    app.clockwork.tick()
    with app.database.transaction() as session:
        assert (Audit(session).unsealed(), Audit(session).head().number) == (0, 1)


def test_that_the_clock_goes_is_seen_from_outside(app: App, clock: PushedClock) -> None:
    app.clockwork.tick()
    with app.database.transaction() as session:
        assert Pulses(session).all()["tick"].at == clock.now()
