"""Who is reminded of what, and when. The rehearsal and the real run are these functions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from plan.calendars import WorkingCalendar, local_date, moment
from plan.catalogue import CampaignDay, Duty
from plan.deadlines import Deadline

# Working days relative to the last working day on time; 0 is that day itself.
LADDER = (-30, -14, -7, -3, -1, 0, 1, 3, 5)
MORNING = time(8, 0)
_YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A step missed while the bot was down may still be sent until `send_by`, never after.

    `send_by` is closing time of the last working day before the next step's day; after the
    last step, of one working day more. So two steps of one ladder are never sendable at once.
    """

    key: str
    due_at: datetime
    send_by: datetime
    working_days: int | None


def report_steps(deadline: Deadline, calendar: WorkingCalendar) -> tuple[Step, ...]:
    aim = deadline.last_working_day
    days = [calendar.shift(aim, offset) for offset in LADDER]
    nexts = [*days[1:], calendar.shift(days[-1], 2)]
    return tuple(
        Step(
            key="report:0" if offset == 0 else f"report:{offset:+d}",
            due_at=moment(day, MORNING),
            send_by=calendar.closing(calendar.shift(following, -1)),
            working_days=offset,
        )
        for offset, day, following in zip(LADDER, days, nexts, strict=True)
    )


def campaign_steps(
    day: CampaignDay, year: int, calendar: WorkingCalendar, lead_days: int = 7
) -> tuple[Step, ...]:
    """One step, sendable until closing time of the last working day before the day itself."""
    if lead_days < 1:
        raise ValueError(f"a campaign is announced beforehand, not {lead_days} days before")
    first_on = day.first_on(year)
    due_on = calendar.on_or_before(first_on - timedelta(days=lead_days))
    last_on = calendar.on_or_before(first_on - timedelta(days=1))
    key = f"campaign:{day.id}"
    return (Step(key, moment(due_on, MORNING), calendar.closing(last_on), working_days=None),)


def steps_between(steps: Iterable[Step], after: datetime, until: datetime) -> tuple[Step, ...]:
    """Due later than `after`, at `until` at the latest; in order."""
    found = (step for step in steps if after < step.due_at <= until)
    return tuple(sorted(found, key=lambda step: step.due_at))


def next_step(steps_of_year: Callable[[int], Sequence[Step]], after: datetime) -> Step:
    this_year = local_date(after).year
    for year in range(this_year, this_year + _YEARS_AHEAD):
        # January's campaign is announced in December: a year's first step may precede it.
        steps = [*steps_of_year(year), *steps_of_year(year + 1)]
        later = [step for step in steps if step.due_at > after]
        if later:
            return min(later, key=lambda step: step.due_at)
    raise LookupError(f"no step within {_YEARS_AHEAD} years after {after.isoformat()}")


def wanted(step_key: str, duty: Duty, *, reported: bool) -> bool:
    """Asked again right before sending. Only who must report is ever called late."""
    kind, _, which = step_key.partition(":")
    if kind == "campaign":
        return True
    if reported:
        return False
    if int(which) > 0:
        return duty is Duty.REQUIRED
    return duty is not Duty.ON_REQUEST
