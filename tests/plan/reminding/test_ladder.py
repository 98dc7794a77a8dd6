"""The deadline and the steps around it, of every year that the plan has left."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest

from bot.calendars import calendar_for
from plan.calendars import ZONE, WorkingCalendar, local_date, moment
from plan.deadlines import Deadline, Terms, Weekend, extended, yearly_deadline
from plan.loading import load
from plan.reminding.ladder import AFTERNOON, Ladder, Step, problems, report_steps

PLAN = load()
REAL = calendar_for(PLAN)
YEARS = range(2026, 2031)
SECOND = timedelta(seconds=1)

WEEKDAYS = {2026: "Wed", 2027: "Thu", 2028: "Sat", 2029: "Sun", 2030: "Mon"}
AIMS = {
    2026: date(2026, 11, 4),
    2027: date(2027, 11, 4),
    2028: date(2028, 11, 3),
    2029: date(2029, 11, 2),
    2030: date(2030, 11, 4),
}
STEPS = {
    2026: "18/09 23/09 15/10 26/10 30/10 03/11 04/11 04/11 05/11 09/11 11/11",
    2027: "20/09 23/09 15/10 26/10 01/11 03/11 04/11 04/11 05/11 09/11 11/11",
    2028: "20/09 22/09 16/10 25/10 31/10 02/11 03/11 03/11 06/11 08/11 10/11",
    2029: "20/09 21/09 15/10 24/10 30/10 01/11 02/11 02/11 05/11 07/11 09/11",
    2030: "20/09 23/09 15/10 24/10 30/10 01/11 04/11 04/11 05/11 07/11 11/11",
}
KEYS = ["open", "-30", "-14", "-7", "-3", "-1", "0", "0b", "+1", "+3", "+5"]


def deadline(year: int, weekend: Weekend = Weekend.EARLIER) -> Deadline:
    return yearly_deadline(year, REAL, PLAN.reporting, Terms(weekend))


def ladder(
    year: int, weekend: Weekend = Weekend.EARLIER, shape: Ladder | None = None
) -> tuple[Step, ...]:
    return report_steps(shape or Ladder(), deadline(year, weekend), REAL)


@pytest.mark.parametrize("year", YEARS)
def test_the_deadline_of_each_year(year: int) -> None:
    found = deadline(year)
    assert found.wording == "trước ngày 05 tháng 11"
    assert (found.before, found.last_day) == (date(year, 11, 5), date(year, 11, 4))
    assert f"{found.last_day:%a}" == WEEKDAYS[year]
    assert found.last_moment == moment(date(year, 11, 5), time()) - SECOND
    assert (found.last_working_day, found.aim) == (AIMS[year], AIMS[year])
    assert found.cut_off == date(year, 10, 31)


@pytest.mark.parametrize("year", YEARS)
def test_the_steps_of_each_year(year: int) -> None:
    steps = ladder(year)
    assert [step.key for step in steps] == KEYS
    assert " ".join(f"{local_date(step.due_at):%d/%m}" for step in steps) == STEPS[year]


@pytest.mark.parametrize("year", YEARS)
def test_every_step_is_on_a_working_day_at_eight_or_after_the_noon_break(year: int) -> None:
    for step in ladder(year):
        day = local_date(step.due_at)
        clock = AFTERNOON if step.key == "0b" else time(8)
        assert REAL.is_working_day(day)
        assert step.due_at == moment(day, clock)


@pytest.mark.parametrize("year", YEARS)
def test_never_are_two_steps_sendable_at_once(year: int) -> None:
    for earlier, later in pairwise(ladder(year)):
        assert earlier.due_at < earlier.send_by <= later.due_at


@pytest.mark.parametrize("year", YEARS)
def test_nobody_is_called_late_before_the_deadline_has_passed(year: int) -> None:
    found = deadline(year)
    assert [step.key for step in ladder(year) if found.passed(step.due_at)] == ["+1", "+3", "+5"]
    assert [step.late for step in ladder(year)] == [0] * 8 + [1, 3, 5]


@pytest.mark.parametrize(
    ("after", "passed"),
    [(-SECOND, False), (0 * SECOND, False), (SECOND, True)],
    ids=["before", "at", "after"],
)
def test_the_last_moment_is_on_time(after: timedelta, *, passed: bool) -> None:
    assert deadline(2028).passed(deadline(2028).last_moment + after) is passed


@pytest.mark.parametrize(
    ("weekend", "last_day", "aim", "last_step"),
    [
        pytest.param(Weekend.EARLIER, "04/11", "03/11", "03/11", id="earlier"),
        pytest.param(Weekend.NEXT, "06/11", "06/11", "06/11", id="next"),
        pytest.param(Weekend.NONE, "04/11", "04/11", "03/11", id="none"),
    ],
)
def test_what_is_done_about_a_saturday(
    weekend: Weekend, last_day: str, aim: str, last_step: str
) -> None:
    found = deadline(2028, weekend)
    steps = {step.key: f"{local_date(step.due_at):%d/%m}" for step in ladder(2028, weekend)}
    assert (f"{found.last_day:%d/%m}", f"{found.aim:%d/%m}") == (last_day, aim)
    assert steps["0"] == last_step


@pytest.mark.parametrize(
    ("year", "weekend", "first"),
    [
        (2028, Weekend.NEXT, "07/11"),
        (2029, Weekend.NEXT, "06/11"),
        (2028, Weekend.EARLIER, "06/11"),
        (2029, Weekend.EARLIER, "05/11"),
    ],
)
def test_the_first_step_after_the_deadline_is_the_working_day_after_it(
    year: int, weekend: Weekend, first: str
) -> None:
    steps = {step.key: step for step in ladder(year, weekend)}
    assert f"{local_date(steps['+1'].due_at):%d/%m}" == first


def test_an_internal_date_has_a_step_of_its_own() -> None:
    asked = yearly_deadline(2026, REAL, PLAN.reporting, Terms(internal=(10, 24)))
    steps = {step.key: step for step in report_steps(Ladder(), asked, REAL)}
    # The 24th is a Saturday.
    assert local_date(steps["internal"].due_at) == date(2026, 10, 23)
    assert asked.internal == date(2026, 10, 24)
    assert not asked.passed(moment(date(2026, 10, 25), time(9)))


def test_an_internal_date_after_the_deadline_is_none() -> None:
    asked = yearly_deadline(2026, REAL, PLAN.reporting, Terms(internal=(11, 10)))
    assert asked.internal is None


def test_an_extension_moves_the_ladder() -> None:
    later = extended(deadline(2026), date(2026, 11, 20), REAL)
    steps = {s.key: f"{local_date(s.due_at):%d/%m}" for s in report_steps(Ladder(), later, REAL)}
    assert (later.before, later.extended) == (date(2026, 11, 21), True)
    assert (steps["-1"], steps["0"], steps["+1"]) == ("19/11", "20/11", "23/11")


def test_of_two_steps_on_one_morning_the_nearer_stays() -> None:
    shape = Ladder(opening_days=0, before=(2, 1), after=())
    closed = WorkingCalendar()
    saturday = yearly_deadline(2028, closed, PLAN.reporting, Terms(Weekend.NONE))
    steps = report_steps(shape, saturday, closed)
    assert [(s.key, f"{local_date(s.due_at):%d/%m}") for s in steps] == [
        ("-2", "02/11"),
        ("0", "03/11"),
        ("0b", "03/11"),
    ]


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 21), False),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
    ],
)
def test_the_swaps_of_2026(on: date, *, worked: bool) -> None:
    assert REAL.is_working_day(on) is worked


@pytest.mark.parametrize(
    ("shape", "faults"),
    [
        (Ladder(), []),
        (Ladder(before=(7, 14)), ["before"]),
        (Ladder(before=(7, 7)), ["before"]),
        (Ladder(after=(3, 1)), ["after"]),
        (Ladder(before=(121,)), ["range"]),
        (Ladder(before=(120,), opening_days=120), []),
        (Ladder(before=(0,)), ["range"]),
        (Ladder(opening_days=-1), ["range"]),
        (Ladder(before=tuple(range(13, 0, -1)), after=()), ["many"]),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(shape: Ladder, faults: list[str]) -> None:
    assert problems(shape) == faults


@pytest.mark.parametrize(
    ("key", "until"),
    [
        ("-3", "02/11 17:00"),
        ("-1", "03/11 17:00"),
        ("0", "04/11 13:30"),
        ("0b", "04/11 17:00"),
        ("+3", "10/11 17:00"),
        ("+5", "12/11 17:00"),
    ],
    ids=["eve", "same day", "noon", "afternoon", "late", "last"],
)
def test_until_when_a_step_may_be_sent(key: str, until: str) -> None:
    steps = {step.key: step for step in ladder(2026)}
    assert f"{steps[key].send_by.astimezone(ZONE):%d/%m %H:%M}" == until
