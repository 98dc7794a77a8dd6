"""Whole messages about the conversation, and answers that are no figure."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from plan.answers.days import read_day
from plan.answers.readings import (
    Ask,
    Day,
    Given,
    NoData,
    NoObject,
    NotApplicable,
    Postpone,
    Reading,
    Refuse,
    Signal,
    Value,
)
from plan.answers.spelling import Token, bare, tokens
from plan.answers.vocabulary import message, words_of

_SIGNALS = {found: message(found.value) for found in (*Signal,)[2:]}
_WITHOUT: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (message("as_before"), Ask((), "as_before")),
    (message("not_ours"), NotApplicable()),
    (message("no_data"), NoData()),
    (message("no_object"), NoObject()),
    (message("nothing"), Ask((), "none?")),
    (message("gone"), Ask((), "no_object?")),
)
_NONE_MET, _AHEAD, _NO_IDEA = message("none_met"), message("ahead"), message("no_idea")
_HEAD, _TAIL = message("later_head"), message("later_tail")
_SOON, _SOMETIME, _NEXT_WEEK = message("soon"), message("sometime"), message("next_week")
KNOWN = words_of("no_data", "no_object", "as_before", "not_ours", *map(str, _SIGNALS))
"""Words of these messages, among which the keystrokes of Telex are looked for."""


_SHARE_LIKE = re.compile(r"([0-9]{1,2}) ?/ ?([0-9]{1,2})(?![0-9]| ?/)")
_PROMISED = re.compile(r"\b(?:gui|bao|nop|bo sung|cap nhat|nhac|tra loi)\b")
_SET = re.compile(r"\b(?:de|hen|nhac|khat)\b")
_DATED = re.compile(r"\b(?:ngay|mung|mong|hom|thang)\b")


def signal(said: str) -> Signal | None:
    """A whole message only: "huy động vốn" is no `huy`."""
    if said.removesuffix(" ạ") == "dừng":  # without its accent it is "đúng"
        return Signal.CANCEL
    text = bare(said)
    return next((found for found, shape in _SIGNALS.items() if shape.fullmatch(text)), None)


def no_figure(said: str) -> Reading | None:
    """No data, nothing to count, not ours, as last year: never the same as zero."""
    text = bare(said)
    return next((reading for shape, reading in _WITHOUT if shape.fullmatch(text)), None)


def with_none_met(said: str) -> str | None:
    """Chưa có thư viện nào đạt trên 15: with a 0 for the words, or None where it is no such."""
    text, found = _NONE_MET.subn("0", bare(said), count=1)
    return text if found and text.startswith("0") else None


def no_idea(said: str) -> bool:
    """Không biết: to an echo, neither yes nor no nor an answer."""
    return _NO_IDEA.fullmatch(bare(said)) is not None


def later(said: str, today: date) -> Postpone | Refuse | None:
    """Mai gửi, thứ hai em báo, để tuần sau, 25/10 gửi: not now, on that day."""
    first, comma, second = said.partition(", ")
    if comma and isinstance(no_figure(first), NoData):
        return later(second, today)
    text = bare(said)
    if _SOON.fullmatch(text):
        return Postpone(today)
    if _SOMETIME.fullmatch(text):
        monday = today + timedelta(days=7 - today.weekday())
        return Postpone(monday if _NEXT_WEEK.search(text) else None)
    return _on_a_day(said, today)


def _on_a_day(said: str, today: date) -> Postpone | Refuse | None:
    """The longest beginning that is a day, when all that follows it is about sending."""
    words = [token for token in tokens(said) if token.raw not in {".", ",", "!"}]
    head = _HEAD.match(" ".join(token.key for token in words) + " ")
    start = len(head[0].split()) if head else 0
    for end in range(len(words), start, -1):
        tail = "".join(f" {token.key}" for token in words[end:])
        if not _TAIL.fullmatch(tail):
            continue
        typed = _joined(words[start:end])
        found = read_day(typed, today, None)
        if share_typed(typed) and not _is_meant(found, head[0] if head else "", tail):
            continue
        if isinstance(found, Refuse) and tail and found.reason == "no_such_day":
            return found
        on = found_day(found)
        if on and (tail or start or _AHEAD.search(bare(said))) and on >= today:
            return Postpone(on)
    return None


def share_typed(said: str) -> str | None:
    """The 10/12 of "10/12 gửi", which may be a share as well as a day; not of "ngày 10/12"."""
    found = _SHARE_LIKE.search(said)
    if found is None or _DATED.search(text := bare(said)) or _SET.search(text):
        return None
    return found[0] if int(found[1]) <= int(found[2]) else None


def _is_meant(found: Reading, head: str, tail: str) -> bool:
    """Whether the words around 10/12 are a promise, which "10/12 cơ sở" is not."""
    if isinstance(found, Refuse):
        return False
    waits = re.search(r"\b(?:den|vao|sang)\b", head) and tail
    return bool(_SET.search(head) or _PROMISED.search(tail) or waits)


def _joined(words: Sequence[Token]) -> str:
    return re.sub(r" ?([-/.]) ?", r"\1", " ".join(token.raw for token in words))


def found_day(reading: Reading) -> date | None:
    if isinstance(reading, Ask):
        given: Given | None = next(iter(reading.readings), None)
    else:
        given = reading.given if isinstance(reading, Value) else None
    return given.on if isinstance(given, Day) else None
