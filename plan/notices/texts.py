"""Text with Telegram's formatting: entities count UTF-16 units, and move when a text is filled."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

Entity: TypeAlias = Mapping[str, Any]

MESSAGE_MOST, CAPTION_MOST = 4096, 1024
"""What Telegram takes, in UTF-16 units after formatting."""
PLACES = ("xung_ho", "ten", "don_vi", "de_nghi", "han")
"""What stands for the receiver's form of address, given name and agency, for how that agency is
asked, and for the deadline.
"""
BELOW = frozenset({"district"})
"""Kinds of agencies that the standing agency guides: it asks them. All others it kindly asks."""
EVENT = ("su_kien", "ngay", "nam")
"""In a template only: the name of a campaign, its days, the year."""
KEPT = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link"}
    | {"blockquote", "expandable_blockquote"}
)
"""Formatting that a bot may repeat. Links and commands Telegram finds by itself, every time."""
FIELDS = ("type", "offset", "length", "url", "language")
_BRACED = re.compile(r"\{([^{}\n]{0,40})\}")


def braced(*names: str) -> str:
    """As they are typed."""
    return " ".join("{" + name + "}" for name in names)


def opens_a_sentence(text: str, place: str) -> bool:
    """Whether its value begins with a capital."""
    return re.search(r"(?:^|[.!?…:]\s+|\n\s*)\{" + place + r"\}", text) is not None


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def kept(entities: Iterable[Entity]) -> list[dict[str, Any]]:
    """Of what came with a message, what is sent on."""
    return [
        {name: entity[name] for name in FIELDS if entity.get(name) is not None}
        for entity in entities
        if entity["type"] in KEPT
    ]


def places(text: str) -> set[str]:
    """The placeholders in a text."""
    return {found[1] for found in _BRACED.finditer(text) if found[1] in PLACES}


def unknown(text: str, also: Sequence[str] = ()) -> list[str]:
    """What stands in braces and is no placeholder, as it was typed."""
    known = {*PLACES, *also}
    return [found[0] for found in _BRACED.finditer(text) if found[1] not in known]


def fill(
    text: str, entities: Sequence[Entity], values: Mapping[str, str]
) -> tuple[str, list[dict[str, Any]]]:
    """The text for one receiver; formatting around or inside a placeholder grows with it."""
    pieces, moved = [], []
    at = end = 0
    for found in _BRACED.finditer(text):
        if found[1] not in values:
            continue
        before, value = text[end : found.start()], values[found[1]]
        at += units(before)
        pieces += [before, value]
        moved.append((at, units(found[0]), units(value)))
        at += units(found[0])
        end = found.end()
    return "".join([*pieces, text[end:]]), [_moved(entity, moved) for entity in entities]


def joined(
    parts: Sequence[tuple[str, Sequence[Entity]]], by: str = "\n\n"
) -> tuple[str, list[dict[str, Any]]]:
    """Several texts as one; empty ones leave no gap."""
    text, entities = "", []
    for part, marks in parts:
        if not part:
            continue
        text += by if text else ""
        start = units(text)
        entities += [{**mark, "offset": mark["offset"] + start} for mark in marks]
        text += part
    return text, entities


def bold(text: str) -> tuple[str, list[dict[str, Any]]]:
    return text, [{"type": "bold", "offset": 0, "length": units(text)}]


def _moved(entity: Entity, replaced: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    starts, ends = entity["offset"], entity["offset"] + entity["length"]
    first = _shifted(starts, replaced, closing=False)
    last = _shifted(ends, replaced, closing=True)
    return {**entity, "offset": first, "length": last - first}


def _shifted(point: int, replaced: Sequence[tuple[int, int, int]], *, closing: bool) -> int:
    """Where a point of the old text lies in the new one; inside a placeholder: at its edge."""
    grown = 0
    for at, old, new in replaced:
        if point >= at + old:
            grown += new - old
        elif point > at:
            return at + grown + (new if closing else 0)
    return point + grown
