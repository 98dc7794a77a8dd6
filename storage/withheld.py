"""Updates that bear a marking of state secrets: of these only who wrote, where and when is kept."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plan.classified import is_marked

MESSAGES = ("message", "edited_message")
SAID = ("text", "caption", "file_name")
KEPT = ("message_id", "date", "edit_date", "chat", "from", "media_group_id")
MARK = "classified"
"""Stands in a withheld message in place of what was said."""


def without_classified(
    updates: Sequence[Mapping[str, Any]], known: set[str]
) -> list[Mapping[str, Any]]:
    """The updates as they may be stored. An album is withheld as a whole, whichever part bears
    the marking; `known` are the albums of which a part was withheld before.
    """
    albums = known | {album_of(raw) for raw in updates if _is_classified(raw)} - {""}
    return [_withheld(raw) if _must_go(raw, albums) else raw for raw in updates]


def album_of(raw: Mapping[str, Any]) -> str:
    album = _message(raw).get("media_group_id", "")
    return album if isinstance(album, str) else ""


def _must_go(raw: Mapping[str, Any], albums: set[str]) -> bool:
    return album_of(raw) in albums or _is_classified(raw)


def _is_classified(raw: Mapping[str, Any]) -> bool:
    return any(map(is_marked, _said(_message(raw))))


def _said(value: object) -> Iterator[str]:
    """Texts, captions and file names, also of what is quoted or answered to, however deep."""
    left = [value]
    while left:
        part = left.pop()
        if isinstance(part, Mapping):
            yield from (part[key] for key in SAID if isinstance(part.get(key), str))
            left += part.values()
        elif isinstance(part, list):
            left += part


def _message(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return raw[name] if (name := _kind(raw)) else {}


def _kind(raw: Mapping[str, Any]) -> str:
    return next((name for name in MESSAGES if isinstance(raw.get(name), Mapping)), "")


def _withheld(raw: Mapping[str, Any]) -> dict[str, Any]:
    name = _kind(raw)
    kept = {key: raw[name][key] for key in KEPT if key in raw[name]}
    return {"update_id": raw["update_id"], name: {**kept, MARK: True}}
