"""How many of how many: "12/15", "12 trên tổng 15", "tổng 15, đạt 12", "12 đạt 3 chưa"."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import product

from plan.answers.counts import not_a_figure, of_another_year, without_year
from plan.answers.lexing import Lexed, lex, spaced
from plan.answers.numerals import LARGEST, Numeral
from plan.answers.readings import Ask, Count, Reading, Refuse, Share, Unreadable, Value

LARGEST_TOTAL = 1_000_000
_MONTHS, _YEARS = 12, range(1990, 2101)
_DEADLINE = re.compile(r"0?5 ?/ ?11")

_OUT_OF = re.compile(r",?m?n[m,]*o+t?nm?,?")
_TOTAL_LAST = re.compile(r",?m?nm?,?tn,?|,?n,?mnt,?|,?nm,?nt,?")
_TOTAL_FIRST = re.compile(r",?tn,?x?m?nm?,?|,?n,x,?m?nm?,?|,?nx?m?nm,?|,?nxm?nm?,?")
_WITHIN = re.compile(r"o+t?n,?x?m?nm?,?")
_MET_UNMET = re.compile(r",?n,?m,?r?n,?u,?|,?mn,?(?:u|r|ru)n,?|,?nm,?rn,?")
_UNMET_MET = re.compile(r",?n,?u,?n,?m,?|,?un,?mn,?")
_TOTAL_UNMET = re.compile(r",?tn,?x?(?:u|r|ru)nu?,?|,?tn,?x?r?nu,?|,?nx(?:un|nu),?")
_ALL_THREE = re.compile(r",?tn,?x?(?:mn|nm),?(?:r?u?n|r?nu),?")
_SIDE_BY_SIDE = re.compile(r"n[,\-|+]?n,?")
_HALF = re.compile(r",?[ma]?n[ma]*o*,?")
_EVERY = re.compile(r",?[ta]+n[am]+,?|,?m[at]+n,?")


def read_share(said: str, year: int | None = None) -> Reading:
    """`year` is the one that is asked about: a figure said to be of another is asked about."""
    reading = _share(said)
    if year and isinstance(reading, Value) and of_another_year(said, year):
        return Ask((reading.given,), "year")
    return reading


def _share(said: str) -> Reading:
    if found := not_a_figure(said):
        return found
    lexed = lex(without_year(said), whole=True)
    joined = spaced(lexed)
    reading = _shaped(joined or lexed, said)
    if joined is None or isinstance(reading, Value | Refuse):
        return reading
    return _either(reading, _shaped(lexed, said))


def _either(joined: Reading, apart: Reading) -> Reading:
    """For "12 150": 12.150 whose total is missing, or 12 of 150?"""
    found = [reading for reading in (apart, joined) if isinstance(reading, Ask)]
    readings = tuple(given for reading in found for given in reading.readings)
    return Ask(readings, "separator") if len(found) > 1 else joined


def _shaped(lexed: Lexed, said: str) -> Reading:
    unsure, estimate, bound = ("?" in lexed.signs, "e" in lexed.signs, "b" in lexed.signs)
    signs = re.sub(r"[?eb:]+$|[?eb]", "", lexed.signs)
    if signs in {"on", "n+"}:
        signs, bound = "n", True
    if re.match(r"-n|.*o-n", signs):
        return Refuse("negative")
    reading = _read(Lexed(signs, lexed.numerals, lexed.typed), said)
    if estimate and isinstance(reading, Value):
        reading = replace(reading, confirm=True, estimate=True)
    elif estimate and isinstance(reading, Ask):
        reading = replace(reading, estimate=True)
    if (unsure or bound) and isinstance(reading, Value):
        return Ask((reading.given,), "bound" if bound else "unsure", estimate)
    return reading


def _read(lexed: Lexed, said: str) -> Reading:
    signs = lexed.signs
    if "p" in signs:
        return _with_percent(lexed, said)
    if "f" in signs and re.fullmatch(r"f?n[-f]n", signs):
        return Ask((), "range")
    if signs == "tn":
        return Ask((), "met_missing")
    if _EVERY.fullmatch(signs):
        return _asked(_pair(lexed.numerals[0], lexed.numerals[0]), "all")
    if _HALF.fullmatch(signs):
        return _half(lexed.numerals[0])
    return _ordered(lexed, said) or _added(lexed) or _apart(lexed)


def _ordered(lexed: Lexed, said: str) -> Reading | None:
    """Both numbers are told apart by the words beside them."""
    signs, numbers = lexed.signs, lexed.numerals
    if _OUT_OF.fullmatch(signs):
        return _dated(_pair(numbers[0], numbers[1]), lexed, said)
    if _TOTAL_LAST.fullmatch(signs):
        return _pair(numbers[0], numbers[1])
    if _TOTAL_FIRST.fullmatch(signs) or _WITHIN.fullmatch(signs):
        return _pair(numbers[1], numbers[0])
    return None


def _added(lexed: Lexed) -> Reading | None:
    """Where the total, or what was met, has to be worked out from the two numbers."""
    signs, values = lexed.signs, [numeral.only for numeral in lexed.numerals]
    shapes = (_MET_UNMET, _UNMET_MET, _TOTAL_UNMET, _ALL_THREE)
    shape = next((shape for shape in shapes if shape.fullmatch(signs)), None)
    if shape is None:
        return None
    if any(value is None for value in values):
        return Ask((), "several_numbers")
    first, second, *third = [value for value in values if value is not None]
    if shape is _ALL_THREE:
        reading = checked(second, first)
        return reading if second + third[0] == first else _asked(reading, "sum")
    if shape is _TOTAL_UNMET:
        return _noted(checked(first - second, first)) if first >= second else Refuse("over")
    met = first if shape is _MET_UNMET else second
    return _noted(checked(met, first + second))


def _noted(reading: Reading) -> Reading:
    return Value(reading.given, confirm=True, note="sum") if isinstance(reading, Value) else reading


def _apart(lexed: Lexed) -> Reading:
    """Two numbers side by side: perhaps met and total, perhaps a range, perhaps a time."""
    signs, numbers = lexed.signs, lexed.numerals
    if signs == "n:n":
        reading = _pair(*numbers)
        return replace(reading, confirm=True) if isinstance(reading, Value) else reading
    backwards = signs in {"onn", "n,nm", "nnm"}
    if _SIDE_BY_SIDE.fullmatch(signs) or backwards:
        order = reversed(numbers) if backwards else numbers
        return _asked(_pair(*order), "separator")
    return Ask((), "several_numbers") if signs.count("n") > 1 else Unreadable()


def _asked(reading: Reading, reason: str) -> Reading:
    if isinstance(reading, Value):
        return Ask((reading.given,), reason)
    return (
        replace(reading, reason=reason)
        if isinstance(reading, Ask) and reading.readings
        else reading
    )


def _half(numeral: Numeral) -> Reading:
    """Half an answer is kept; the other half is asked for."""
    if len(numeral.values) == 1 and numeral.values[0].denominator > 1:
        # 1.5 may be 1/5 with a slip of the thumb, and is never 15.
        typed = str(float(numeral.values[0])).split(".")
        reading = checked(Fraction(typed[0]), Fraction(typed[1]))
        return (
            Ask((reading.given,), "separator") if isinstance(reading, Value) else Refuse("decimal")
        )
    met = [value for value in numeral.values if value.denominator == 1]
    if met[0] > LARGEST_TOTAL:
        return Refuse("too_big")
    return Ask(tuple(Count(int(value)) for value in met), "total_missing")


def _pair(met: Numeral, total: Numeral) -> Reading:
    found = [checked(*values) for values in product(met.values, total.values)]
    shares = tuple(reading.given for reading in found if isinstance(reading, Value))
    doubt = met.doubt or total.doubt
    if doubt and shares:
        return Ask(shares, doubt)
    first = found[0]
    confirm = met.confirm or total.confirm
    return replace(first, confirm=confirm) if isinstance(first, Value) else first


def checked(met: Fraction, total: Fraction) -> Reading:
    if met.denominator > 1 or total.denominator > 1:
        return Refuse("decimal")
    if max(met, total) > min(LARGEST_TOTAL, LARGEST):
        return Refuse("too_big")
    if met == total == 0:
        return Ask((), "no_object?")
    if total == 0:
        return Refuse("zero_total")
    if met > total:
        return Refuse("over", (Share(int(total), int(met)),))
    return Value(Share(int(met), int(total)))


def _dated(reading: Reading, lexed: Lexed, said: str) -> Reading:
    """5/11 is the deadline as well as a figure, and 12/2025 a month."""
    if not isinstance(reading, Value | Ask) or lexed.signs != "non":
        return reading
    met, total = (numeral.values[0] for numeral in lexed.numerals)
    of_a_year = (met <= _MONTHS or met in _YEARS) and total in _YEARS and "/" in said
    if of_a_year or _DEADLINE.fullmatch(said):
        return _asked(reading, "date_like")
    return reading


def _with_percent(lexed: Lexed, said: str) -> Reading:
    """The percentage is ours to compute; one typed beside the figures must agree with them."""
    percent = re.search(r"n,?p", lexed.signs)
    if percent is None or lexed.signs.count("n") == 1:
        return Refuse("percent") if lexed.signs.count("n") <= 1 else Unreadable()
    rest = lexed.signs[: percent.start()] + lexed.signs[percent.end() :]
    place = lexed.signs[: percent.start()].count("n")
    bare = Lexed(
        rest.strip(",:o").removesuffix(",m"),
        lexed.numerals[:place] + lexed.numerals[place + 1 :],
        lexed.typed[:place] + lexed.typed[place + 1 :],
    )
    reading = _read(bare, said) if "p" not in rest else Unreadable()
    if not isinstance(reading, Value) or not isinstance(reading.given, Share):
        return reading
    fits = _agrees(reading.given, lexed.numerals[place])
    return reading if fits else Ask((reading.given,), "percent_mismatch")


def _agrees(share: Share, percent: Numeral) -> bool:
    typed = percent.values[0]
    true = Fraction(100 * share.numerator, share.denominator)
    decimals = len(str(float(typed)).partition(".")[2].rstrip("0"))
    return abs(true - typed) <= Fraction(1, 2 * 10**decimals)
