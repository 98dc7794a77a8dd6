"""Obligations, steps and easings in words, the same for every place that lists them."""

from datetime import date, datetime

from handlers.language import Markup, Words, plain
from handlers.report import cards
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.reminding.ladder import AGAIN, INTERNAL, LAST, OPENING
from plan.reminding.rules import Rules
from plan.reminding.situations import Ease
from storage.owing import STEP as NUDGE
from storage.tables import Easing

BY_THE_CALENDAR = {"campaign", "task"}
WAITING = {"approve", "extend"}
"""What has no deadline: it is counted from the day on which it came in."""


def what(words: Words, rules: Rules, catalogue: Catalogue, obligation: str) -> Markup:
    """`task:II.2.a:2026` → "task II.2.a (…), 2026"."""
    kind, *rest = obligation.split(":")
    year, about = rest[-1], rest[0]
    if kind == "task":
        short = cards.short_of(catalogue, about)
        return words("task {code} ({short}), {year}", code=about, short=short, year=year)
    if kind == "campaign":
        day = rules.day(about)
        return words("{name}, {year}", name=day.name if day else about, year=year)
    told = {
        "report": words("report of {year}", year=year),
        "returned": words("correction of the {year} report", year=year),
        "approve": words("review of the {year} reports", year=year),
        "extend": words("request for more time, {year}", year=year),
        "explain": words("explanation of {code}, {year}", code=about, year=year),
        "plan": words("the agency's own plan of {year}", year=year),
        "review": words("interim review of {year}", year=year),
        "calendar": words("days off of {year}", year=year),
        "reach": words("agencies without a reachable person, {year}", year=year),
    }
    return told.get(kind, plain(obligation))


def brief(words: Words, rules: Rules, obligation: str) -> Markup:
    """What a focal point may put off, in as few words as a button has room for."""
    kind, about, *_ = obligation.split(":")
    match kind:
        case "report":
            return words("Report {year}", year=about)
        case "plan":
            return words("Plan {year}", year=about)
        case "task":
            return words("Task {code}", code=about)
    day = rules.day(about)
    return plain(day.name if day else about)


def step(words: Words, key: str, obligation: str) -> Markup:
    """`-3` → "3 working days before"; what is no step of a ladder says nothing.

    Before a campaign or the date of a task every day counts.
    """
    fixed = {
        OPENING: words("opening"),
        INTERNAL: words("internal date"),
        LAST: words("last day"),
        AGAIN: words("last day, afternoon"),
    }
    if key in fixed:
        return fixed[key]
    if key.startswith(NUDGE):
        return words("asked for by an official")
    sign, count = key[:1], key[1:]
    if sign not in {"+", "-"} or not count.isdecimal():
        return Markup()
    return _days(words, sign, int(count), obligation.partition(":")[0])


def _days(words: Words, sign: str, count: int, kind: str) -> Markup:
    if sign == "-" and kind in BY_THE_CALENDAR:
        return words.plural("{count} day before", "{count} days before", count)
    if sign == "-":
        return words.plural("{count} working day before", "{count} working days before", count)
    if kind in WAITING:
        return words.plural("{count} working day later", "{count} working days later", count)
    return words.plural("{count} working day after", "{count} working days after", count)


def easing(words: Words, row: Easing) -> Markup:
    until = words.weekday(row.until_on) if row.until_on else ""
    if row.kind == Ease.EXEMPTION:
        return words("Exempt from the report of {year}: {reason}", year=row.year, reason=row.reason)
    if row.kind == Ease.EXTENSION:
        return words("Extended until the end of {day}: {reason}", day=until, reason=row.reason)
    if not until:
        return words("Not reminded until further notice: {reason}", reason=row.reason)
    return words("Not reminded until the end of {day}: {reason}", day=until, reason=row.reason)


def still(row: Easing, now: datetime | date) -> bool:
    """Whether it has not run out: what has, is history."""
    today = local_date(now) if isinstance(now, datetime) else now
    return row.kind != Ease.MUTE or row.until_on is None or today <= row.until_on
