"""Days among other words: `quan 1 15/11/2026 bão lụt`, `từ 20/10 đến 25/10 Vy`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from plan.answers.days import read_day
from plan.answers.figures import Kind, read
from plan.answers.readings import Ask, Day, Reading, Value

_DAY = r"[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?"
_ONE = re.compile(rf"(?<!\S)({_DAY}),?(?!\S)")
_UNTIL = re.compile(r"(?:(?<!\S)(?:đến|den|tới|toi|hết|het|ngày|ngay)\s+)+$", re.IGNORECASE)
"""What leads up to a day: `quan 1 đến hết ngày 15/11`."""
_TWO = re.compile(
    rf"^(?:(?:từ|tu)(?: ngày| ngay)? )?({_DAY})"
    rf"(?: ?[-–,] ?| (?:đến|den|tới|toi)(?: hết| het)?(?: ngày| ngay)? | )({_DAY})(?!\S)",
    re.IGNORECASE,
)
_FOR_DAYS = re.compile(r"^([0-9]{1,2}) ?(?:ngày|ngay)(?!\S)", re.IGNORECASE)
_DAY_WORDS = 7
"""As many as the longest day has: `ngày hai mươi lăm tháng mười một`."""


@dataclass(frozen=True, slots=True)
class Split:
    """The words before and after a day that was typed; what it says may be refused."""

    before: str
    typed: str
    reading: Reading
    after: str


def split_day(said: str, today: date) -> Split | None:
    """At the first day in digits that stands by itself; without a year, this one's."""
    found = _ONE.search(said)
    if found is None:
        return None
    before, after = _UNTIL.sub("", said[: found.start()]).strip(), said[found.end() :].strip()
    return Split(before, found[1], read_day(found[1], today, today.year), after)


@dataclass(frozen=True, slots=True)
class Span:
    first: date
    last: date
    after: str


def read_span(said: str, today: date) -> Span | None:
    """Two days at the head, or a whole message that says one day or two."""
    text = " ".join(said.split())
    if found := _TWO.match(text):
        first, last = (_on(read_day(day, today, today.year)) for day in found.groups())
        return Span(first, last, text[found.end() :].strip()) if first and last else None
    reading = read(Kind.DATE, text, today=today, year=today.year)
    if isinstance(reading, Ask) and reading.reason == "range":
        days = [given.on for given in reading.readings if isinstance(given, Day)]
        return Span(days[0], days[-1], "") if days else None
    one = _on(reading)
    return Span(one, one, "") if one else None


@dataclass(frozen=True, slots=True)
class Wait:
    until_on: date
    after: str


def read_wait(said: str, today: date) -> Wait | None:
    """`3 ngày`, `mai`, `28/10 chờ số liệu`: a day to come at the head, and what follows it."""
    text = " ".join(said.split())
    if found := _FOR_DAYS.match(text):
        return Wait(today + timedelta(days=int(found[1])), text[found.end() :].strip())
    words = text.split(" ")
    for length in range(min(len(words), _DAY_WORDS), 0, -1):
        typed = " ".join(words[:length]).rstrip(",:")
        on = _on(read_day(typed, today, today.year))
        if on:
            return Wait(on, " ".join(words[length:]))
    return None


def _on(reading: Reading) -> date | None:
    match reading:
        case Value(Day(on)) | Ask((Day(on),)):
            return on
        case _:
            return None
