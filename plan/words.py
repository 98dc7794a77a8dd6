"""Typed Vietnamese, made comparable."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    (
        # soft hyphen, zero-width characters, word joiner and invisible operators, BOM
        *(0x00AD, 0x180E, 0xFEFF, *range(0x200B, 0x200E), *range(0x2060, 0x2065)),
        # direction marks, embeddings, overrides and isolates
        *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
        # what makes an emoji of a digit, or a text of an emoji: variation selectors and keycap
        *(0xFE0E, 0xFE0F, 0x20E3),
    ),
    None,
)
# Only full-width forms: the whole of NFKC would also read "12²" as 122.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOK_ALIKES = str.maketrans("‐‑‒–—−⁄∕“”„«»‘’", '------//"""""\'\'')
_TABLE = _INVISIBLE | _FULL_WIDTH | _LOOK_ALIKES


def tidy(text: str) -> str:
    """NFC, ASCII forms of digits, dashes, slashes and quotes, single spaces."""
    plain = unicodedata.normalize("NFC", text).translate(_TABLE)
    return re.sub(r"\s+", " ", plain).strip()


def fold(text: str) -> str:
    """The key by which two spellings are the same: "Thủ Đức", "THU DUC" and "thủ  đức"."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = _without_marks(tidy(text)).casefold()
    return tidy(_without_marks(bare).replace("đ", "d"))


def has_loose_marks(text: str) -> bool:
    """Marks that no letter took up, such as a digit struck through by U+0336."""
    return any(unicodedata.combining(sign) for sign in tidy(text))


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
