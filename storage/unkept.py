"""Where people are and whom they know: nobody asked, so it is left out before anything is kept."""

from collections.abc import Mapping
from typing import Any

UNKEPT = ("venue", "location", "contact")
MARK = "unkept"
"""Stands in the message in place of what it held, and says what that was."""


def without_whereabouts(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in ("message", "edited_message"):
        message = raw.get(name)
        if isinstance(message, Mapping) and (held := [key for key in UNKEPT if key in message]):
            rest = {key: value for key, value in message.items() if key not in UNKEPT}
            return {**raw, name: {**rest, MARK: held[0]}}
    return raw
