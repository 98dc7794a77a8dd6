"""The deadline of a year, in one sentence for every place that names it."""

from datetime import datetime

from handlers.language import Markup, Words
from plan.calendars import WorkingCalendar, local_date
from plan.deadlines import Deadline


def deadline_told(
    words: Words, deadline: Deadline, calendar: WorkingCalendar, now: datetime
) -> Markup:
    """Always with its weekday, and with what is left of it."""
    today = local_date(now)
    days = {"before": words.day(deadline.before), "last": words.weekday(deadline.last_day)}
    if deadline.passed(now):
        return words("Deadline: before {before} (until the end of {last}); it has passed.", **days)
    if today == deadline.last_working_day:
        return words(
            "Deadline: before {before} (until the end of {last}). Today is the last working day.",
            **days,
        )
    left = deadline.working_days_left(today, calendar)
    if left == 0:
        # The weekend between the last working day and the deadline.
        return words(
            "Deadline: before {before} (until the end of {last}); no working day is left.", **days
        )
    return words.plural(
        "Deadline: before {before} (until the end of {last}, {count} working day left).",
        "Deadline: before {before} (until the end of {last}, {count} working days left).",
        left,
        **days,
    )


def late_told(words: Words) -> Markup:
    return words("The report is still accepted and will be marked as late.")
