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
    return str(_message(raw).get("media_group_id", ""))


def _must_go(raw: Mapping[str, Any], albums: set[str]) -> bool:
    return album_of(raw) in albums or _is_classified(raw)


def _is_classified(raw: Mapping[str, Any]) -> bool:
    return any(map(is_marked, _said(_message(raw))))


def _said(value: object) -> Iterator[str]:
    """Texts, captions and file names, also of what is quoted or answered to."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            if isinstance(part, str):
                yield from [part] if key in SAID else []
            else:
                yield from _said(part)
    elif isinstance(value, list):
        for part in value:
            yield from _said(part)


def _message(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    found = next((raw[name] for name in MESSAGES if name in raw), None)
    return found if isinstance(found, Mapping) else {}


def _withheld(raw: Mapping[str, Any]) -> dict[str, Any]:
    name = next(name for name in MESSAGES if name in raw)
    kept = {key: raw[name][key] for key in KEPT if key in raw[name]}
    return {"update_id": raw["update_id"], name: {**kept, MARK: True}}
