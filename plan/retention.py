"""How long what is kept, and by when a request about one's own data is carried out: one place.

`docs/data-map.md` says the same by table and column; PD4 and its like are rows of the
requirements on personal data (Law 91/2025/QH15, Decree 356/2025/NĐ-CP).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from plan.calendars import WorkingCalendar, local_date


@dataclass(frozen=True, slots=True)
class Period:
    """Something is kept for `length`, that very moment included, and gone after it."""

    length: timedelta
    source: str

    def cutoff(self, now: datetime) -> datetime:
        """What is older than this is over."""
        return now - self.length

    def is_over(self, since: datetime, now: datetime) -> bool:
        return since < self.cutoff(now)


UPDATES = Period(
    timedelta(days=3), "PD1: needed until handled, and to know a repeat; numbers restart in a week"
)
KNOCKS = Period(timedelta(hours=1), "S4: guesses are counted by the hour")
STRANGERS = Period(timedelta(days=3), "PD1, PD3: nobody has agreed to more than an answer")
UNJOINED = Period(timedelta(days=7), "SEC4: an invitation that was opened lives so long")
LETTERS = Period(timedelta(days=30), "PD4, PD7: so long an administrator may still decide on it")
TRACES = Period(timedelta(days=30), "PD1: a file's own number at Telegram serves fetching only")
ERRANDS = Period(timedelta(days=1), "PD1: a file made on request is its receiver's once it is sent")
QUESTIONS = Period(timedelta(days=90), "PD1: the yearly round it belongs to is over")
INVITES = Period(timedelta(days=90), "SEC3, SEC4: the audit log keeps that it was made and used")
FORMER = Period(timedelta(days=365), "PD5: whose agency has ended, or who holds no role any more")
ASIDE = Period(
    timedelta(days=14), "PD4: below the 15 days after which somebody who asks is to be erased"
)
"""What stepped aside for a backup: for its operator to drop."""

ANSWER_WORKING_DAYS = 2
"""PD4: a request is answered within so many; here it is carried out by then."""
DONE_WITHIN = timedelta(days=15)
"""PD4: withdrawing consent is done within so many days, whatever holidays lie between."""

BY_HAND = {
    "restrict": timedelta(days=15),
    "object": timedelta(days=15),
    "other": timedelta(days=10),
}
"""PD4: what the program cannot do by itself, and within how long somebody has done it."""
EXTENDED_MOST = timedelta(days=15)
"""PD4: once, and the person is told why."""
SOON = timedelta(days=3)
"""So long before one of them is due it is pointed out."""


def answered_by(asked_at: datetime, calendar: WorkingCalendar) -> datetime:
    return calendar.closing(calendar.shift(local_date(asked_at), ANSWER_WORKING_DAYS))


def done_by(kind: str, asked_at: datetime, calendar: WorkingCalendar) -> datetime:
    """The close of the last working day within the period of one of `BY_HAND`."""
    return calendar.closing(calendar.on_or_before(local_date(asked_at + BY_HAND[kind])))


def erased_at(asked_at: datetime, calendar: WorkingCalendar) -> datetime:
    """When the data of somebody with a role go: until then they may think better of it, and the
    agency can name somebody else.
    """
    return min(answered_by(asked_at, calendar), asked_at + DONE_WITHIN)
