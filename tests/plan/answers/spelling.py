"""Numbers read out as in the north, in the south and in between."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SPEECHES = (
    {"nghìn": "nghìn", "linh": "linh", "bốn": "tư", "bảy": "bẩy", "lăm": "lăm"},
    {"nghìn": "ngàn", "linh": "lẻ", "bốn": "bốn", "bảy": "bảy", "lăm": "lăm"},
    {"nghìn": "nghìn", "linh": "lẻ", "bốn": "tư", "bảy": "bảy", "lăm": "nhăm"},
)
Speech = dict[str, str]


def spell(number: int, speech: Speech) -> str:
    """In full, as read out: 1005 is "một nghìn không trăm linh năm"."""
    words: list[str] = []
    for scale, unit in ((10**6, "triệu"), (10**3, speech["nghìn"]), (1, "")):
        part = number // scale % 1000
        if part:
            words += [*_spell_hundreds(part, speech, after=bool(words)), unit]
    return " ".join(words).strip() or DIGITS[0]


def _spell_hundreds(number: int, speech: Speech, *, after: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    if not hundreds and not after:
        return _spell_tens(number, speech)
    joint = [speech["linh"]] if 0 < rest < 10 else []
    return [_digit(hundreds, speech), "trăm", *joint, *_spell_tens(rest, speech)]


def _spell_tens(number: int, speech: Speech) -> list[str]:
    tens, ones = divmod(number, 10)
    if not tens:
        return [_digit(ones, speech)] if ones else []
    last = {0: "", 1: "mốt" if tens > 1 else "một", 5: speech["lăm"] if tens > 1 else "lăm"}
    four = speech["bốn"] if tens > 1 else "bốn"
    ending = last.get(ones, four if ones == 4 else _digit(ones, speech))
    return [*(["mười"] if tens == 1 else [_digit(tens, speech), "mươi"]), *([ending] * bool(ones))]


def _digit(digit: int, speech: Speech) -> str:
    return speech["bảy"] if digit == 7 else DIGITS[digit]
