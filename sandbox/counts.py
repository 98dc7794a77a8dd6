"""What really happened, as the server saw it: the truth that tests compare with."""

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sandbox.parameters import Parameters
from sandbox.refusals import too_many_requests


@dataclass(slots=True)
class Request:
    method: str
    params: dict[str, Any]
    at: float
    status: int = 0  # 0 while, or because, no answer was given

    @property
    def chat_id(self) -> int | None:
        return Parameters(self.params).number("chat_id")


@dataclass(frozen=True, slots=True)
class Sent:
    """One accepted sendMessage, sendPhoto or sendDocument, whatever the sender was told."""

    method: str
    chat_id: int
    message_id: int
    text: str
    at: float  # monotonic


@dataclass(slots=True)
class Counts:
    requests: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    unknown_methods: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    busiest_second: int = 0
    busiest_second_of_a_chat: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Sends accepted in any sliding second; None: as many as come."""

    overall: int | None = None
    per_chat: int | None = None


class Pace:
    """Sliding windows over accepted sends."""

    def __init__(self, limits: Limits, counts: Counts) -> None:
        self.limits = limits
        self._counts = counts
        self._all: list[float] = []
        self._by_chat: defaultdict[int, list[float]] = defaultdict(list)

    def admit(self, chat_id: int, now: float) -> None:
        everyone = _last_second(self._all, now)
        chat = _last_second(self._by_chat[chat_id], now)
        if everyone >= (self.limits.overall or everyone + 1):
            raise too_many_requests(1)
        if chat >= (self.limits.per_chat or chat + 1):
            raise too_many_requests(1)

    def sent(self, chat_id: int, now: float) -> None:
        self._all.append(now)
        self._by_chat[chat_id].append(now)
        counts = self._counts
        counts.busiest_second = max(counts.busiest_second, _last_second(self._all, now))
        counts.busiest_second_of_a_chat = max(
            counts.busiest_second_of_a_chat, _last_second(self._by_chat[chat_id], now)
        )


def _last_second(times: list[float], now: float) -> int:
    return len(times) - bisect_right(times, now - 1.0)
