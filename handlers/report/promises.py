"""Reminders that people asked for: one letter per report and morning, whatever its questions."""

import json
from dataclasses import dataclass
from datetime import date

from handlers.language import Markup, Words, plain
from handlers.report.interview import Interview
from plan.calendars import MORNING, moment
from storage.outbox import Lane, Outbox

KIND = "postponed"


@dataclass(frozen=True, slots=True)
class Promise:
    """`codes` are questions of one report; "" among them is the report as a whole."""

    agency: str
    year: int
    on: date
    codes: frozenset[str]

    @classmethod
    def read(cls, payload: str) -> "Promise":
        agency, year, on, codes = json.loads(payload)
        return cls(agency, year, date.fromisoformat(on), frozenset(codes))

    def packed(self) -> str:
        return json.dumps([self.agency, self.year, self.on.isoformat(), sorted(self.codes)])


def pending(interview: Interview, outbox: Outbox) -> list[Promise]:
    return [promise for _, promise in _waiting(interview, outbox)]


def settle(
    interview: Interview, outbox: Outbox, agency: str, year: int, code: str, on: date | None
) -> None:
    """The question is brought up on that morning and on no other; None is on none at all."""
    wanted = {on: frozenset({code})} if on else {}
    for letter_id, old in _waiting(interview, outbox):
        if (old.agency, old.year) != (agency, year):
            continue
        codes = (old.codes - {code}) | wanted.pop(old.on, frozenset())
        if codes != old.codes:
            # A letter is never changed: the morning gets a new one, if it still has any code.
            outbox.drop(letter_id, "cancelled", "agreed anew")
            wanted |= {old.on: codes} if codes else {}
    for day, codes in wanted.items():
        _queue(interview, outbox, Promise(agency, year, day, codes))


def _queue(interview: Interview, outbox: Outbox, promise: Promise) -> None:
    member, calendar, day = interview.member, interview.calendar, promise.on
    outbox.add(
        f"{KIND}:{member.person_id}:{promise.packed()}:{interview.talk.new_token()}",
        lane=Lane.REMINDER,
        channel=member.channel,
        address=member.address,
        kind=KIND,
        payload=promise.packed(),
        now=interview.now,
        not_before_at=moment(day, MORNING),
        send_by_at=calendar.closing(calendar.shift(day, 1)),
        agency_id=promise.agency,
    )


def _waiting(interview: Interview, outbox: Outbox) -> list[tuple[int, Promise]]:
    member = interview.member
    rows = outbox.waiting(KIND, member.channel, member.address)
    return [(letter_id, Promise.read(payload)) for letter_id, payload in rows]


def about(words: Words, code: str, year: int) -> Markup:
    return plain(code) if code else words("the report of {year}", year=year)
