"""A year of the plan, as it is looked at from today."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    today: date

    @property
    def on(self) -> date:
        """The day whose duties and names count: today, or a past year's last day."""
        return min(self.today, date(self.number, 12, 31))
