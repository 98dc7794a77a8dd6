"""What the lists of an admin work on, and the note that is left of each decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.language import Words
from handlers.talk import Talk
from plan.calendars import WorkingCalendar
from storage.agencies import Agencies
from storage.audit import SUBJECT_MOST, Audit
from storage.deadupdates import DeadUpdates
from storage.people import Member, People
from storage.unsettled import UnsettledLetters


@dataclass(frozen=True, slots=True)
class Matters:
    talk: Talk
    words: Words
    member: Member
    letters: UnsettledLetters
    updates: DeadUpdates
    people: People
    agencies: Agencies
    audit: Audit
    calendar: WorkingCalendar
    now: datetime
    today: date

    def note(self, action: str, ids: Sequence[int], before: str, after: str) -> None:
        """Ten thousand letters of one notice are a line or two, not ten thousand."""
        for subject in subjects(ids):
            self.audit.note(action, subject, before=before, after=after, now=self.now)


def subjects(ids: Sequence[int]) -> Iterator[str]:
    """`3 7-12 40`, as much at a time as an entry of the audit log takes."""
    subject = ""
    for span in _spans(ids):
        if len(subject) + 1 + len(span) > SUBJECT_MOST:
            yield subject
            subject = ""
        subject = f"{subject} {span}".strip()
    if subject:
        yield subject


def _spans(ids: Sequence[int]) -> Iterator[str]:
    numbers = sorted(ids)
    first = 0
    for place, number in enumerate(numbers):
        if place + 1 == len(numbers) or numbers[place + 1] != number + 1:
            start = numbers[first]
            yield str(number) if start == number else f"{start}-{number}"
            first = place + 1
