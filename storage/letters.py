"""A message to be sent: what is wanted of it, and what the sender is given."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, NotRequired, TypedDict, Unpack


class Lane(IntEnum):
    """Replies before reminders before broadcasts. What is silent changes or removes a message that
    has been sent: no phone rings, so that it leaves at any hour.
    """

    REPLY = 0
    REMINDER = 3
    SILENT = 6
    BROADCAST = 9


@dataclass(frozen=True, slots=True)
class Letter:
    """A message about to leave."""

    id: int
    lane: int
    channel: str
    address: str
    kind: str
    payload: str
    attempts: int
    on_unknown: str
    send_by_at: datetime | None
    agency_id: str | None
    broadcast_id: int | None


class Wanted(TypedDict):
    lane: Lane
    channel: str
    address: str
    kind: str
    payload: str
    now: datetime
    not_before_at: NotRequired[datetime | None]
    send_by_at: NotRequired[datetime | None]
    agency_id: NotRequired[str | None]
    broadcast_id: NotRequired[int | None]


def queued(dedupe_key: str, **wanted: Unpack[Wanted]) -> dict[str, Any]:
    """The row of a message that waits for its turn."""
    now, lane = wanted["now"], wanted["lane"]
    return {
        "dedupe_key": dedupe_key,
        "lane": int(lane),
        "channel": wanted["channel"],
        "address": wanted["address"],
        "kind": wanted["kind"],
        "payload": wanted["payload"],
        "state": "queued",
        # To change or remove a message once more does no harm.
        "on_unknown": "resend" if lane in {Lane.REPLY, Lane.SILENT} else "hold",
        "not_before_at": wanted.get("not_before_at") or now,
        "send_by_at": wanted.get("send_by_at"),
        "attempts": 0,
        "created_at": now,
        "agency_id": wanted.get("agency_id"),
        "broadcast_id": wanted.get("broadcast_id"),
    }
