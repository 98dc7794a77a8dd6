"""Typed words, made comparable: courtesies off, slips of Telex and VNI undone."""

import re
from dataclasses import dataclass
from functools import lru_cache

from plan.answers.vocabulary import POLITE, spellings
from plan.words import fold, has_loose_marks, tidy

LONGEST = 200
"""Characters of an answer; what is longer is a story, not a figure."""


_WORD = re.compile(r"(?<![\w.,])[.,][0-9]+|[0-9]+(?:[.,'_][0-9]+)*|[^\W\d_]+|[^\w\s]")
_COMRADE = re.compile(r"\bđ/c\b|\ba/c\b|\bđồng chí\b|\./\.$")
"""Words and marks of official letters, which end in "./."."""
_VNI = re.compile(r"[a-z]+(?:[1-9][a-z]*)+")
_TELEX = ("aa", "ee", "oo", "dd", "aw", "ow", "uw")
_TONES = "sfrxj"
_EDGES = " .!,;\"'“”"
_POINT = re.compile(r"[ !;\"'“”]*([.,])(?=[0-9])")
_POLITE = spellings(POLITE)
_UNIT = re.compile(r"(?<!\w)([0-9][0-9.,]*)(?![olis|]+(?![^\W\d_]))([^\W\d_])")
_SIGNS = re.compile(
    "[\U0001f64f\U0001f600-\U0001f64e\U0001f970-\U0001f97a❤♥]"
    r"|(?<![0-9])[:;=]['-]?[)(]+(?![\w(])|\^+_*\^+"
)
"""Faces and thanks, drawn or typed: politeness too."""
_ASKING_BACK = re.compile(r" à(?=\W*$)")
"""Without its accent it is the courtesy "ạ"; at the beginning it is no more than a sigh."""
_LATE = re.compile(r"([aeo])([bcdghklmnpqrstvx]+)\1(?=[sfrxj]?$)")
"""The second vowel of a Telex pair may come last: "trene"."""


@dataclass(frozen=True, slots=True)
class Token:
    raw: str
    key: str
    """Without accents: how keywords are found."""

    @property
    def plain(self) -> bool:
        return self.raw == self.key


def spoken(text: str) -> str | None:
    """Tidy and in small letters, accents kept, politeness left out at both ends.

    None when nothing can be made of it.
    """
    if len(text) > LONGEST or has_loose_marks(text):
        return None
    said = _COMRADE.sub(" ", tidy(_SIGNS.sub(" ", tidy(text).lower())))
    said = _ASKING_BACK.sub(" hả", said)
    return _curt(_UNIT.sub(r"\1 \2", said)) or None


def _curt(said: str) -> str:
    words = _trimmed(said).split(" ")
    while len(words) > 1 and _is_greeting(words[0].strip(_EDGES), words[1]):
        words.pop(0)
    while len(words) > 1 and words[-1].strip(_EDGES) in _POLITE:
        words.pop()
    return _trimmed(" ".join(words))


def _is_greeting(word: str, following: str) -> bool:
    """Hén comes last: "hen 25/10" is "hẹn"; and "chi tieu" is no lady."""
    return word in _POLITE and word != "hen" and fold(following) != "tieu"


def _trimmed(said: str) -> str:
    """Without punctuation at its ends, but ".5" is not 5."""
    mark = _POINT.match(said)
    return (mark[1] if mark else "") + said.strip(_EDGES)


@lru_cache(maxsize=32)
def tokens(said: str) -> tuple[Token, ...]:
    """Kept for the few texts at hand: each kind of reading looks through the same ones."""
    return tuple(Token(raw, fold(raw) or raw) for raw in _WORD.findall(said))


def mended(said: str, known: frozenset[str]) -> str | None:
    """Keystrokes of Telex and VNI that were never joined, "muwowif" or "mu7o7i2", as words.

    Only a word that becomes a known one is taken; None where nothing changed.
    """
    words = said.split(" ")
    found = [_mend(word, known) for word in words]
    return " ".join(found) if found != words else None


def _mend(word: str, known: frozenset[str]) -> str:
    if fold(word) in known or not word.isascii():
        return word
    if _VNI.fullmatch(word):
        bare = re.sub(r"[0-9]", "", word)
        return bare if bare in known and len(bare) > 1 else word
    if not word.isalpha():
        return word
    return next((bare for bare in _untyped(word) if bare in known), word)


def _untyped(word: str) -> list[str]:
    """What a Telex word may be, tones and doubled letters taken back, accents left out."""
    marked = _LATE.sub(r"\1\2", word)
    for pair in _TELEX:
        marked = marked.replace(pair, pair[0])
    ways = [marked, marked.replace("w", "")]
    ways += [way[:n] + way[n + 1 :] for way in ways for n, sign in _tones_in(way)]
    ways += [way.replace("w", "u") for way in ways]
    return ways if marked != word or _tones_in(word) or "w" in word else []


def _tones_in(word: str) -> list[tuple[int, str]]:
    return [
        (n, sign) for n, sign in enumerate(word) if n and sign in _TONES and word[n - 1].isalpha()
    ]


def bare(said: str) -> str:
    """Folded, without punctuation at its ends: what whole messages are compared by."""
    keys = [token.key for token in tokens(said)]
    while keys and keys[0] in _EDGES:
        keys.pop(0)
    while keys and keys[-1] in _EDGES:
        keys.pop()
    return " ".join(keys)
