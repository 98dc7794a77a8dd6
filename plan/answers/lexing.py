"""A typed figure as signs: numbers, and the few words that say what each of them is.

`n` a number · `o` out of (trên, trong, /) · `t` total · `m` met · `u` not met · `r` the rest ·
`x` among which · `a` all · `p` percent · `e` about · `b` more or less than · `f` to, or ·
`+ - , : ? |` as typed. Objects, politeness and filling words leave no sign; an unknown word
leaves `!`, and then nothing is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plan.answers.number_words import near, read_words, word_of
from plan.answers.numerals import Numeral, numeral, read_digits
from plan.answers.spelling import Token, tokens
from plan.answers.vocabulary import AGREEMENT, NUMBER, POLITE, SIGNS, spellings
from plan.words import fold

_MARKS = {
    **dict.fromkeys("/\\÷", "o"),
    **dict.fromkeys(",;().=[]", ","),
    **dict.fromkeys("~≈", "e"),
    **dict.fromkeys("<>", "b"),
    **{sign: sign for sign in "+-:?|"},
    "%": "p",
}
_ACCENTED: dict[str, str] = SIGNS["accented"]
_NEVER_FIRST = frozenset(NUMBER["never_first"])
_OBJECT = "j"
_NAMED = {"filling": "", "objects": _OBJECT, "vague": "!", "minus": "-", "q": "?"}
_PHRASES: dict[tuple[str, ...], list[tuple[list[str], str]]] = {}
# Doubts first: "dung" is "đừng" as well as "đúng".
for _name in (*"qotmuxrapebf", "filling", "objects", "vague", "minus"):
    for _said in SIGNS[_name]:
        _full = (_said.split(), _NAMED.get(_name, _name))
        _PHRASES.setdefault(tuple(map(fold, _full[0])), []).append(_full)
_LONGEST = max(map(len, _PHRASES))
_SILENT = spellings(POLITE) | {'"', "'"} | set(AGREEMENT["yes_signs"]) | set(SIGNS["silent"])
_LONGEST_RUN = 24
"""Number words and digits in a row; two numbers under a billion have fewer."""
KEYWORDS = frozenset(word for phrase in _PHRASES for word in phrase)


@dataclass(frozen=True, slots=True)
class Lexed:
    signs: str
    numerals: tuple[Numeral, ...]
    typed: tuple[str, ...]
    """Each number as it stood in the text, with a space before it if words stood there."""
    objects: bool = False
    """Libraries, museums and their like are named."""


def lex(said: str, *, whole: bool) -> Lexed:
    """`whole` as in `read_digits`: "1,250" is doubtful for visits, a decimal for growth."""
    found: list[Entry] = []
    waiting: Sequence[Token] = tokens(said)
    while waiting:
        used, entries = _next(waiting, whole=whole)
        found += entries or [("", None, "")]
        waiting = waiting[used:]
    before = [None, *(value for _, value, _ in found)]
    numbers = [
        (value, typed if one or not place else f" {typed}")
        for place, (one, (_, value, typed)) in enumerate(zip(before, found, strict=False))
        if value
    ]
    # A colon after a label says nothing; between two numbers it may be a time.
    typed_signs = "".join(sign for sign, _, _ in found)
    signs = re.sub(r"(?<!n):|:(?!n)", "", typed_signs.replace(_OBJECT, ""))
    numerals, typed = tuple(v for v, _ in numbers), tuple(t for _, t in numbers)
    return Lexed(signs, numerals, typed, _OBJECT in typed_signs)


Entry = tuple[str, Numeral | None, str]


def _next(waiting: Sequence[Token], *, whole: bool) -> tuple[int, list[Entry]]:
    """Phrases first, for "một số" is no number; then numbers, then single words."""
    first = waiting[0]
    length, sign = _phrase(waiting)
    used = _run(waiting) if length < len(("một", "số")) else 0
    if used > _LONGEST_RUN:
        return used, [("!", None, "")]
    if used and first.raw not in _ACCENTED and (found := _numbers(waiting[:used], whole=whole)):
        return used, found
    if length:
        return length, [(sign, None, "")] if sign else []
    sign = _ACCENTED.get(first.raw) or _MARKS.get(first.raw, "!")
    silent = first.raw in _SILENT
    return 1, [] if silent else [(sign, None, "")]


def _phrase(waiting: Sequence[Token]) -> tuple[int, str]:
    """How many tokens the longest phrase at the head takes, and its sign."""
    for length in range(min(_LONGEST, len(waiting)), 0, -1):
        here = waiting[:length]
        for full, sign in _PHRASES.get(tuple(token.key for token in here), ()):
            if all(t.plain or t.raw == word for t, word in zip(here, full, strict=True)):
                return length, sign
    return 0, ""


def _run(waiting: Sequence[Token]) -> int:
    """How many tokens from here on are digits or number words, in one row."""
    for length, token in enumerate(waiting):
        if token.raw[0].isdecimal():
            continue
        headless = length == 0 and token.raw in _NEVER_FIRST
        if (
            headless
            or _begins_phrase(waiting, length)
            or _is_negation(waiting, length)
            or not (word_of(token) or near(token))
        ):
            return length
    return len(waiting)


def _begins_phrase(waiting: Sequence[Token], place: int) -> bool:
    """After figures: "12/15 tỷ lệ 80%", "12 tạm tính", "12 nua"."""
    used = _phrase(waiting[place:])[0] if place else 0
    other = near(waiting[place]) is not None or waiting[place].raw == "nua"
    return used > 1 or (used == 1 and other)


def _is_negation(waiting: Sequence[Token], place: int) -> bool:
    """Không is a nought only before "trăm" and after "phẩy"."""
    if word_of(waiting[place]) != "không":
        return False
    after = waiting[place + 1 : place + 2]
    before = waiting[place - 1 : place] if place else ()
    return not any(word_of(token) in {"trăm", "phẩy"} for token in (*after, *before))


def _numbers(run: Sequence[Token], *, whole: bool) -> list[Entry]:
    """The row as one number, or as two of which each stands by itself."""
    if all(token.raw[0].isdecimal() for token in run):
        return _literals([token.raw for token in run], whole=whole)
    if found := read_words(run, whole=whole):
        return [("n", found, _typed(run))]
    for cut in range(len(run) - 1, 0, -1):
        first, second = run[:cut], run[cut:]
        one, two = _single(first, whole=whole), _single(second, whole=whole)
        alike = _in_digits(first) == _in_digits(second)
        if one and two and alike:
            return [("n", one, _typed(first)), ("n", two, _typed(second))]
    return []


def _in_digits(run: Sequence[Token]) -> bool:
    return any(token.raw[0].isdecimal() for token in run)


def _single(run: Sequence[Token], *, whole: bool) -> Numeral | None:
    if len(run) == 1 and run[0].raw[0].isdecimal():
        return read_digits(run[0].raw, whole=whole)
    return read_words(run, whole=whole)


def _literals(literals: list[str], *, whole: bool) -> list[Entry]:
    read = [(literal, read_digits(literal, whole=whole)) for literal in literals]
    return [("n", found, literal) if found else ("!", None, "") for literal, found in read]


def spaced(lexed: Lexed) -> Lexed | None:
    """The same with "1 250" as one number, where numbers stand side by side like that."""
    numerals, typed, signs = list(lexed.numerals), list(lexed.typed), lexed.signs
    place = 0
    while place + 1 < len(typed):
        at = _sign_of(signs, place)
        # Of "15/15 100%" the hundred is no group.
        beside = signs[at : at + 2] == "nn" and signs[at + 2 : at + 3] != "p"
        joins = beside and _is_group(typed[place], typed[place + 1])
        if not joins:
            place += 1
            continue
        typed[place : place + 2] = [f"{typed[place].strip()} {typed[place + 1]}"]
        joined = int(typed[place].replace(" ", ""))
        numerals[place : place + 2] = [numeral(joined, confirm=True)]
        signs = signs[: at + 1] + signs[at + 2 :]
    if signs == lexed.signs:
        return None
    return replace(lexed, signs=signs, numerals=tuple(numerals), typed=tuple(typed))


def _is_group(head: str, tail: str) -> bool:
    groups = head.strip().split(" ")
    return (
        tail.isdecimal()
        and len(tail) == len("000")
        and groups[0].isdecimal()
        and not groups[0].startswith("0")
        and len(groups[0]) <= len("000")
        and all(len(group) == len("000") for group in groups[1:])
    )


def _sign_of(signs: str, place: int) -> int:
    """Where in the signs the number of that place stands."""
    at = -1
    for _ in range(place + 1):
        at = signs.index("n", at + 1)
    return at


def _typed(run: Sequence[Token]) -> str:
    return " ".join(token.raw for token in run)
