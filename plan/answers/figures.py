"""Reads what a person typed when a figure was asked for. Never guesses in silence."""

import re
from collections.abc import Callable
from fractions import Fraction

from plan.answers.numerals import NUMBER, Number, read_number, read_scaled
from plan.answers.phrases import OBJECT, heard, in_words, without_vagueness
from plan.answers.readings import Ask, Count, Reading, Refuse, Share, Unreadable, Value

Found = Reading | Share | Count
LARGEST_TOTAL = 1_000_000

_PHONE = re.compile(r"(?:\+?84|0)[0-9]{9}")
_DATE = re.compile(r"[0-9]{1,4} ?([-/.]) ?[0-9]{1,2} ?\1 ?[0-9]{1,4}")
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?(?:%|phan tram)")
_NEGATIVE = re.compile(r"(?:^|/ ?)- ?[0-9]")
_RANGE = re.compile(rf"(?:tu )?{NUMBER} ?(?:-|den|toi) ?{NUMBER}")

_MET = rf"(?:(?:da )?dat |co )?({NUMBER})(?: {OBJECT})?(?: dat)?"
_ALL = rf"({NUMBER})(?: {OBJECT})?"
_ALONE = re.compile(_MET)
_CERTAIN = re.compile(
    rf"{_MET}(?: ?(?:/+|\\) ?| (?:tren|trong|cua)(?: tong)?(?: so)? |,? tong(?: so)?:? ){_ALL}"
)
_TOTAL_FIRST = re.compile(rf"tong(?: so)?:? {_ALL}[,;]? dat:? {_ALL}")
_MET_AND_UNMET = re.compile(rf"{_ALL} dat[,;]? {_ALL} chua(?: dat)?")
_UNCERTAIN = re.compile(rf"([0-9]+)(?: ?[:;|-] ?|, | )([0-9]+)(?: {OBJECT})?")
_WITH_PERCENT = re.compile(r"(.+?) ?(?:\(([0-9.,]+) ?%\)|= ?([0-9.,]+) ?%)")

_COUNT_HEAD = re.compile(r"^(?:(?:da )?dat|co|tong(?: so| cong)?):? ")
_COUNT_TAIL = re.compile(r" (?:luot(?: (?:nguoi|khach|ban doc))?|nguoi|khach)$")


def read_share(text: str) -> Reading:
    """How many of how many: "12/15" and its kin. A ratio alone is refused."""
    return _whole(_read(text, _share_in))


def read_count(text: str) -> Reading:
    """A number of visits, whole: "1.250", "1,2 triệu"."""
    return _whole(_read(text, _count_in))


def _whole(found: Found) -> Reading:
    return Value(found) if isinstance(found, Share | Count) else found


def _read(text: str, figure_in: Callable[[str], Found]) -> Found:
    said = heard(text)
    if said is None:
        return Unreadable()
    bare = without_vagueness(said)
    if bare is None:
        return in_words(said) or figure_in(said)
    reading = figure_in(bare)
    return Ask((reading,), "unsure") if isinstance(reading, Share | Count) else reading


def _share_in(said: str) -> Found:
    if refused := _not_whole(said):
        return Refuse("too_big") if refused == Refuse("phone") else refused
    for shape, read in _SHAPES:
        if match := shape.fullmatch(said):
            return read(match)
    return Unreadable()


def _count_in(said: str) -> Found:
    bare = _COUNT_TAIL.sub("", _COUNT_HEAD.sub("", said))
    if refused := _not_whole(bare):
        return refused
    if scaled := read_scaled(bare):
        return scaled
    if re.fullmatch(NUMBER, bare):
        return _count(bare)
    return Refuse("range") if _RANGE.fullmatch(bare) else Unreadable()


def _not_whole(said: str) -> Refuse | Unreadable | None:
    """What looks like a figure and is none: a telephone number, a date, a percentage."""
    if _PHONE.fullmatch(re.sub(r"[ .-]", "", said)):
        return Refuse("phone")
    if _DATE.fullmatch(said):
        return Unreadable()
    if _PERCENT.fullmatch(said):
        return Refuse("percent")
    return Refuse("negative") if _NEGATIVE.search(said) else None


def _count(token: str) -> Found:
    number = read_number(token)
    if not isinstance(number, Number):
        return number
    count = Count(number.value)
    return Ask((count,), number.doubt) if number.doubt else count


def _without_total(token: str) -> Found:
    number = read_number(token)
    if not isinstance(number, Number):
        return number
    if number.value > LARGEST_TOTAL:
        return Refuse("too_big")
    return Ask((Count(number.value),), "total_missing")


def _share(met: str, total: str, doubt: str = "") -> Found:
    numerator, denominator = read_number(met), read_number(total)
    if not isinstance(numerator, Number):
        return numerator
    if not isinstance(denominator, Number):
        return denominator
    share = Share(numerator.value, denominator.value)
    return _checked(share, doubt or numerator.doubt or denominator.doubt)


def _checked(share: Share, doubt: str) -> Found:
    if max(share.numerator, share.denominator) > LARGEST_TOTAL:
        return Refuse("too_big")
    if share == Share(0, 0):
        return Ask((), "no_object?")
    if share.denominator == 0:
        return Refuse("zero_total")
    if share.numerator > share.denominator:
        return Refuse("over")
    return Ask((share,), doubt) if doubt else share


def _sum(met: str, unmet: str) -> Found:
    numbers = read_number(met), read_number(unmet)
    values = [number.value for number in numbers if isinstance(number, Number)]
    if len(values) < len(numbers):
        return Unreadable()
    return _checked(Share(values[0], sum(values)), "sum")


def _either(first: str, second: str, said: str) -> Found:
    """For "12 150": 12 of 150, or 12.150 whose total is missing?"""
    share = _share(first, second, "separator")
    match = _ALONE.fullmatch(said)
    alone = _without_total(match[1]) if match else Unreadable()
    if isinstance(share, Ask) and isinstance(alone, Ask):
        return Ask(share.readings + alone.readings, "separator")
    return alone if isinstance(alone, Ask) else share


def _agreeing(reading: Found, typed: str) -> Found:
    """The percentage is ours to compute; one typed beside the figures must agree with them."""
    if not isinstance(reading, Share):
        return reading
    whole, _, decimals = typed.replace(",", ".").partition(".")
    if not whole.isdigit() or (decimals and not decimals.isdigit()):
        return Unreadable()
    true = Fraction(100 * reading.numerator, reading.denominator)
    gap = abs(true - Fraction(f"{whole}.{decimals or 0}"))
    fits = gap <= Fraction(1, 2 * 10 ** len(decimals))
    return reading if fits else Ask((reading,), "percent_mismatch")


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found]], ...] = (
    (_WITH_PERCENT, lambda match: _agreeing(_share_in(match[1]), match[2] or match[3])),
    (_CERTAIN, lambda match: _share(match[1], match[2])),
    (_TOTAL_FIRST, lambda match: _share(match[2], match[1])),
    (_MET_AND_UNMET, lambda match: _sum(match[1], match[2])),
    (_UNCERTAIN, lambda match: _either(match[1], match[2], match[0])),
    (_ALONE, lambda match: _without_total(match[1])),
)
