"""A reply that is put together only when it leaves, such as a file."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parcel:
    """`handlers.outgoing` knows by `kind` how it is made, from what is true at that moment."""

    address: str
    kind: str
    payload: dict[str, Any]
