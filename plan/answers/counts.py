"""What a number among signs amounts to: a count, or a growth in percent."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from plan.answers.lexing import Lexed, lex, spaced
from plan.answers.number_words import scale_of
from plan.answers.numerals import LARGEST, Numeral
from plan.answers.readings import Ask, Count, Given, Growth, Reading, Refuse, Unreadable, Value
from plan.answers.vocabulary import COUNTS

PHONE = re.compile(r"(?:\+?84|0)[0-9]{8,10}")
_WITHOUT_NOUGHT = re.compile(r"(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}")
_DATE = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}")
_YEAR = COUNTS["year"]
_VISITS = re.compile(rf" ?(?<!\w)(?:{'|'.join(COUNTS['visits'])})(?!\w)")
_OF_YEAR, _AGAINST = re.compile(COUNTS["of_year"]), re.compile(COUNTS["against"])
_EACH_YEAR = re.compile(COUNTS["each_year"])
_UP, _DOWN = re.compile(COUNTS["up"]), re.compile(COUNTS["down"])
_LEAD, _TRAIL = re.compile(COUNTS["lead"]), re.compile(COUNTS["trail"])
_AVERAGE = re.compile(COUNTS["average"])
_SIGNED = re.compile(r"((?:(?:âm|am) |[-+] ?)*)(.*)")
_ONE_SIGN = re.compile("âm|am|[-+]")
_LOWER = re.compile(r"(?:thấp|thap|ít|it|kém|kem) (?:hơn|hon)")
_HALF = re.compile(r"(?<!\w)(?:nửa|nua)(?!\w)")
_BRACKETS = re.compile(r"\([^()]*\) ?%?")
_DIRECTION = re.compile(r"(?<!\w)(?:giảm|giam|tăng|tang|sụt|sut|tụt|tut|âm|am)(?!\w)|(?<!\w)[-+]")
_EQUALS = re.compile(r"(?:bằng|bang|đạt|dat) ")
_STEEP = 50
"""Percent a year beyond which a growth is echoed however plainly it was typed."""
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
    if _WITHOUT_NOUGHT.fullmatch(said):
        return replace(reading, confirm=True, note="phone")
    return Ask((reading.given,), "year") if of_another_year(said, year or today.year) else reading


def names_objects(said: str) -> bool:
    """Twelve libraries are no visits, though they may be a slip of the tongue."""
    return lex(said, whole=True).objects and _VISITS.search(said) is None


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


def read_growth(said: str, year: int | None = None) -> Reading:
    """Percent by which something grew; `giảm` and a minus sign make it negative."""
    if found := not_a_figure(said):
        return found
    bare = _EACH_YEAR.sub("", _AVERAGE.sub("", _AGAINST.sub("", said))).strip()
    reading = _echoed_if_steep(_grown(without_year(bare).strip(" :").removeprefix(", "), said))
    if year and isinstance(reading, Value) and of_another_year(bare, year):
        return Ask((reading.given,), "year")
    return reading


def has_direction(said: str) -> bool:
    """Up, down or a sign: without one, a figure in place of "giảm 5%" may be going down too."""
    return _DIRECTION.search(said) is not None


def _grown(bare: str, said: str) -> Reading:
    if times := _TIMES.fullmatch(bare):
        return _several_times(times[1])
    if trailing := _TRAIL.fullmatch(bare):
        found = _grown(f"{trailing[2]} {trailing[1]}", said)
        return replace(found, confirm=True) if isinstance(found, Value) else found
    if not (_UP.match(bare) or _DOWN.match(bare)) and (led := _LEAD.fullmatch(bare)):
        bare = f"{led[2]} {_VISITS.sub(' ', led[1])}".strip()
    down, up = _DOWN.match(bare), _UP.match(bare)
    head = down or up
    signed = _SIGNED.match(bare[head.end() :] if head else bare)
    signs, number = (_ONE_SIGN.findall(signed[1]), signed[2]) if signed else ([], "")
    minus = bool(signs) and signs != ["+"]
    doubtful = len(signs) > 1 or (minus and head is not None)
    reading = _percent(number, lambda value: _growth(-value if down or minus else value))
    if isinstance(reading, Value) and (doubtful or _BRACKETS.fullmatch(bare)):
        return _either_way(reading)
    if isinstance(reading, Ask) and reading.readings and _LOWER.search(bare):
        return replace(reading, readings=tuple(map(_fallen, reading.readings)) + reading.readings)
    of_before = not head and not minus and (_AGAINST.search(said) or _EQUALS.match(said))
    return _of_before(reading) if of_before else reading


def _percent(said: str, judged: Callable[[Fraction], Given | Refuse]) -> Reading:
    lexed = _lexed(said, whole=False)
    # "Tăng 12 thư viện" is no percentage.
    counted = lexed.objects and "p" not in lexed.signs
    return Unreadable() if counted or _HALF.search(said) else _in_signs(lexed, judged, growth=True)


def _either_way(reading: Value) -> Reading:
    """Tăng -5, (5): up or down?"""
    match reading.given:
        case Growth(percent) if percent:
            return Ask((Growth(percent), Growth(-percent)), "unsure", reading.estimate)
        case _:
            return reading


def _fallen(given: Given) -> Given:
    return Growth(-given.percent) if isinstance(given, Growth) else given


def _echoed_if_steep(reading: Reading) -> Reading:
    match reading:
        case Value(Growth(percent)) if abs(percent) > _STEEP:
            return replace(reading, confirm=True)
        case _:
            return reading


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
        return _several(lexed, judged, "sum" if "+" in signs else "range")
    if signs != "n":
        return Ask((), "several_numbers") if signs.count("n") > 1 else Unreadable()
    numeral = lexed.numerals[0]
    if bound or (unsure and not numeral.doubt):
        numeral = Numeral(numeral.values, "bound" if bound else "unsure")
    return reading_of(numeral, judged, estimate=estimate)


def _several(lexed: Lexed, judged: Callable[[Fraction], Given | Refuse], reason: str) -> Reading:
    values = [numeral.values[0] for numeral in lexed.numerals]
    if reason == "range":
        values[0] *= _shared_scale(lexed)
    found = [judged(value) for value in ([sum(values, Fraction())] if reason == "sum" else values)]
    return Ask(tuple(given for given in found if not isinstance(given, Refuse)), reason)


def _shared_scale(lexed: Lexed) -> int:
    """12-13 nghìn: the unit word belongs to both."""
    first, last = lexed.typed[0].strip(), lexed.typed[-1].split()[-1]
    plain = re.fullmatch(r"[0-9.,]+", first) and lexed.numerals[0].values < lexed.numerals[1].values
    return scale_of(last) if plain else 1


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
    """The only number is a year of about now, and nothing says that it counts anything."""
    typed = re.findall(r"[0-9][0-9.,]*", said)
    near = [[str(today.year + away)] for away in (-1, 0, 1)]
    return typed in near and _VISITS.search(said) is None
