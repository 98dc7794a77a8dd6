"""The morning as it is decided: once, late rather than never, and each step accounted for."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from bot.app import App
from bot.ticker import DAILY, Ticker, next_look
from plan.calendars import local_date
from plan.reminding.ladder import Step
from plan.reminding.obligations import obligations
from plan.reminding.situations import Situation
from storage.ledger import Ledger, Line
from storage.people import People
from storage.reports import Reports
from storage.schedules import Schedules
from tests.bot.post import Ladder, Post, Tick
from tests.cast import Cast

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
Logged = pytest.CaptureFixture[str]


def lines(app: App, about: str = "report:2024", agency_id: str = "quan-1") -> list[Line]:
    """The ledger of one obligation of one agency."""
    with app.database.transaction() as session:
        found = Ledger(session).of_agency(agency_id, int(about[-4:]))
        return [line for line in found if line.obligation == about]


def said(app: App, about: str = "report:2024") -> list[tuple[str, str]]:
    return [(line.step, line.reason or line.state) for line in lines(app, about)]


def campaign(app: App) -> Step:
    """The announcement of October's week of lifelong learning of 2024."""
    anybody = Situation("", app.services.catalogue.agencies[0].duty)
    key = "campaign:tuan-le-hoc-tap-suot-doi:2024"
    found = obligations(app.rulebook(), anybody, (2024,))
    return next(each.steps[0] for each in found if each.key == key)


@pytest.mark.parametrize(
    ("late", "queued"), [(-SECOND, 0), (0 * SECOND, 1), (SECOND, 1)], ids=["before", "at", "after"]
)
def test_reminds_when_the_step_is_due(
    tick: Tick, cast: Cast, ladder: Ladder, late: timedelta, queued: int
) -> None:
    cast.lan()
    assert tick(ladder.step("open").due_at + late) == queued


def test_reminds_once(tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post) -> None:
    cast.lan()
    step = ladder.step("open")
    assert [tick(step.due_at + n * SECOND) for n in range(3)] == [1, 0, 0]
    assert len(post.rows()) == 1
    assert said(app) == [("open", "planned")]


def test_two_ticks_at_once_remind_once(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    together = Barrier(2, timeout=10)

    def at_once(now: datetime) -> int:
        together.wait()
        return tick(now)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(at_once, [ladder.step("open").due_at] * 2)) == [0, 1]
    assert (len(post.rows()), len(lines(app))) == (1, 1)


def test_reminds_late_after_downtime_with_the_newest_only(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    assert tick(ladder.step(-7).due_at + HOUR) == 1
    assert post.row.kind == "digest"
    assert said(app) == [
        ("open", "missed"),
        ("-30", "missed"),
        ("-14", "missed"),
        ("-7", "planned"),
    ]


@pytest.mark.parametrize(
    ("late", "queued", "state"),
    [(-2 * SECOND, 1, "planned"), (-SECOND, 1, "planned"), (15 * HOUR + SECOND, 0, "expired")],
    ids=["before", "at", "after"],
)
def test_does_not_remind_when_it_makes_no_sense_any_more(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, late: timedelta, queued: int, state: str
) -> None:
    cast.lan()
    tick(ladder.step("+3").due_at)
    before = len(lines(app))
    # The last step may be sent until the office closes on the day after it.
    assert tick(ladder.step("+5").send_by + late) == queued
    assert [line.state for line in lines(app)[before:]] == [state]


def test_a_letter_carries_the_last_moment_it_may_be_sent(
    tick: Tick, cast: Cast, ladder: Ladder, post: Post
) -> None:
    cast.lan()
    tick(ladder.step("open").due_at)
    assert post.row.send_by_at == ladder.step("open").send_by
    assert post.row.agency_id == "quan-1"


def test_who_has_reported_is_left_alone(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    cast.minh()
    with app.database.transaction() as session:
        Reports(session).open("quan-1", 2024, app.clock()).state = "approved"
    assert tick(ladder.step("open").due_at) == 1
    assert post.row.agency_id == "so-gddt"
    assert said(app) == [("open", "reported")]


def test_last_years_report_does_not_count_for_this_year(
    tick: Tick, cast: Cast, ladder: Ladder, app: App
) -> None:
    cast.lan()
    with app.database.transaction() as session:
        Reports(session).open("quan-1", 2023, app.clock()).state = "approved"
    assert tick(ladder.step("open").due_at) == 1


def test_only_reachable_consenting_focal_points_are_reminded(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    cast.minh()
    cast.hoa()
    with app.database.transaction() as session:
        people = People(session)
        people.unreachable("telegram", "102", "blocked", app.clock())
        silent = people.welcome("telegram", "106", "No Consent", app.clock())
        people.join(silent, "quan-3", "focal", app.clock())
    tick(ladder.step("open").due_at)
    assert post.row.address == "101"
    assert [line.reason for line in lines(app, agency_id="so-gddt")] == ["unreachable"]
    assert [line.reason for line in lines(app, agency_id="quan-3")] == ["unreachable"]


def test_in_the_evening_it_waits_for_the_next_morning(
    tick: Tick, cast: Cast, ladder: Ladder, post: Post
) -> None:
    cast.lan()
    evening = ladder.step(-30).due_at + 13 * HOUR
    assert tick(evening) == 0
    assert tick(evening + 11 * HOUR) == 1
    assert local_date(post.row.not_before_at) > local_date(evening)


def test_at_noon_it_waits_for_the_afternoon(
    tick: Tick, cast: Cast, ladder: Ladder, post: Post
) -> None:
    cast.lan()
    due_at = ladder.step("open").due_at
    assert tick(due_at + 4 * HOUR) == 1
    assert post.row.not_before_at == due_at + 5 * HOUR


def test_on_the_last_day_who_is_missing_hears_of_it_twice(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    assert [tick(ladder.step(0).due_at + n * HOUR) for n in range(8)] == [1, 0, 0, 0, 0, 0, 1, 0]
    assert [row.dedupe_key.split(":")[2] for row in post.rows()] == ["again", "morning"]
    assert said(app)[-2:] == [("0", "planned"), ("0b", "planned")]


def test_years_of_downtime_are_no_burst(tick: Tick, cast: Cast, ladder: Ladder, app: App) -> None:
    cast.lan()
    assert tick(ladder.step(-3, 2026).due_at) == 1
    assert said(app) == [(key, "missed") for key, _ in said(app)[:-1]] + [("+5", "past")]
    assert said(app, "report:2026")[-1] == ("-3", "planned")


def test_a_campaign_is_announced_to_those_who_have_reported_too(
    tick: Tick, cast: Cast, app: App
) -> None:
    cast.lan()
    with app.database.transaction() as session:
        Reports(session).open("quan-1", 2024, app.clock()).state = "approved"
    assert tick(campaign(app).due_at) == 1


def test_a_campaign_that_has_begun_is_not_announced(tick: Tick, cast: Cast, app: App) -> None:
    cast.lan()
    tick(campaign(app).send_by + 15 * HOUR)
    assert said(app, "campaign:tuan-le-hoc-tap-suot-doi:2024") == [("-7", "past")]


def test_a_campaign_that_has_left_the_plan_stops_nothing(
    app: App, cast: Cast, ladder: Ladder
) -> None:
    cast.lan()
    ticker = Ticker(lambda: replace(app.rulebook(), days=()))
    last = ladder.step(-3).due_at  # by then a campaign of last time is due as well
    with app.database.transaction() as session:
        assert ticker.tick(session, last) == 1
    assert last > campaign(app).due_at
    assert said(app, "campaign:tuan-le-hoc-tap-suot-doi:2024") == []


def test_it_begins_with_the_next_working_morning(app: App) -> None:
    with app.database.transaction() as session:
        known = Schedules(session).all()
    assert set(known) == {DAILY}
    assert known[DAILY].next_due_at == next_look(app.services.calendar, app.clock())


def test_a_restart_does_not_move_what_is_due(
    app: App, tick: Tick, cast: Cast, ladder: Ladder
) -> None:
    cast.lan()
    later = ladder.step(-7).due_at
    with app.database.transaction() as session:
        app.ticker.prepare(session, later)
    assert tick(later) == 1
    assert [reason for _, reason in said(app)] == ["missed", "missed", "missed", "planned"]


async def test_a_reminder_is_read_by_the_person(
    app: App, cast: Cast, ladder: Ladder, post: Post
) -> None:
    lan = cast.lan()
    post.clock.push_to(ladder.step("open").due_at)
    await app.tick()
    await app.pump()
    assert "2024" in lan.last.text
    assert post.row.state == "sent"
    assert [line.fate for line in lines(app)] == ["sent"]
