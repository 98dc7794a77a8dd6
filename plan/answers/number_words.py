"""Numbers in words, "hai triệu rưỡi", and digits beside words, "1 triệu 2", "12k5"."""

from collections.abc import Sequence
from fractions import Fraction
from unicodedata import normalize

from plan.answers.hundreds import ONES, TENS, below_hundred, below_thousand, digit_of, distinct
from plan.answers.numerals import Numeral, numeral, read_digits
from plan.answers.spelling import Token
from plan.answers.vocabulary import NUMBER

SHORT = frozenset(NUMBER["never_first"])
SCALES: dict[str, int] = NUMBER["scales"]
UNMARKED: dict[str, str] = NUMBER["unmarked"]
OTHERS = frozenset(NUMBER["others"])
WORDS = frozenset(ONES) | frozenset(TENS) | frozenset(SCALES) | OTHERS
DOUBTFUL_ALONE = frozenset(NUMBER["doubtful_alone"])
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SPELT: dict[str, str] = NUMBER["spelt"]


def word_of(token: Token) -> str | None:
    """The number word a token is, in its full spelling; None where it is none."""
    raw = _SPELT.get(token.raw, token.raw)
    if raw in WORDS:
        return raw
    return UNMARKED.get(raw) if token.plain else None


def scale_of(word: str) -> int:
    """A thousand of "nghìn" and "nghin"; 1 of what is no unit word."""
    return SCALES.get(UNMARKED.get(word, word), 1)


def near(token: Token) -> str | None:
    """A number word with a tone too many or on the wrong letter: asked about, never taken."""
    if word_of(token) is not None or token.plain:
        return None
    return _TONELESS.get(_toneless(token.raw))


def _misspelt(token: Token) -> bool:
    """Mưòi, mừoi: no syllable at all, so a slip of the thumb."""
    bare = "".join(sign for sign in normalize("NFD", token.raw) if sign not in _TONES)
    return any(pair in normalize("NFC", bare) for pair in ("ưo", "uơ"))


def _toneless(word: str) -> str:
    """Without its tone; ươ may have lost a hook to it, as in "mưòi"."""
    bare = "".join(sign for sign in normalize("NFD", word) if sign not in _TONES)
    return normalize("NFC", bare).replace("ưo", "ươ").replace("uơ", "ươ")


_TONELESS = {_toneless(word): word for word in WORDS if not word.isascii()}


def read_words(run: Sequence[Token], *, whole: bool) -> Numeral | None:
    """A run of number words and digits as one number; None where it is none."""
    slipped = [token for token in run if near(token)]
    if len(slipped) == len(run) and not any(map(_misspelt, run)):
        return None  # "tạm", "từ từ": words of their own
    atoms = [word_of(token) or near(token) or token.raw for token in run]
    if len(atoms) == 1 and atoms[0] in SCALES:
        return numeral(SCALES[atoms[0]], "unsure")
    found = _decimal(atoms) or _read(atoms, 10**12, whole=whole)
    if found is None:
        return None
    doubt = found.doubt or ("slip" if slipped else "")
    alone = len(atoms) == 1 and atoms[0] in DOUBTFUL_ALONE
    if not doubt and alone and (run[0].plain or atoms[0] == "mốt"):
        doubt = "unsure"
    return Numeral(found.values, doubt, confirm=True)


def _read(atoms: Sequence[str], below: int, *, whole: bool) -> Numeral | None:
    """The largest scale first: what stands before it counts it, what comes after is added."""
    for scale in (10**9, 10**6, 10**3):
        places = [n for n, atom in enumerate(atoms) if SCALES.get(atom) == scale]
        if not places:
            continue
        if len(places) > 1 or scale >= below:
            return None
        head, unit, tail = atoms[: places[0]], atoms[places[0]], atoms[places[0] + 1 :]
        if unit in SHORT and len(tail) == 1 and tail[0].isdigit():
            # 1tr25, 12k5: digits glued to the short unit are its decimals.
            tail = [f"0.{tail[0]}"]
        return _scaled(head, scale, tail, whole=whole)
    return below_thousand(atoms, whole=whole)


def _scaled(head: Sequence[str], scale: int, tail: Sequence[str], *, whole: bool) -> Numeral | None:
    counted = _coefficient(head) if head else numeral(1)
    if counted is None or 0 in counted.values or not _adjacent(head):
        return None
    rest = _rest(tail, scale, whole=whole)
    if rest is None or (tail and any(value.denominator > 1 for value in counted.values)):
        return None
    values = distinct(count * scale + more for count in counted.values for more in rest.values)
    doubt = counted.doubt or rest.doubt
    return Numeral(values, "scale" if len(values) > 1 else doubt)


def _adjacent(head: Sequence[str]) -> bool:
    """Two unit words count each other only side by side: nghìn tỷ, but not 5 nghìn 2 triệu."""
    places = [n for n, atom in enumerate(head) if atom in SCALES]
    return not places or places == [len(head) - 1]


def _coefficient(head: Sequence[str]) -> Numeral | None:
    """Before a unit word both "." and "," are decimal marks, but 1.250 nghìn has two readings."""
    if list(head) == ["nửa"]:
        return numeral(Fraction(1, 2))
    if len(head) == 1 and head[0][0].isdigit():
        literal = head[0]
        if read := read_digits(literal, whole=False):
            whole = read_digits(literal, whole=True)
            if literal.count(",") == 1 and whole and whole.doubt == "comma":
                return Numeral((*read.values, *whole.values), "scale")
            return read
        return None
    return _decimal(head) or _read(head, 10**6, whole=False)


def _rest(tail: Sequence[str], scale: int, *, whole: bool) -> Numeral | None:
    """What follows a unit word: 1 triệu 2, hai triệu rưỡi, một nghìn không trăm linh năm."""
    if not tail:
        return numeral(0)
    if list(tail) == ["rưỡi"]:
        return numeral(Fraction(scale, 2))
    if tail[0].startswith("0."):
        return numeral(Fraction(tail[0]) * scale)
    if len(tail) == 1 and (tail[0] in ONES or tail[0].isdigit()):
        return _shorthand(tail[0], scale)
    strict = tail[0] in {"linh", "lẻ"}
    found = _read(tail[1:] if strict else tail, scale, whole=whole)
    if found is None or any(value >= scale for value in found.values):
        return None
    return found if strict else _in_the_street(found, tail, scale)


def _in_the_street(found: Numeral, tail: Sequence[str], scale: int) -> Numeral:
    """Một triệu hai trăm: 1 000 200 by the book, 1 200 000 in the street."""
    lower = [atom for atom in tail if SCALES.get(atom, 0) == scale // 1000]
    if scale > 10**3 and not lower and "không" not in tail:
        return Numeral(distinct([*found.values, *(v * (scale // 1000) for v in found.values)]))
    return found


def _shorthand(atom: str, scale: int) -> Numeral:
    """1tr2 is 1 200 000; 1tr250 may be 1 250 000 or 1 000 250."""
    digits = str(ONES[atom]) if atom in ONES else atom
    fraction = Fraction(int(digits) * scale, 10 ** len(digits))
    if len(digits) == 1:
        return numeral(fraction)
    return Numeral(distinct([fraction, Fraction(int(digits))]))


def _decimal(atoms: Sequence[str]) -> Numeral | None:
    """In words: mười hai phẩy năm, ba phẩy hai triệu."""
    if "phẩy" not in atoms:
        return None
    place = list(atoms).index("phẩy")
    tail = list(atoms[place + 1 :])
    scale = SCALES.get(tail[-1], 1) if tail else 1
    decimals = _decimals(tail[:-1] if scale > 1 else tail)
    head = _read(atoms[:place], 10**6, whole=True) if place else None
    if head is None or len(head.values) > 1 or not decimals:
        return None
    return numeral(Fraction(f"{head.values[0]}.{decimals}") * scale, head.doubt)


def _decimals(atoms: Sequence[str]) -> str:
    digits = [digit_of(atom) for atom in atoms]
    if atoms and all(digit is not None for digit in digits):
        return "".join(map(str, digits))
    found = below_hundred(atoms)
    return str(found.values[0]) if found else ""
