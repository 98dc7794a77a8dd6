"""What goes wrong, when and for whom: planned by the test, not by luck."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

from sandbox.refusals import RefusalError, bad_request, forbidden, too_many_requests


class Kind(StrEnum):
    FLOOD = "429"
    BLOCKED = "403"
    BAD_REQUEST = "400"
    SERVER_ERROR = "500 with a Bot API body"
    BAD_GATEWAY = "502 page, not delivered"
    LOST_ANSWER = "502 page, delivered"
    HOLD = "no answer in time, not delivered"
    HOLD_DELIVERED = "no answer in time, delivered"
    RESET = "connection reset, not delivered"
    RESET_DELIVERED = "connection reset, delivered"

    @property
    def delivers(self) -> bool:
        return self in {Kind.LOST_ANSWER, Kind.HOLD_DELIVERED, Kind.RESET_DELIVERED}


@dataclass(slots=True)
class Fault:
    """`times=None` never wears out; `method` or `chat_id` of None matches all."""

    kind: Kind
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    probability: float = 1.0
    retry_after: int = 1
    words: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    seconds: float = 60.0  # how long a HOLD holds
    met: int = 0

    def matches(self, method: str, chat_id: int | None) -> bool:
        return (
            self.times != self.met
            and self.method in {None, method}
            and self.chat_id in {None, chat_id}
        )

    def refusal(self) -> RefusalError | None:
        """The Bot API answer, for the kinds that have one."""
        match self.kind:
            case Kind.FLOOD:
                return too_many_requests(self.retry_after)
            case Kind.BLOCKED:
                return forbidden(self.words or "bot was blocked by the user")
            case Kind.BAD_REQUEST:
                refusal = bad_request(self.words or "wrong parameters")
                refusal.parameters = self.parameters or None
                return refusal
            case Kind.SERVER_ERROR:
                return RefusalError(500, f"Internal Server Error: {self.words or 'restart'}")
        return None


class Faults:
    """The first matching rule wins; a rule by chance draws from the given generator."""

    def __init__(self, random: Random | None = None) -> None:
        self._random = random
        self.rules: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self.rules.append(fault)
        return fault

    def clear(self) -> None:
        self.rules.clear()

    def pick(self, method: str, chat_id: int | None) -> Fault | None:
        for fault in self.rules:
            if fault.matches(method, chat_id) and self._strikes(fault):
                fault.met += 1
                return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        if fault.probability >= 1.0:
            return True
        if self._random is None:
            raise ValueError("a fault by chance needs a seeded generator")
        return self._random.random() < fault.probability
