"""What every demand on an agency has: a reason that tells something, and a day that it can meet."""

from datetime import date

from handlers.language import Markup, Words
from handlers.reminding import days
from handlers.reminding.errand import Errand
from handlers.talk import Option
from plan.approval import REASON_LEAST, REASON_MOST

WORKING_DAYS = (2, 3, 5)
"""Offered to correct it in."""
FURTHEST = 60
"""Days that it may be away at most: what takes longer is no correction."""


def reasons(words: Words) -> list[Option]:
    return [
        Option("total", words("The total is not that of the objects that are asked for")),
        Option("jump", words("It differs much from last year, and nothing explains it")),
        Option("proof", words("Evidence is missing, or shows another figure")),
        Option("other", words("It differs from documents that were sent before")),
    ]


def bad_reason(words: Words, reason: str) -> Markup:
    if len(reason) > REASON_MOST:
        return words(
            "The reason has {length} characters, {most} is the most. Please shorten it.",
            length=words.number(len(reason)),
            most=words.number(REASON_MOST),
        )
    return words(
        "“{said}” tells too little: please write at least {least} characters, for example: the "
        "total is the number of libraries, not of reading points.",
        said=reason,
        least=REASON_LEAST,
    )


def unfit_day(errand: Errand, on: date) -> Markup | None:
    """Why something cannot be asked for by that day."""
    words, today, calendar = errand.words, errand.today, errand.rules.calendar
    if on < today:
        return words("{day} is past already.", day=words.weekday(on))
    if (on - today).days > FURTHEST:
        return words(
            "{day} is too far away: at most {count} days.", day=words.weekday(on), count=FURTHEST
        )
    if not calendar.is_working_day(on):
        return words(
            "Nobody works on {day}. The next working day is {next}.",
            day=words.weekday(on),
            next=words.weekday(calendar.on_or_after(on)),
        )
    return None


def days_offered(errand: Errand) -> list[Option]:
    words, calendar = errand.words, errand.rules.calendar
    offered = [calendar.shift(errand.today, count) for count in WORKING_DAYS]
    return [Option(day.isoformat(), words.weekday(day), words.day(day)) for day in offered]


def day_meant(errand: Errand, said: str) -> date | Markup:
    """The day; or why what was typed is none that can be asked for."""
    on, reading = days.read_day(said, errand.today)
    if on is None:
        example = errand.rules.calendar.shift(errand.today, WORKING_DAYS[0])
        return days.refused(errand.words, said, reading, example)
    return unfit_day(errand, on) or on
