"""Whole numbers as they are typed in Vietnam: 1250, 1.250, 1 250, and the doubtful 1,250."""

import re
from dataclasses import dataclass
from fractions import Fraction

from plan.answers.readings import Ask, Count, Reading, Refuse, Unreadable

# ASCII digits only: other digits are letters to this reader.
NUMBER = r"(?:[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9.,])|[0-9]+(?:[.,_'][0-9]+)*)"
SCALES = {
    **dict.fromkeys(("nghin", "ngan", "k"), 1_000),
    **dict.fromkeys(("trieu", "tr"), 1_000_000),
    **dict.fromkeys(("ty", "ti"), 1_000_000_000),
}
LARGEST = 999_999_999

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([. _'])[0-9]{3}(?:\1[0-9]{3})*")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_DECIMAL = re.compile(r"[0-9]+(?:[.,' ][0-9]{3})*[.,][0-9]+")
_SCALED = re.compile(rf"([0-9]+)(?:([.,])([0-9]+))? ?({'|'.join(SCALES)})(?: ?([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Number:
    value: int
    doubt: str = ""


def read_number(token: str) -> Number | Refuse | Unreadable:
    if _PLAIN.fullmatch(token):
        leading_zero = len(token) > 1 and token.startswith("0")
        return _sized(token, "leading_zero" if leading_zero else "")
    if _GROUPED.fullmatch(token):
        return _sized(token, "")
    if _COMMAS.fullmatch(token):
        return _sized(token, "comma")
    return Refuse("decimal") if _DECIMAL.fullmatch(token) else Unreadable()


def read_scaled(text: str) -> Reading | Count | None:
    """1,2 triệu · 12k · 1tr2. Before a unit word both "." and "," are decimal marks."""
    match = _SCALED.fullmatch(text)
    if match is None:
        return None
    whole, point, decimals, unit, after = match.groups(default="")
    if after and decimals:
        return Unreadable()
    value = _times(whole, decimals or after, SCALES[unit])
    if isinstance(value, Refuse):
        return value
    if len(after) > 1 or len(decimals) > len("12"):
        # 1.250 nghìn: 1,25 nghìn or 1250 nghìn? 1tr25: 1,25 or 1 000 025?
        other = int(whole + decimals) * SCALES[unit] if point else _added(whole, after, unit)
        return Ask(tuple(Count(n) for n in (value, other) if n <= LARGEST), "scale")
    return Count(value)


def _times(whole: str, decimals: str, scale: int) -> int | Refuse:
    value = Fraction(f"{whole}.{decimals or 0}") * scale
    if value > LARGEST:
        return Refuse("too_big")
    return int(value) if value.denominator == 1 else Refuse("decimal")


def _added(whole: str, after: str, unit: str) -> int:
    return int(whole) * SCALES[unit] + int(after)


def _sized(token: str, doubt: str) -> Number | Refuse:
    value = int(re.sub(r"[^0-9]", "", token))
    return Number(value, doubt) if value <= LARGEST else Refuse("too_big")
