"""What an operator settles holds for everybody within a tick, and as a whole."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from bot.app import App
from bot.calendars import calendar_for
from bot.settings import Settings
from plan.catalogue import Catalogue
from plan.deadlines import Weekend
from plan.reminding import settled
from plan.reminding.ladder import Ladder
from plan.reminding.rules import Rules, Timing
from storage.choices import Choices
from storage.daysoff import DaysOff

Settle = Callable[[str, Any], Rules]


@pytest.fixture
def settle(app: App) -> Settle:
    """The rules after a choice and the next tick."""

    def made(key: str, value: Any) -> Rules:
        with app.database.transaction() as session:
            Choices(session).settle(key, value, app.clock())
        app.clockwork.tick()
        return app.services.rules

    return made


def test_handlers_see_the_snapshot_of_the_ticker(app: App, settle: Settle) -> None:
    before = app.services.rules
    after = settle(settled.WEEKEND, "next")
    assert after is app.ticker.rules() is not before
    assert before.terms.weekend is Weekend.EARLIER
    assert after.deadline(2028).last_day == date(2028, 11, 6)


def test_without_a_change_the_snapshot_stays(app: App) -> None:
    before = app.services.rules
    app.clockwork.tick()
    assert app.services.rules is before


def test_a_ladder_is_kept_as_it_is_read(settle: Settle) -> None:
    ladder = Ladder(30, (10, 2), (2,), again=False)
    rules = settle(settled.LADDER, settled.ladder_kept(ladder))
    assert rules.ladder == ladder
    assert [step.key for step in rules.report_steps(2026, late=True)] == [
        "open",
        "-10",
        "-2",
        "0",
        "+2",
    ]


def test_given_up_the_default_holds_again(settle: Settle) -> None:
    settle(settled.INTERNAL, [10, 25])
    assert settle(settled.INTERNAL, None).terms.internal is None


def test_a_day_of_ones_own_is_a_campaign(settle: Settle) -> None:
    kept = {"name": "Ngày Văn hóa Việt Nam", "month": 11, "day": 24}
    rules = settle(f"{settled.OWN_DAY}ngay-van-hoa", kept)
    found = rules.day("ngay-van-hoa")
    assert found
    assert rules.span(found, 2026).first_on == date(2026, 11, 24)


def test_a_task_gets_a_date(app: App) -> None:
    with app.database.transaction() as session:
        Choices(session).date_task("IV.10.a", "month", "6", 10, app.clock())
    app.clockwork.tick()
    rules = app.services.rules
    assert rules.tasks["IV.10.a"].kind is Timing.MONTH
    assert rules.task_on("IV.10.a", 2026) == date(2026, 6, 30)


def test_an_official_day_wins_and_makes_its_year_known(app: App) -> None:
    with app.database.transaction() as session:
        DaysOff(session).put(date(2027, 11, 4), "off", "Bão", app.clock())
    app.clockwork.tick()
    rules = app.services.rules
    assert rules.deadline(2027).last_working_day == date(2027, 11, 3)
    assert 2027 in rules.known_years


def test_a_guess_does_not_make_its_year_known(app: App) -> None:
    with app.database.transaction() as session:
        DaysOff(session).put(date(2027, 2, 8), "off", "Tết", app.clock(), estimated=True)
    app.clockwork.tick()
    assert 2027 not in app.services.rules.known_years


@pytest.mark.parametrize(
    "on", [date(2026, 11, 24), date(2029, 11, 26), date(2030, 11, 25)], ids=str
)
def test_the_day_of_culture_can_be_switched_off(
    app: App, catalogue: Catalogue, settle: Settle, on: date
) -> None:
    assert not calendar_for(catalogue).is_working_day(on)
    assert settle(settled.CULTURE_DAY, False).calendar.is_working_day(on)
    assert app.services.calendar.is_working_day(on)


def test_office_hours_are_a_setting(settings: Settings) -> None:
    assert settings.office_hours[0] == (time(7, 30), time(11, 30))
    early = Settings(_env_file=None, office_hours="07:00-11:00, 13:30-17:30")
    assert early.office_hours == ((time(7), time(11)), (time(13, 30), time(17, 30)))


@pytest.mark.parametrize("hours", ["", "17:00-07:30", "07:30-11:30,11:00-17:00", "early"])
def test_office_hours_that_make_no_sense_are_refused(hours: str) -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, office_hours=hours)
