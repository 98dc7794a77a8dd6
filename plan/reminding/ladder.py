"""The steps of a ladder: working days before and after an aim, each moved off days off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from plan.calendars import MORNING, WorkingCalendar, local_date, moment
from plan.deadlines import Deadline

AFTERNOON = time(13, 30)
OPENING, INTERNAL, LAST, AGAIN = "open", "internal", "0", "0b"
DAYS_MOST, STEPS_MOST = 120, 12


@dataclass(frozen=True, slots=True)
class Ladder:
    """`opening_days` are days of the calendar, the others working days, all at eight.

    On the last day those who are still missing hear of it `again`, after the noon break.
    """

    opening_days: int = 45
    before: tuple[int, ...] = (30, 14, 7, 3, 1)
    after: tuple[int, ...] = (1, 3, 5)
    again: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A step missed while the bot was down may still be sent until `send_by`, never after.

    `send_by` is closing time of the last working day before the next step's day; after the
    last step that day's, or where it is late one working day more. So two steps of one ladder
    are never sendable at once.
    """

    key: str
    due_at: datetime
    send_by: datetime

    @property
    def late(self) -> int:
        """Working days after the deadline; 0 up to its last day."""
        return int(self.key) if self.key.startswith("+") else 0


def problems(ladder: Ladder) -> list[str]:
    """What is wrong with a ladder that somebody has typed, a key for each kind of fault."""
    found = []
    counts = [*ladder.before, *ladder.after]
    if any(not 1 <= days <= DAYS_MOST for days in counts) or not (
        0 <= ladder.opening_days <= DAYS_MOST
    ):
        found.append("range")
    if len(counts) > STEPS_MOST:
        found.append("many")
    if list(ladder.before) != sorted(set(ladder.before), reverse=True):
        found.append("before")
    if list(ladder.after) != sorted(set(ladder.after)):
        found.append("after")
    return found


def report_steps(
    ladder: Ladder, deadline: Deadline, calendar: WorkingCalendar, *, late: bool = True
) -> tuple[Step, ...]:
    """`late`: those after the deadline too. Of two that fall on one morning the nearer stays."""
    days: dict[date, str] = {}
    if ladder.opening_days:
        opening = deadline.last_day - timedelta(days=ladder.opening_days)
        days[calendar.on_or_before(opening)] = OPENING
    for count in ladder.before:
        days[calendar.shift(deadline.aim, -count)] = f"-{count}"
    if deadline.internal:
        days[calendar.on_or_before(deadline.internal)] = INTERNAL
    days[deadline.last_working_day] = LAST
    for count in ladder.after if late else ():
        days[calendar.shift(deadline.last_day, count)] = f"+{count}"
    moments = {moment(day, MORNING): key for day, key in days.items()}
    if ladder.again:
        moments[moment(deadline.last_working_day, AFTERNOON)] = AGAIN
    return timed([(key, at) for at, key in sorted(moments.items())], calendar)


def mornings(days: Iterable[tuple[str, date]], calendar: WorkingCalendar) -> tuple[Step, ...]:
    """Steps on the mornings of these days, which are worked already."""
    found = {moment(day, MORNING): key for key, day in days}
    return timed([(key, at) for at, key in sorted(found.items())], calendar)


def timed(steps: Sequence[tuple[str, datetime]], calendar: WorkingCalendar) -> tuple[Step, ...]:
    """With the last moment of each: the eve of the next one, or that itself on the same day."""
    nexts = [at for _, at in steps[1:]]
    return tuple(
        Step(key, at, _send_by(key, at, following, calendar))
        for (key, at), following in zip_longest(steps, nexts)
    )


def _send_by(
    key: str, at: datetime, following: datetime | None, calendar: WorkingCalendar
) -> datetime:
    day = local_date(at)
    if following is None:
        # What urges before a deadline is not said after it.
        return calendar.closing(calendar.shift(day, 1) if key.startswith("+") else day)
    if local_date(following) == day:
        return following
    return calendar.closing(max(day, calendar.shift(local_date(following), -1)))
