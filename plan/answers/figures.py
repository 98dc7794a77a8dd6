"""The kinds of answers, and how a typed text becomes one of their readings."""

import unicodedata
from dataclasses import replace
from datetime import date
from enum import StrEnum

from plan.answers import agreement, corrections, lexing, number_words, replies
from plan.answers.counts import has_direction, names_objects, read_growth, read_visits, without_year
from plan.answers.days import read_day
from plan.answers.readings import (
    Ask,
    Count,
    Given,
    Growth,
    Postpone,
    Reading,
    Refuse,
    Signal,
    Text,
    Unreadable,
    Value,
)
from plan.answers.shares import read_share
from plan.answers.spelling import mended, spoken
from plan.answers.vocabulary import BESIDE
from plan.classified import is_marked


class Kind(StrEnum):
    """What was asked for."""

    SHARE = "share"
    COUNT = "count"
    VISITS = "visits"
    GROWTH = "growth"
    DATE = "date"
    TEXT = "text"
    CONFIRM = "confirm"
    AGENCY = "agency"
    """A name, to be looked up among the agencies of the day."""


FIGURES = (Kind.SHARE, Kind.COUNT, Kind.GROWTH)
KNOWN = frozenset(
    word
    for words in (lexing.KEYWORDS, number_words.UNMARKED, agreement.KNOWN, replies.KNOWN, BESIDE)
    for word in words
    if len(word) > 1 or word == "a"
)
"""Words that the keystrokes of Telex and VNI may have been meant for."""


def read(kind: Kind, text: str, *, today: date, year: int | None = None) -> Reading:
    """What `text` says where an answer of that kind was asked for.

    `today` is the local date: "hôm qua" and "mai gửi" depend on it. `year` completes a day typed
    without one.
    """
    if is_marked(text):
        return Refuse("classified")
    said = spoken(text)
    if said is None:
        return _text(text) if kind is Kind.TEXT else Unreadable()
    reading = _read(kind, said, text, today, year)
    if not _is_unread(reading):
        return reading
    better = mended(said, KNOWN)
    slip = reading if better is None else _read(kind, better, better, today, year)
    if _is_unread(slip):
        return reading
    return (
        replace(slip, confirm=True, note=slip.note or "slip") if isinstance(slip, Value) else slip
    )


def _is_unread(reading: Reading) -> bool:
    """Nothing was made of it, or too little: Telex and VNI leave letters and digits about."""
    if isinstance(reading, Ask):
        return reading.reason in {"several_numbers", "look_alike"} and not reading.readings
    return isinstance(reading, Unreadable)


def _read(kind: Kind, said: str, text: str, today: date, year: int | None) -> Reading:
    if (found := replies.signal(said)) is not None:
        return found
    if kind is Kind.DATE:
        return _date(said, today, year)
    if kind in {Kind.TEXT, Kind.AGENCY}:
        return replies.later(said, today) or _text(text)
    if kind is Kind.CONFIRM:
        return _confirm(said, today, year)
    return _figure(kind, said, today, year)


def _text(text: str) -> Reading:
    """Line breaks and capitals as they were typed."""
    written = unicodedata.normalize("NFC", text).strip()
    return Value(Text(written)) if written else Unreadable()


def _date(said: str, today: date, year: int | None) -> Reading:
    reading = read_day(said, today, year)
    if not isinstance(reading, Unreadable):
        return reading
    for rest in corrections.figures_in(said):
        if isinstance(found := read_day(rest, today, year), Value):
            return replace(found, confirm=True, note="correction")
    if (digits := corrections.in_digits(said)) and isinstance(
        alike := read_day(digits, today, year), Value
    ):
        return Ask((alike.given,), "look_alike")
    return replies.no_figure(said) or replies.later(said, today) or reading


def _figure(kind: Kind, said: str, today: date, year: int | None) -> Reading:
    if found := _without_figure(said, today):
        return _perhaps_a_share(kind, said, found)
    if corrections.split_code(said)[0]:
        return _with_code(kind, said, today, year)
    if kind is Kind.SHARE and (none_met := replies.with_none_met(said)):
        return _echoed(read_share(none_met, year))
    reading = _plain(kind, said, today, year)
    if isinstance(reading, Value) and corrections.has_named_place(said):
        return Ask((reading.given,), "unsure")
    if not _is_unread(reading):
        return reading
    return _corrected(kind, said, today, year) or _alike(kind, said, today, year) or reading


def _without_figure(said: str, today: date) -> Reading | None:
    if corrections.is_code(said):
        return Unreadable()
    found = replies.no_figure(said) or replies.later(said, today)
    # Where a figure is due, a mere no might be zero or no data: only a yes is understood.
    if found is None and agreement.agreement(said) is Signal.YES:
        return Signal.YES
    return found or replies.no_figure(without_year(said))


def _with_code(kind: Kind, said: str, today: date, year: int | None) -> Reading:
    code, rest = corrections.split_code(said)
    if corrections.split_code(rest)[0]:
        return Ask((), "several_numbers")
    dash = "-" in said.removesuffix(rest) or rest.startswith("-")
    inner = _figure(kind, rest if kind is Kind.GROWTH else rest.lstrip("- "), today, year)
    if dash and isinstance(inner, Value):
        # Behind a code a dash is one, but in front of a growth it may be a minus.
        fallen = isinstance(inner.given, Growth) and not rest.startswith("-")
        inner = Ask(_both_ways(inner.given), "unsure") if fallen else replace(inner, confirm=True)
    return replace(inner, note=code) if isinstance(inner, Value | Ask) else inner


def _perhaps_a_share(kind: Kind, said: str, found: Reading) -> Reading:
    """10/12 gửi: is it sent on that day, or is that what is sent?"""
    typed = replies.share_typed(said)
    if kind is not Kind.SHARE or typed is None or not isinstance(found, Postpone):
        return found
    reading = read_share(typed)
    return Ask((reading.given,), "date_like") if isinstance(reading, Value) else found


def _echoed(reading: Reading, note: str = "") -> Reading:
    return replace(reading, confirm=True, note=note) if isinstance(reading, Value) else reading


def _plain(kind: Kind, said: str, today: date, year: int | None) -> Reading:
    if kind is Kind.SHARE:
        return read_share(said, year)
    if kind is Kind.GROWTH:
        return read_growth(said, year)
    reading = read_visits(said, today, year)
    if kind is Kind.VISITS and isinstance(reading, Value) and names_objects(said):
        return replace(reading, confirm=True)
    return reading


def _corrected(kind: Kind, said: str, today: date, year: int | None) -> Reading | None:
    """The last figure stands, and is echoed again."""
    for rest in corrections.figures_in(said):
        reading = _plain(kind, rest, today, year)
        if isinstance(reading, Value) and _may_fall(reading.given, said, rest):
            return Ask(_both_ways(reading.given), "unsure", note="correction")
        if isinstance(reading, Value) and corrections.is_blamed(said):
            return Ask((reading.given,), "unsure", note="correction")
        if isinstance(reading, Value):
            return replace(reading, confirm=True, note="correction")
        if isinstance(reading, Ask) and reading.readings:
            return replace(reading, note="correction")
        if isinstance(reading, Refuse):
            return reading
    return None


def _may_fall(given: Given, said: str, rest: str) -> bool:
    """Giảm 5%, à nhầm 6%: down by six, or up?"""
    return (
        isinstance(given, Growth)
        and not has_direction(rest)
        and has_direction(said.removesuffix(rest))
    )


def _both_ways(given: Given) -> tuple[Given, ...]:
    return (Growth(-given.percent), given) if isinstance(given, Growth) else (given,)


def _alike(kind: Kind, said: str, today: date, year: int | None) -> Reading | None:
    mended_digits = corrections.in_digits(said)
    if mended_digits is None:
        return None
    reading = _plain(kind, mended_digits, today, year)
    if isinstance(reading, Value):
        return Ask((reading.given,), "look_alike")
    return replace(reading, reason="look_alike") if isinstance(reading, Ask) else None


def _confirm(said: str, today: date, year: int | None) -> Reading:
    """Yes or no to an echo, or another figure in its place."""
    if replies.no_idea(said):
        return Ask((), "unsure")
    found = agreement.agreement(said) or replies.no_figure(said) or replies.later(said, today)
    if found is not None:
        return Signal.NO if found == Ask((), "none?") else found
    for kind in FIGURES:
        reading = _figure(kind, said, today, year)
        if kind is Kind.SHARE and _is_half(reading):
            continue  # To a question that is no share's, the half of one is a count.
        if isinstance(reading, Value):
            return replace(reading, confirm=True, note=reading.note or "correction")
        if isinstance(reading, Ask | Refuse) and reading.reason not in {"decimal", "percent"}:
            break
    return reading


def _is_half(reading: Reading) -> bool:
    if not isinstance(reading, Ask) or not reading.readings:
        return False
    return all(isinstance(one, Count) for one in reading.readings)
