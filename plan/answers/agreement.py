"""Yes and no, in all their spellings. "Không sai" is yes."""

import re

from plan.answers.readings import Ask, Reading, Signal
from plan.answers.spelling import tokens
from plan.answers.vocabulary import AGREEMENT, spellings
from plan.words import fold

_PAIRS = dict.fromkeys(AGREEMENT["pairs"], "right")
_PAIRS |= dict.fromkeys(AGREEMENT["wrong_pairs"], "wrong")
_PAIRS |= dict.fromkeys(AGREEMENT["nothing_pairs"], "ạ")
_PAIRS |= {fold(pair): meaning for pair, meaning in _PAIRS.items()}
_YES_SIGNS, _NO_SIGNS = frozenset(AGREEMENT["yes_signs"]), frozenset(AGREEMENT["no_signs"])
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\u2640\u2642]")
_SOUNDS = (
    dict.fromkeys(spellings(AGREEMENT["empty"]), "")
    | dict.fromkeys(spellings(AGREEMENT["not"]), "-")
    | dict.fromkeys(spellings([*AGREEMENT["right"], "right"]), "r")
    | dict.fromkeys(spellings([*AGREEMENT["wrong"], "wrong"]), "w")
    | dict.fromkeys(spellings(AGREEMENT["turning"]), "d")
    | dict.fromkeys(_YES_SIGNS, "r")
    | dict.fromkeys(_NO_SIGNS, "w")
    # Without its accent "ờ" is the letter that is typed for a nought.
    | {"dung": "r", "ờ": "r", "hả": "?", "nhỉ": "?", "?": "?", ",": ","}
)
_FIGURES, _THERE_IS = spellings(["số", "liệu"]), spellings(["có", "được", "đc", "dc"])
KNOWN = frozenset(word for word, sound in _SOUNDS.items() if sound and word.isascii())


def agreement(said: str) -> Reading | None:
    """Yes, no, or a question back; None where the words say something else."""
    signs = set(_SKIN.sub("", said).replace(" ", ""))
    if signs and signs <= _YES_SIGNS:
        return Signal.YES
    if signs and signs <= _NO_SIGNS:
        return Signal.NO
    if signs and signs <= _YES_SIGNS | _NO_SIGNS:
        return Ask((), "unsure")
    sounds = _sounds(_DRAWN_OUT.sub(r"\1", _SKIN.sub("", said).removesuffix(" 100%")))
    if sounds is None:
        return None
    return _weighed(sounds, polite=bool(re.search(r"\b(?:dạ|da|vâng)\b", said)))


def _sounds(said: str) -> str | None:
    """`r` right, `w` wrong, `-` not, `?` and `,`; None where there is another word."""
    found = [token for token in tokens(_paired(said)) if token.raw not in {".", "!", ";"}]
    kinds = [_SOUNDS.get(token.raw) for token in found]
    said_of_figures = any(token.raw in _FIGURES for token in found)
    judging = (token.raw for token in found if _SOUNDS.get(token.raw) in {"r", "w"})
    if said_of_figures and all(word in _THERE_IS for word in judging):
        return None  # "có số liệu", "chưa có số": whether there are figures, not whether they fit
    return None if None in kinds or not found else "".join(kind or "" for kind in kinds)


def _paired(said: str) -> str:
    """With "chính xác" and its kin as one word each."""
    words = said.split(" ")
    for n in range(len(words) - 1):
        pair = _PAIRS.get(f"{words[n]} {words[n + 1]}".strip(".,!;"))
        if pair:
            words[n : n + 2] = [pair, ""]
    return " ".join(word for word in words if word)


def _turned(sounds: str) -> str:
    """Đâu before the word denies it, and adds nothing where it is denied already."""
    text = re.sub("^d", "-", sounds)
    return text.replace("d", "") if "-" in text else text


def _weighed(sounds: str, *, polite: bool) -> Reading | None:
    text = _turned(sounds.rstrip("?,"))
    if "?" in sounds or re.fullmatch(r"r+-", text):
        return Ask((), "unsure")  # "đúng không?"
    if "d" in text:
        return Ask((), "unsure")  # "đúng đâu", "sai đâu"
    if not text:
        return Signal.YES if polite else None
    if re.fullmatch(r"[r,]+|r*,?-r?w", text):
        return Signal.YES  # "không sai" is yes, "không, sai" is not
    if re.fullmatch(r"-+|-+,?r+|-*,?-?,w+|r?w+|-,[-w,]*|w[,w-]*", text):
        return Signal.NO
    return Ask((), "unsure")
