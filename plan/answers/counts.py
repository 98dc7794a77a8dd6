"""What a number among signs amounts to: a count, or a growth in percent."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from plan.answers.lexing import Lexed, lex, spaced
from plan.answers.numerals import LARGEST, Numeral
from plan.answers.readings import Ask, Count, Given, Growth, Reading, Refuse, Unreadable, Value
from plan.answers.vocabulary import COUNTS

PHONE = re.compile(r"(?:\+?84|0)[0-9]{8,10}")
_DATE = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}")
_YEAR = COUNTS["year"]
_VISITS = re.compile(rf" ?(?<!\w)(?:{'|'.join(COUNTS['visits'])})(?!\w)")
_OF_YEAR, _AGAINST = re.compile(COUNTS["of_year"]), re.compile(COUNTS["against"])
_EACH_YEAR = re.compile(COUNTS["each_year"])
_UP, _DOWN = re.compile(COUNTS["up"]), re.compile(COUNTS["down"])
_LEAD = re.compile(COUNTS["lead"])
_EQUALS = re.compile(r"(?:bằng|bang|đạt|dat) ")
_LIKE_ALL = 50
"""Percent from which a figure may be what is left of the year before, not what came to it."""
_TIMES = re.compile(COUNTS["times"])
LEAST_GROWTH, MOST_GROWTH = -100, 10_000
"""Percent a year; beyond it, somebody typed visits."""


def is_phone(said: str) -> bool:
    return PHONE.fullmatch(re.sub(r"[ .-]", "", said)) is not None


def read_visits(said: str, today: date, year: int | None) -> Reading:
    """A whole number of visits, or of anything; `year` is the one that is asked about."""
    if found := not_a_figure(said):
        return found
    reading = _in_signs(_lexed(_VISITS.sub(" ;", without_year(said)), whole=True), _count)
    if not isinstance(reading, Value):
        return reading
    if _is_year(said, today):
        return replace(reading, confirm=True, note="year")
    return Ask((reading.given,), "year") if of_another_year(said, year or today.year) else reading


def not_a_figure(said: str) -> Reading | None:
    """Telephone numbers, dates and years, which look like one."""
    if is_phone(said):
        return Refuse("phone")
    if re.fullmatch(rf"(?:năm|nam) {_YEAR}", said):
        return Ask((), "year")
    if re.match(r"(?:ngày|ngay|mùng|mung|mồng|mong|hôm|hom) [0-9]", said):
        return Ask((), "date_like")
    return Unreadable() if _DATE.fullmatch(said) else None


def without_year(said: str) -> str:
    return _OF_YEAR.sub("", said).strip()


def of_another_year(said: str, year: int) -> bool:
    """A figure said to be of another year than the one asked about."""
    found = _OF_YEAR.search(said)
    typed = re.search(_YEAR, found[0]) if found else None
    return typed is not None and int(typed[0]) != year


def read_growth(said: str) -> Reading:
    """Percent by which something grew; `giảm` and a minus sign make it negative."""
    if found := not_a_figure(said):
        return found
    bare = _EACH_YEAR.sub("", _AGAINST.sub("", said)).strip()
    if times := _TIMES.fullmatch(bare):
        return _several_times(times[1])
    bare = _LEAD.sub(r"\2 \1", bare)
    down, up = _DOWN.match(bare), _UP.match(bare)
    head = down or up
    bare = bare[head.end() :] if head else bare
    minus = bare.startswith(("-", "âm "))
    if minus and down:
        return Ask((), "unsure")
    lexed = _lexed(bare.removeprefix("âm ").lstrip("-+ "), whole=False)
    reading = _in_signs(
        lexed, lambda value: _growth(-value if down or minus else value), growth=True
    )
    of_before = not head and not minus and (_AGAINST.search(said) or _EQUALS.match(said))
    return _of_before(reading) if of_before else reading


def _of_before(reading: Reading) -> Reading:
    """Bằng 112 % so với cùng kỳ: grown by 112 %, or by twelve?"""
    match reading:
        case Value(Growth(percent)) if percent >= _LIKE_ALL:
            return Ask((Growth(percent - 100), Growth(percent)), "unsure")
        case _:
            return reading


def _several_times(typed: str) -> Reading:
    """Gấp đôi, gấp 3 lần: twice as much is 100 % more, if that is what was meant."""
    words = {"đôi": "2", "doi": "2", "rưỡi": "1.5", "ruoi": "1.5", "ba": "3"}
    times = Fraction(words.get(typed, typed).replace(",", "."))
    return Ask((Growth(100 * (times - 1)),), "unsure")


def _lexed(said: str, *, whole: bool) -> Lexed:
    lexed = lex(said, whole=whole)
    return spaced(lexed) or lexed


def _in_signs(
    lexed: Lexed, judged: Callable[[Fraction], Given | Refuse], *, growth: bool = False
) -> Reading:
    signs = re.sub(r"[mta,]", "", lexed.signs)
    unsure, estimate = "?" in signs, "e" in signs
    bound = "b" in signs or re.match(r"on|n\+$", signs) is not None
    signs = re.sub(r"[?eb]|^o|\+$", "", signs)
    if growth:
        signs = re.sub(r"(?<=n)p(?!p)", "", signs)
    if signs == "-n":
        return Refuse("negative")
    if not growth and re.fullmatch(r"!*-?n?p!*", signs):
        return Refuse("percent")
    if re.fullmatch(r"f?n[-f]n|n\+n", signs):
        return _several(lexed.numerals, judged, "sum" if "+" in signs else "range")
    if signs != "n":
        return Ask((), "several_numbers") if signs.count("n") > 1 else Unreadable()
    numeral = lexed.numerals[0]
    if bound or (unsure and not numeral.doubt):
        numeral = Numeral(numeral.values, "bound" if bound else "unsure")
    return reading_of(numeral, judged, estimate=estimate)


def _several(
    numerals: Iterable[Numeral], judged: Callable[[Fraction], Given | Refuse], reason: str
) -> Reading:
    values = [numeral.values[0] for numeral in numerals]
    found = [judged(value) for value in ([sum(values, Fraction())] if reason == "sum" else values)]
    return Ask(tuple(given for given in found if not isinstance(given, Refuse)), reason)


def reading_of(
    numeral: Numeral, judged: Callable[[Fraction], Given | Refuse], *, estimate: bool = False
) -> Reading:
    """One value that passes is a value; several, or a doubtful one, are asked about."""
    found = [judged(value) for value in numeral.values]
    given = tuple(item for item in found if not isinstance(item, Refuse))
    if not given:
        return next(item for item in found if isinstance(item, Refuse))
    if numeral.doubt or len(numeral.values) > 1:
        return Ask(given, numeral.doubt, estimate)
    return Value(given[0], confirm=numeral.confirm or estimate, estimate=estimate)


def _count(value: Fraction) -> Count | Refuse:
    if value.denominator != 1:
        return Refuse("decimal")
    return Count(int(value)) if value <= LARGEST else Refuse("too_big")


def _growth(percent: Fraction) -> Growth | Refuse:
    return Growth(percent) if LEAST_GROWTH <= percent <= MOST_GROWTH else Refuse("too_big")


def _is_year(said: str, today: date) -> bool:
    return said in {str(today.year + near) for near in (-1, 0, 1)}
