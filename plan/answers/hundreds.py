"""Numbers under a thousand in words: "một trăm linh năm", "hăm mốt", "bảy mươi tư"."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from plan.answers.numerals import Numeral, numeral, read_digits
from plan.answers.vocabulary import NUMBER

ONES: dict[str, int] = NUMBER["ones"]
TENS: dict[str, int] = NUMBER["tens"]
_AFTER_TENS = frozenset(NUMBER["after_tens"])


def below_thousand(atoms: Sequence[str], *, whole: bool) -> Numeral | None:
    if len(atoms) == 1 and atoms[0][0].isdigit():
        return read_digits(atoms[0], whole=whole)
    if "trăm" not in atoms:
        return below_hundred(atoms)
    place = atoms.index("trăm")
    head, tail = atoms[:place], list(atoms[place + 1 :])
    counted = _hundreds(head, alone=not tail)
    if counted is None:
        return None
    rest = _below_hundred_after(tail, counted, whole=whole)
    values = [100 * counted + value for value in rest.values] if rest else []
    return Numeral(distinct(values), rest.doubt) if rest else None


def _hundreds(head: Sequence[str], *, alone: bool) -> Fraction | None:
    if not head:
        return Fraction(1)
    digit = digit_of(head[0]) if len(head) == 1 else None
    if digit is None and len(head) == 1 and "," in head[0] and alone:
        decimal = read_digits(head[0], whole=False)
        return decimal.values[0] if decimal else None
    return None if digit is None else Fraction(digit)


def _below_hundred_after(tail: list[str], counted: Fraction, *, whole: bool) -> Numeral | None:
    if not tail:
        return numeral(0) if counted else None
    if tail == ["rưỡi"]:
        return numeral(50)
    match tail:
        case ["linh" | "lẻ", one]:
            digit = digit_of(one)
            return None if digit is None else numeral(digit)
        case [one] if one in ONES:
            # "một trăm hai" is 120 in speech, but some write it for 102.
            return Numeral((Fraction(10 * ONES[one]), Fraction(ONES[one])), "scale")
        case ["trăm", *_]:
            return None
    return below_thousand(tail, whole=whole)


def below_hundred(atoms: Sequence[str]) -> Numeral | None:
    match list(atoms):
        case [word, *ones] if word in TENS:
            return _tens(TENS[word], ones)
        case [word] if word in ONES:
            return numeral(ONES[word])
        case [ten, one] if ten in ONES and one in _AFTER_TENS:
            return numeral(10 * ONES[ten] + ONES[one])
        case ["mười" | "chục", *rest]:
            return _tens(10, rest)
        case [ten, "mười" | "mươi" | "chục", *rest] if counted := digit_of(ten):
            return _tens(10 * counted, rest)
    return None


def _tens(tens: int, rest: list[str]) -> Numeral | None:
    match rest:
        case []:
            return numeral(tens)
        case ["rưỡi"]:
            return numeral(tens + 5, "unsure")  # or ten and a half
        case [one] if one in ONES:
            return _with_ones(tens, one)
    return None


def _with_ones(tens: int, one: str) -> Numeral:
    """Mười năm is ten years as often as a mistaken fifteen."""
    return numeral(tens + ONES[one], "unsure" if one in {"năm", "không"} else "")


def digit_of(atom: str) -> int | None:
    if atom in ONES:
        return ONES[atom]
    return int(atom) if atom.isdigit() and len(atom) == 1 else None


def distinct(values: Iterable[Fraction]) -> tuple[Fraction, ...]:
    return tuple(dict.fromkeys(values))
