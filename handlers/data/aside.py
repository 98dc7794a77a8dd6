"""The question that was open before one about a person's own data."""

from collections.abc import Mapping
from typing import Any

from handlers.talk import Talk

OURS = ("data.name", "data.erase", "data.withdraw")


def kept(talk: Talk) -> Mapping[str, Any] | None:
    """To be kept behind the question about to be asked; of two of ours, what is behind both."""
    if talk.step in OURS:
        waiting: Mapping[str, Any] | None = talk.data.get("aside")
        return waiting
    return talk.set_aside()
