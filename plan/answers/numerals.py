"""One number as it was typed in digits: 1250, 1.250, 1 250, and the doubtful 1,250."""

import re
from dataclasses import dataclass
from fractions import Fraction

LARGEST = 999_999_999

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([._'])[0-9]{3}(?:\1[0-9]{3})*")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]+")
_BOTH = re.compile(r"[1-9][0-9]{0,2}(?:([.,'])[0-9]{3})(?:\1[0-9]{3})*([.,])[0-9]+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a number may be: one value, or several with the reason of the doubt.

    A single value may be doubtful too; with `confirm` it was clear, but not typed literally.
    """

    values: tuple[Fraction, ...]
    doubt: str = ""
    confirm: bool = False

    @property
    def only(self) -> Fraction | None:
        return self.values[0] if len(self.values) == 1 and not self.doubt else None


def numeral(value: Fraction | int, doubt: str = "", *, confirm: bool = False) -> Numeral:
    return Numeral((Fraction(value),), doubt, confirm)


def read_digits(literal: str, *, whole: bool) -> Numeral | None:
    """Digits with their separators; `whole` where only a whole number can be meant.

    In Vietnam "." groups thousands and "," begins the decimals. 12.5 is never 125.
    """
    if _PLAIN.fullmatch(literal):
        leading_zero = len(literal) > 1 and literal.startswith("0")
        return numeral(int(literal), "leading_zero" if leading_zero else "")
    if grouped := _GROUPED.fullmatch(literal):
        return _grouped(literal, grouped[1], whole=whole)
    if _COMMAS.fullmatch(literal):
        return _with_commas(literal, whole=whole)
    if _DECIMAL.fullmatch(literal):
        return numeral(Fraction(literal.replace(",", ".")), confirm="." in literal)
    both = _BOTH.fullmatch(literal)
    if both is None or both[1] == both[2]:
        return None
    value = Fraction(literal.replace(both[1], "").replace(",", "."))
    doubtful = both[1] == "," or value.denominator == 1
    return numeral(value, "separator" if doubtful else "")


def _grouped(literal: str, mark: str, *, whole: bool) -> Numeral:
    value = Fraction(_joined(literal))
    if whole or mark != "." or literal.count(".") > 1:
        return numeral(value, confirm=mark != ".")
    return Numeral((Fraction(literal), value), "separator")


def _with_commas(literal: str, *, whole: bool) -> Numeral:
    value = Fraction(_joined(literal))
    if literal.count(",") > 1:
        return numeral(value, confirm=True)
    return numeral(value, "comma") if whole else numeral(_decimal(literal), confirm=True)


def _decimal(literal: str) -> Fraction:
    return Fraction(literal.replace(",", "."))


def _joined(literal: str) -> int:
    return int(re.sub(r"[^0-9]", "", literal))
