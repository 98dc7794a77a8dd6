"""How many of how many: "12/15", "12 trên tổng 15", "tổng 15, đạt 12", "12 đạt 3 chưa"."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import product

from plan.answers.counts import not_a_figure, of_another_year, without_year
from plan.answers.lexing import Lexed, lex, spaced
from plan.answers.numerals import Numeral
from plan.answers.readings import Ask, Count, Reading, Refuse, Share, Unreadable, Value
from plan.answers.sums import LARGEST_TOTAL, added, asked, checked

__all__ = ["checked", "read_share"]

_MONTHS, _YEARS = 12, range(1990, 2101)
_DEADLINE = re.compile(r"0?5 ?/ ?11")

_PORTION, _FEW = re.compile(r" (?:phần|phan) (?!trăm|tram)"), 10

_OUT_OF = re.compile(r",?(?:t?m)?n[m,]*o+t?nm?,?")
_TOTAL_LAST = re.compile(r",?m?nm?,?tn,?|,?n,?mnt,?|,?nm,?nt,?|mot,?non")
_TOTAL_FIRST = re.compile(
    r",?tn,?x?m?nm?,?|,?nt,?m?nm?,?|,?n,x,?m?nm?,?|,?nx?m?nm,?|,?nxm?nm?,?|tom,?non"
)
_WITHIN = re.compile(r"o+t?n,?x?m?nm?,?")
_NEARLY = re.compile(r",?n,?mn,?")
_SIDE_BY_SIDE = re.compile(r"n[,\-|+]?n,?")
_HALF = re.compile(r",?(?:tm|[ma])?n[ma]*o*,?")
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
    signs = re.sub(",+", ",", re.sub(r"[?eb:]+$|[?eb]", "", lexed.signs))
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
        return asked(_pair(lexed.numerals[0], lexed.numerals[0]), "all")
    if _HALF.fullmatch(signs):
        return _half(lexed.numerals[0])
    return _ordered(lexed, said) or added(lexed) or _apart(lexed)


def _ordered(lexed: Lexed, said: str) -> Reading | None:
    """Both numbers are told apart by the words beside them."""
    signs, numbers = lexed.signs, lexed.numerals
    if signs == "nonfnon":
        pairs = (_pair(*numbers[:2]), _pair(*numbers[2:]))
        return Ask(tuple(pair.given for pair in pairs if isinstance(pair, Value)), "range")
    if _OUT_OF.fullmatch(signs):
        return _dated(_pair(numbers[0], numbers[1]), lexed, said)
    if _TOTAL_LAST.fullmatch(signs):
        return _pair(numbers[0], numbers[1])
    if _TOTAL_FIRST.fullmatch(signs) or _WITHIN.fullmatch(signs):
        return _pair(numbers[1], numbers[0])
    return None


def _apart(lexed: Lexed) -> Reading:
    """Two numbers side by side: perhaps met and total, perhaps a range, perhaps a time."""
    signs, numbers = lexed.signs, lexed.numerals
    if signs == "n:n":
        reading = _pair(*numbers)
        return replace(reading, confirm=True) if isinstance(reading, Value) else reading
    backwards = signs in {"onn", "n,nm", "nnm"}
    if _NEARLY.fullmatch(signs) and None not in (values := [one.only for one in numbers]):
        return asked(checked(*sorted(value for value in values if value is not None)), "separator")
    if _SIDE_BY_SIDE.fullmatch(signs) or backwards:
        order = reversed(numbers) if backwards else numbers
        return asked(_pair(*order), "separator")
    return Ask((), "several_numbers") if signs.count("n") > 1 else Unreadable()


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
    return Ask(tuple(Count(int(value)) for value in met), numeral.doubt or "total_missing")


def _pair(met: Numeral, total: Numeral) -> Reading:
    found = [checked(*values) for values in product(met.values, total.values)]
    shares = tuple(reading.given for reading in found if isinstance(reading, Value))
    doubt = met.doubt or total.doubt
    if doubt and shares:
        return Ask(shares, doubt)
    first = found[0]
    confirm = met.confirm or total.confirm
    return replace(first, confirm=confirm) if isinstance(first, Value) else first


def _dated(reading: Reading, lexed: Lexed, said: str) -> Reading:
    """5/11 is the deadline as well as a figure, and 12/2025 a month."""
    if not isinstance(reading, Value | Ask) or lexed.signs != "non":
        return reading
    met, total = (numeral.values[0] for numeral in lexed.numerals)
    if _PORTION.search(said):
        # Ba phần tư may be said of any number of libraries.
        return asked(reading, "unsure") if total <= _FEW else _surely(reading)
    of_a_year = (met <= _MONTHS or met in _YEARS) and total in _YEARS and "/" in said
    if of_a_year or _DEADLINE.fullmatch(said):
        return asked(reading, "date_like")
    return reading


def _surely(reading: Reading) -> Reading:
    return replace(reading, confirm=True) if isinstance(reading, Value) else reading


def _with_percent(lexed: Lexed, said: str) -> Reading:
    """The percentage is ours to compute; one typed beside the figures must agree with them."""
    percent = re.search(r"n,?p", lexed.signs)
    if percent is None or lexed.signs.count("n") == 1:
        return Refuse("percent") if lexed.signs.count("n") <= 1 else Unreadable()
    rest = lexed.signs[: percent.start()] + lexed.signs[percent.end() :]
    before = lexed.signs[: percent.start()]
    if lexed.signs.count("n") == len("np") and before.endswith("m"):
        return Refuse("percent")  # "15 thư viện đạt 80%": the fifteen are the total
    if lexed.signs[percent.end() :].startswith("o"):
        return Refuse("percent")  # 80% of 15
    if before.endswith("o"):
        # 12/15%: the sign belongs to both, or to nothing.
        whole = _read(replace(lexed, signs=lexed.signs.replace("p", "")), said)
        return asked(whole, "percent_mismatch")
    place = before.count("n")
    bare = Lexed(
        re.sub("^,?m?,", "", rest).strip(",:o").removesuffix(",m"),
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
