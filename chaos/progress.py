"""The progress message of a notice: what each of its edits says, beside what was true then."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from chaos.stage import BULK_IN_FLIGHT
from sandbox.counts import Request

LAG_SECONDS = 5.0
"""So long it may take until what was delivered is written down, and told."""
COUNTED = re.compile(r"^([^:<>\n]+): ([\d.]+)(?:/[\d.]+)?$", re.MULTILINE)
TOTAL = re.compile(r"/([\d.]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Told:
    """An edit of the progress message: what it says, beside what Telegram had delivered."""

    at: float
    sent: int
    unknown: int
    summed: int
    total: int
    delivered: int
    delivered_before: int

    @classmethod
    def read(cls, request: Request, times: list[float]) -> "Told":
        text = request.params["text"]
        counts = {found[1]: int(found[2].replace(".", "")) for found in COUNTED.finditer(text)}
        [total] = [int(found.replace(".", "")) for found in TOTAL.findall(text)]
        unknown = sum(count for label, count in counts.items() if label.startswith("Chưa rõ"))
        return cls(
            request.at,
            counts["Đã gửi"],
            unknown,
            sum(counts.values()),
            total,
            bisect_right(times, request.at),
            bisect_right(times, request.at - LAG_SECONDS),
        )

    @property
    def is_right(self) -> bool:
        """Nobody is said to have it who has not; who has had it for long is, but for what a kill
        left on the wire, which still counts as waiting; and all are counted.
        """
        known = self.sent + self.unknown + BULK_IN_FLIGHT
        told = self.sent <= self.delivered and known >= self.delivered_before
        return told and self.summed == self.total
