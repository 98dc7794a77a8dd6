"""The words in which answers are typed, from `plan/data/answers.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plan.words import fold

FILE = Path(__file__).parents[1] / "data" / "answers.toml"

_DATA: Mapping[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
_CLASSES: dict[str, str] = _DATA["classes"]

NUMBER: Mapping[str, Any] = _DATA["number"]
SIGNS: Mapping[str, Any] = _DATA["signs"]
DAYS: Mapping[str, Any] = _DATA["days"]
COUNTS: Mapping[str, Any] = _DATA["counts"]
AGREEMENT: Mapping[str, Any] = _DATA["agreement"]
BESIDE = frozenset(_DATA["number"]["beside"])
"""Words beside figures and days in which keystrokes of Telex and VNI are looked for as well."""
POLITE = _DATA["polite"]["words"]


def spellings(words: Iterable[str]) -> frozenset[str]:
    """Each word in full and without accents; never with other accents, which is another word."""
    return frozenset(way for word in words for way in (word, fold(word)))


def message(name: str) -> re.Pattern[str]:
    """Whole messages of one meaning, as one pattern over folded text."""
    ways: list[str] = _DATA["messages"][name]
    return re.compile("|".join(way.format(**_CLASSES) if "{" in way else way for way in ways))


def words_of(*names: str) -> frozenset[str]:
    """The plain words that stand in these messages."""
    patterns = (message(name).pattern for name in names)
    return frozenset(word for pattern in patterns for word in re.findall(r"[a-z]{2,}", pattern))
