"""What attainment is worked out from: what agencies answered, and who was asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from plan.answers import Share

Holders: TypeAlias = Mapping[str, date | None]
"""Agency → the last day on which it holds the indicator; None while it still does."""

VALUE, NO_DATA, NO_OBJECT, NOT_APPLICABLE = "value", "no_data", "no_object", "not_applicable"


@dataclass(frozen=True, slots=True)
class Reported:
    """One agency's answer to one indicator, of a report that has been sent in.

    `entry_id` leads back to the figure as it is kept. `parts` are sub-counts by the catalogue's
    codes. For growth, `count_before` is the year before as the agency restated it.
    """

    agency_id: str
    year: int
    entry_id: int
    state: str
    as_of_on: date
    approved: bool = False
    numerator: int | None = None
    denominator: int | None = None
    count: int | None = None
    count_before: int | None = None
    basis: str = ""
    estimate: bool = False
    reason: str = ""
    parts: Mapping[str, Share] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The state; 0/0 is no value but nothing to count, however it was typed."""
        return NO_OBJECT if self.state == VALUE and self.denominator == 0 else self.state

    @property
    def counts(self) -> bool:
        """Tells what there is, be it nothing; the other states tell that it is not known."""
        return self.state in {VALUE, NO_OBJECT}


def of_year(figures: Iterable[Reported], year: int) -> dict[str, Reported]:
    """Agency → its answer of that year."""
    return {figure.agency_id: figure for figure in figures if figure.year == year}


def last_until(figures: Iterable[Reported], day: date) -> dict[str, Reported]:
    """Agency → what it counted last, up to and including the day.

    An answer without a count stands only where there is no count at all.
    """
    last: dict[str, Reported] = {}
    for figure in figures:
        if figure.as_of_on > day:
            continue
        rival = last.get(figure.agency_id)
        if rival is None or _order(figure) > _order(rival):
            last[figure.agency_id] = figure
    return last


def _order(figure: Reported) -> tuple[bool, date, int, int]:
    return figure.counts, figure.as_of_on, figure.year, figure.entry_id
