from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from bot.app import App
from bot.ticker import Ticker
from plan.calendars import local_date
from plan.reminders import Step, campaign_steps
from storage.people import People
from storage.reports import Reports
from storage.schedules import Schedules
from storage.tables import Broadcast, Occurrence
from tests.bot.post import Ladder, Post
from tests.cast import Cast

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
Tick = Callable[[datetime], int]
Logged = pytest.CaptureFixture[str]


@pytest.fixture
def tick(app: App) -> Tick:
    """How many messages the moment has queued."""

    def at(now: datetime) -> int:
        with app.database.transaction() as session:
            return app.ticker.tick(session, now)

    return at


def history(app: App, key: str = "report") -> list[Occurrence]:
    with app.database.transaction() as session:
        return [row for row in Schedules(session).history() if row.schedule_key == key]


def campaign(app: App, year: int = 2024) -> Step:
    """The announcement of October's week of lifelong learning."""
    catalogue = app.services.catalogue
    day = next(day for day in catalogue.campaign_days if day.id == "tuan-le-hoc-tap-suot-doi")
    return campaign_steps(day, year, app.services.calendar)[0]


@pytest.mark.parametrize(
    ("late", "queued"), [(-SECOND, 0), (0 * SECOND, 1), (SECOND, 1)], ids=["before", "at", "after"]
)
def test_reminds_when_the_step_is_due(
    tick: Tick, cast: Cast, ladder: Ladder, late: timedelta, queued: int
) -> None:
    cast.lan()
    assert tick(ladder.step(-30).due_at + late) == queued


def test_reminds_once(tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post) -> None:
    cast.lan()
    step = ladder.step(-30)
    assert [tick(step.due_at + n * SECOND) for n in range(3)] == [1, 0, 0]
    assert len(post.rows()) == 1
    assert [(row.step, row.state, row.recipients) for row in history(app)] == [
        ("report:-30", "sent", 1)
    ]


def test_two_ticks_at_once_remind_once(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    together = Barrier(2, timeout=10)

    def at_once(now: datetime) -> int:
        together.wait()
        return tick(now)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(at_once, [ladder.step(-30).due_at] * 2)) == [0, 1]
    assert (len(post.rows()), len(history(app))) == (1, 1)


def test_reminds_late_after_downtime_with_the_newest_only(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    tick(ladder.step(-7).due_at + HOUR)
    assert post.row.dedupe_key.startswith("rem:report:-7:")
    assert [(row.step, row.state) for row in history(app)] == [
        ("report:-30", "expired"),
        ("report:-14", "expired"),
        ("report:-7", "sent"),
    ]


@pytest.mark.parametrize(
    ("late", "queued", "state"),
    [(-SECOND, 1, "sent"), (0 * SECOND, 1, "sent"), (SECOND, 0, "expired")],
    ids=["before", "at", "after"],
)
def test_does_not_remind_when_it_makes_no_sense_any_more(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, late: timedelta, queued: int, state: str
) -> None:
    cast.lan()
    assert tick(ladder.step(-30).send_by + late) == queued
    assert [row.state for row in history(app)] == [state]


def test_a_reminder_carries_the_last_moment_it_may_be_sent(
    tick: Tick, cast: Cast, ladder: Ladder, post: Post
) -> None:
    cast.lan()
    tick(ladder.step(-30).due_at)
    assert post.row.send_by_at == ladder.step(-30).send_by
    assert post.row.agency_id == "quan-1"


def test_who_has_reported_is_left_alone(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    cast.minh()
    with app.database.transaction() as session:
        Reports(session).open("quan-1", 2024, app.clock()).state = "submitted"
    assert tick(ladder.step(-30).due_at) == 1
    assert post.row.agency_id == "so-gddt"


def test_last_years_report_does_not_count_for_this_year(
    tick: Tick, cast: Cast, ladder: Ladder, app: App
) -> None:
    cast.lan()
    with app.database.transaction() as session:
        Reports(session).open("quan-1", 2023, app.clock()).state = "submitted"
    assert tick(ladder.step(-30).due_at) == 1


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
    tick(ladder.step(-30).due_at)
    assert post.row.address == "101"


def test_late_in_the_evening_it_waits_for_the_office_to_open(
    tick: Tick, cast: Cast, ladder: Ladder, app: App, post: Post
) -> None:
    cast.lan()
    evening = ladder.step(-30).due_at + 13 * HOUR
    assert tick(evening) == 1
    assert post.row.not_before_at == app.services.calendar.next_office_moment(evening)
    assert local_date(post.row.not_before_at) > local_date(evening)


def test_after_the_last_step_next_years_first_is_due(tick: Tick, ladder: Ladder, app: App) -> None:
    tick(ladder.step(5).due_at)
    with app.database.transaction() as session:
        due = Schedules(session).due(ladder.step(5, 2025).due_at, app.ticker.keys)
        due_at = {row.key: row.next_due_at for row in due}
    assert due_at["report"] == ladder.step(-30, 2025).due_at


def test_years_of_downtime_are_no_burst(tick: Tick, cast: Cast, ladder: Ladder, app: App) -> None:
    cast.lan()
    assert tick(ladder.step(-3, 2026).due_at) == 1
    assert [row.state for row in history(app)] == ["expired"] * 21 + ["sent"]


def test_a_campaign_is_announced_to_those_who_have_reported_too(
    tick: Tick, cast: Cast, app: App, post: Post
) -> None:
    cast.lan()
    step = campaign(app)
    with app.database.transaction() as session:
        Reports(session).open("quan-1", 2024, app.clock()).state = "submitted"
    assert tick(step.due_at) == 1
    assert post.row.dedupe_key.startswith("rem:campaign:tuan-le-hoc-tap-suot-doi:")


def test_a_campaign_that_has_begun_is_not_announced(tick: Tick, cast: Cast, app: App) -> None:
    cast.lan()
    step = campaign(app)
    tick(step.send_by + SECOND)
    assert [row.state for row in history(app, f"{step.key}")] == ["expired"]


def test_a_schedule_begins_with_the_first_step_to_come(app: App, ladder: Ladder) -> None:
    with app.database.transaction() as session:
        schedules = Schedules(session)
        days = app.services.catalogue.campaign_days
        assert set(schedules.all()) == {"report", *(f"campaign:{day.id}" for day in days)}
        assert min(row.next_due_at for row in schedules.all().values()) == ladder.step(-30).due_at


def test_a_restart_does_not_move_what_is_due(app: App, ladder: Ladder) -> None:
    later = ladder.step(-7).due_at
    with app.database.transaction() as session:
        Ticker(app.services.catalogue, app.services.calendar).prepare(session, later)
        assert (
            min(row.next_due_at for row in Schedules(session).all().values())
            == ladder.step(-30).due_at
        )


def test_a_campaign_that_has_left_the_plan_stops_nothing(
    app: App, cast: Cast, ladder: Ladder, post: Post
) -> None:
    cast.lan()
    catalogue = app.services.catalogue
    ticker = Ticker(replace(catalogue, campaign_days=()), app.services.calendar)
    last = ladder.step(-3).due_at  # by then a campaign of last time is due as well
    with app.database.transaction() as session:
        ticker.prepare(session, app.clock())
        assert ticker.tick(session, last) == 1
    assert post.row.dedupe_key.startswith("rem:report:-3:")
    assert last > campaign(app).due_at


def test_a_schedule_that_cannot_be_decided_holds_up_no_other(
    tick: Tick, app: App, cast: Cast, ladder: Ladder, post: Post, logged: Logged
) -> None:
    cast.lan()
    step = campaign(app)
    with app.database.transaction() as session:  # it has been decided, and yet it is due
        Schedules(session).decide(
            step.key, step.key, step.due_at, state="sent", recipients=0, now=step.due_at
        )
    assert tick(ladder.step(-3).due_at) > 0
    assert any(row.dedupe_key.startswith("rem:report:-3:") for row in post.rows())
    assert "schedule not decided" in logged.readouterr().out


async def test_a_notice_that_cannot_be_reported_on_undoes_no_reminder(
    app: App, cast: Cast, ladder: Ladder, post: Post
) -> None:
    cast.lan()
    thu = cast.thu()
    with app.database.transaction() as session:
        author = People(session).at("telegram", str(thu.chat_id))
        assert author is not None
        People(session).speak(author.person_id, "xx")  # a language without a catalogue
        row = Broadcast(
            text="",
            audience="all",
            recipients=0,
            person_id=author.person_id,
            channel="telegram",
            address=str(thu.chat_id),
            confirmed_at=app.clock(),
        )
        session.add(row)
    post.clock.push_to(ladder.step(-30).due_at)
    with pytest.raises(FileNotFoundError):
        await app.tick()
    assert post.row.dedupe_key.startswith("rem:report:-30:")


async def test_a_reminder_is_read_by_the_person(
    app: App, cast: Cast, ladder: Ladder, post: Post
) -> None:
    lan = cast.lan()
    post.clock.push_to(ladder.step(-30).due_at)
    await app.tick()
    await app.pump()
    assert "2024" in lan.last.text
    assert post.row.state == "sent"
