from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from plan.calendars import WorkingCalendar, local_date
from plan.catalogue import CampaignDay, Duty
from plan.deadlines import yearly_deadline
from plan.loading import load
from plan.reminders import Step, campaign_steps, next_step, report_steps, steps_between, wanted

CALENDAR = WorkingCalendar()
PLAN = load()
DAYS = {day.id: day for day in PLAN.campaign_days}
MORNING_OF_THE_4TH = datetime(2026, 11, 4, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def ladder(year: int, calendar: WorkingCalendar = CALENDAR) -> tuple[Step, ...]:
    return report_steps(yearly_deadline(year, calendar, PLAN.reporting), calendar)


def steps_of_year(year: int) -> list[Step]:
    campaigns = [step for day in DAYS.values() for step in campaign_steps(day, year, CALENDAR)]
    return [*ladder(year), *campaigns]


def test_climbs_towards_the_last_working_day() -> None:
    assert [(step.key, local_date(step.due_at)) for step in ladder(2026)] == [
        ("report:-30", date(2026, 9, 23)),
        ("report:-14", date(2026, 10, 15)),
        ("report:-7", date(2026, 10, 26)),
        ("report:-3", date(2026, 10, 30)),
        ("report:-1", date(2026, 11, 3)),
        ("report:0", date(2026, 11, 4)),
        ("report:+1", date(2026, 11, 5)),
        ("report:+3", date(2026, 11, 9)),
        ("report:+5", date(2026, 11, 11)),
    ]


def test_speaks_at_eight_in_the_morning() -> None:
    steps = {step.key: step for step in ladder(2026)}
    assert steps["report:0"].due_at == MORNING_OF_THE_4TH


@pytest.mark.parametrize(
    ("key", "until"),
    [
        pytest.param("report:-3", datetime(2026, 11, 2, 10, tzinfo=UTC), id="eve-of-the-next"),
        pytest.param("report:-1", datetime(2026, 11, 3, 10, tzinfo=UTC), id="same-day"),
        pytest.param("report:+3", datetime(2026, 11, 10, 10, tzinfo=UTC), id="after-a-weekend"),
        pytest.param("report:+5", datetime(2026, 11, 12, 10, tzinfo=UTC), id="last"),
    ],
)
def test_is_sendable_until_the_eve_of_the_next_step(key: str, until: datetime) -> None:
    assert {step.key: step.send_by for step in ladder(2026)}[key] == until


@pytest.mark.parametrize("year", range(2023, 2031))
def test_never_offers_two_steps_at_once(year: int) -> None:
    for earlier, later in pairwise(ladder(year)):
        assert earlier.due_at < earlier.send_by < later.due_at


@pytest.mark.parametrize("year", range(2023, 2031))
def test_calls_nobody_late_before_the_deadline_has_passed(year: int) -> None:
    deadline = yearly_deadline(year, CALENDAR, PLAN.reporting)
    for step in ladder(year):
        late = step.working_days is not None and step.working_days > 0
        assert deadline.passed(step.due_at) is late


@pytest.mark.parametrize(
    ("id_", "due_on"),
    [
        pytest.param("ngay-sach-va-van-hoa-doc", date(2026, 4, 14), id="tuesday-stays"),
        pytest.param("ngay-quoc-te-bao-tang", date(2026, 5, 11), id="monday-stays"),
        pytest.param("ngay-di-san-van-hoa", date(2026, 11, 16), id="november"),
        pytest.param("tuan-le-hoc-tap-suot-doi", date(2026, 9, 24), id="first-day-of-a-week"),
    ],
)
def test_announces_a_campaign_a_week_ahead(id_: str, due_on: date) -> None:
    (step,) = campaign_steps(DAYS[id_], 2026, CALENDAR)
    assert step.key == f"campaign:{id_}"
    assert local_date(step.due_at) == due_on


def test_announces_earlier_rather_than_on_a_day_off() -> None:
    calendar = WorkingCalendar(days_off=frozenset({date(2026, 5, 11)}))
    (step,) = campaign_steps(DAYS["ngay-quoc-te-bao-tang"], 2026, calendar)
    assert local_date(step.due_at) == date(2026, 5, 8)


def test_announces_no_campaign_that_has_begun() -> None:
    (step,) = campaign_steps(DAYS["ngay-quoc-te-bao-tang"], 2026, CALENDAR, lead_days=1)
    # The 18th is a Monday: both the announcement and its end fall on Friday.
    assert local_date(step.due_at) == date(2026, 5, 15)
    assert step.send_by == datetime(2026, 5, 15, 10, tzinfo=UTC)
    with pytest.raises(ValueError, match="beforehand"):
        campaign_steps(DAYS["ngay-quoc-te-bao-tang"], 2026, CALENDAR, lead_days=0)


@pytest.mark.parametrize(
    ("after", "until", "keys"),
    [
        pytest.param(-SECOND, timedelta(), ["report:0"], id="at-the-end"),
        pytest.param(timedelta(), SECOND, [], id="not-again"),
        pytest.param(-2 * SECOND, -SECOND, [], id="not-yet"),
        pytest.param(timedelta(-1), timedelta(1), ["report:0", "report:+1"], id="in-order"),
    ],
)
def test_finds_what_fell_due(after: timedelta, until: timedelta, keys: list[str]) -> None:
    found = steps_between(
        reversed(ladder(2026)), MORNING_OF_THE_4TH + after, MORNING_OF_THE_4TH + until
    )
    assert [step.key for step in found] == keys


@pytest.mark.parametrize(
    ("after", "key"),
    [
        pytest.param(datetime(2026, 11, 4, 0, 59, tzinfo=UTC), "report:0", id="before"),
        pytest.param(MORNING_OF_THE_4TH, "report:+1", id="at"),
        pytest.param(
            datetime(2026, 12, 31, tzinfo=UTC), "campaign:ngay-sach-va-van-hoa-doc", id="new-year"
        ),
    ],
)
def test_looks_ahead(after: datetime, key: str) -> None:
    assert next_step(steps_of_year, after).key == key


def test_announces_new_year_in_the_old_one() -> None:
    new_year = CampaignDay("tet", "Tết", "II.1.b", 1, 1, None, None, awaiting_dispatch=False)
    found = next_step(lambda year: campaign_steps(new_year, year, CALENDAR), MORNING_OF_THE_4TH)
    assert local_date(found.due_at) == date(2026, 12, 25)


def test_gives_up_looking_when_there_is_nothing_to_find() -> None:
    with pytest.raises(LookupError):
        next_step(lambda _: [], MORNING_OF_THE_4TH)


@pytest.mark.parametrize(
    ("key", "duty"),
    [
        pytest.param("report:-1", Duty.REQUIRED, id="required-before"),
        pytest.param("report:0", Duty.REQUESTED, id="requested-on-the-day"),
        pytest.param("report:+1", Duty.REQUIRED, id="required-late"),
        pytest.param("campaign:x", Duty.ON_REQUEST, id="campaign-for-all"),
    ],
)
def test_reminds_by_duty(key: str, duty: Duty) -> None:
    assert wanted(key, duty, reported=False)


@pytest.mark.parametrize(
    ("key", "duty"),
    [
        pytest.param("report:-30", Duty.ON_REQUEST, id="on-request-before"),
        pytest.param("report:+1", Duty.REQUESTED, id="requested-late"),
        pytest.param("report:+5", Duty.ON_REQUEST, id="on-request-late"),
    ],
)
def test_spares_who_owes_no_report(key: str, duty: Duty) -> None:
    assert not wanted(key, duty, reported=False)


@pytest.mark.parametrize("key", ["report:-30", "report:0", "report:+5"])
def test_leaves_in_peace_who_has_reported(key: str) -> None:
    assert not wanted(key, Duty.REQUIRED, reported=True)
