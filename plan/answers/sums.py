"""Met, total and the rest: where two of them are told, the third is worked out."""

import re
from dataclasses import replace
from fractions import Fraction

from plan.answers.lexing import Lexed
from plan.answers.numerals import LARGEST
from plan.answers.readings import Ask, Reading, Refuse, Share, Value

LARGEST_TOTAL = 1_000_000

_MET_UNMET = re.compile(r",?n,?m,?r?n,?u,?|,?mn,?(?:u|r|ru)n,?|,?nm,?rn,?")
_UNMET_MET = re.compile(r",?n,?u,?n,?m,?|,?un,?mn,?")
_TOTAL_UNMET = re.compile(r",?tn,?x?(?:u|r|ru)nu?,?|,?tn,?x?r?nu,?|,?nx(?:un|nu),?")
_UNMET_OF = re.compile(r",?un,?o+t?n,?|,?n,?u,?o+t?n,?|,?no+t?n,?u,?|,?n,?u,?t+n,?")
_SOME_UNMET = re.compile(r",?n,?r?(?:n,?u|un),?")
_ALL_THREE = re.compile(r",?t?n[,:]?x?(?:mn|nm),?(?:r?u?n|r?nu),?")
_REST_LAST = re.compile(r",?m?n[m,]*o+t?nm?,?r?(?:n,?u|un|(?<=r)n),?")
_TOTAL_AFTER = re.compile(r",?(?:mn|nm),?r?(?:un|nu),?t+n,?")


def added(lexed: Lexed) -> Reading | None:
    """Where the total, or what was met, has to be worked out from the two numbers."""
    signs, values = lexed.signs, [numeral.only for numeral in lexed.numerals]
    if _UNMET_OF.fullmatch(signs) or _SOME_UNMET.fullmatch(signs):
        return _from_unmet(signs, [value for value in values if value is not None])
    shapes = (_MET_UNMET, _UNMET_MET, _TOTAL_UNMET, _ALL_THREE, _REST_LAST, _TOTAL_AFTER)
    shape = next((shape for shape in shapes if shape.fullmatch(signs)), None)
    if shape is None:
        return None
    if any(value is None for value in values):
        return Ask((), "several_numbers")
    first, second, *third = [value for value in values if value is not None]
    if third:
        met, total, rest = _told_apart(shape, first, second, third[0])
        return asked(checked(met, total), "sum" if met + rest != total else "")
    if shape is _TOTAL_UNMET:
        return _noted(checked(first - second, first)) if first >= second else Refuse("over")
    met = first if shape is _MET_UNMET else second
    return _noted(checked(met, first + second))


def _from_unmet(signs: str, said: list[Fraction]) -> Reading | None:
    """3/15 chưa đạt; and 12, 3 chưa: twelve that have met it, or twelve in all?"""
    if len(said) != len("nn"):
        return None
    if _UNMET_OF.fullmatch(signs):
        unmet, total = said
        return asked(checked(total - unmet, total), "sum") if unmet <= total else Refuse("over")
    other, unmet = said
    found = [checked(other, other + unmet)]
    found += [checked(other - unmet, other)] if unmet <= other else []
    return Ask(tuple(one.given for one in found if isinstance(one, Value)), "sum")


def _told_apart(shape: re.Pattern[str], *said: Fraction) -> tuple[Fraction, ...]:
    """Met, total and the rest, in whatever order they were named."""
    first, second, third = said
    if shape is _ALL_THREE:
        return second, first, third
    return (first, second, third) if shape is _REST_LAST else (first, third, second)


def _noted(reading: Reading) -> Reading:
    return Value(reading.given, confirm=True, note="sum") if isinstance(reading, Value) else reading


def asked(reading: Reading, reason: str) -> Reading:
    if not reason:
        return reading
    if isinstance(reading, Value):
        return Ask((reading.given,), reason)
    return (
        replace(reading, reason=reason)
        if isinstance(reading, Ask) and reading.readings
        else reading
    )


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
