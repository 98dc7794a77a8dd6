"""The share of a year. A category that has ended is taken at its last count (domain A5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plan.answers import Share
from plan.attainment.measures import Pooled, Source, part_sums, pool
from plan.attainment.reported import Holders, Reported, last_until, of_year
from plan.catalogue import Indicator

NONE = Share(0, 0)


@dataclass(frozen=True, slots=True)
class Answers:
    """Agency → the answer that stands for the year; `remains` are ended parts counted last."""

    standing: Mapping[str, Reported]
    remains: Sequence[tuple[str, Reported]] = ()
    last_counted: date | None = None
    """The latest day of a count, where something has ended and its last count stands in."""

    def approved(self) -> "Answers":
        standing = {name: each for name, each in self.standing.items() if each.approved}
        remains = [(part, each) for part, each in self.remains if each.approved]
        return Answers(standing, remains, self.last_counted)


def ended(indicator: Indicator, year: int) -> bool:
    """There is nothing of the kind any more in that year."""
    return indicator.ends_on is not None and indicator.ends_on.year < year


def ends_on(indicator: Indicator) -> date | None:
    """The last day of the whole, or of the part that ends first."""
    days = [indicator.ends_on, *(part.ends_on for part in indicator.parts)]
    return min((day for day in days if day), default=None)


def answers(
    indicator: Indicator, year: int, figures: Sequence[Reported], holders: Holders
) -> Answers:
    """In the year in which something ends, what was counted last stands in for it: all answers of
    a category that ends as a whole; the last answer of an agency that ends with a part; and the
    ended part alone of an agency that goes on and counts only the others.
    """
    if ended(indicator, year):
        return Answers({})
    day, standing = ends_on(indicator), of_year(figures, year)
    if day is None or day.year != year:
        return Answers(standing)
    last = last_until(figures, day)
    if indicator.ends_on:
        return Answers(last, last_counted=_latest(last.values()))
    gone = {name for name, until in holders.items() if until is not None and until <= day}
    taken = {name: each for name, each in last.items() if name in gone}
    remains = [
        (part.code, last[name])
        for part in indicator.parts
        if part.ends_on
        for name, answer in standing.items()
        if name in last.keys() - gone and _only_before(part.code, last[name], answer)
    ]
    stood_in = [*taken.values(), *(each for _, each in remains)]
    return Answers(standing | taken, remains, _latest(stood_in))


def _only_before(part: str, before: Reported, now: Reported) -> bool:
    then, since = (each.parts.get(part, NONE) for each in (before, now))
    return then.denominator > 0 and since.denominator == 0


def _latest(figures: Iterable[Reported]) -> date | None:
    return max((figure.as_of_on for figure in figures), default=None)


def measured(indicator: Indicator, found: Answers) -> Pooled | None:
    counted = [each for each in found.standing.values() if each.denominator is not None]
    sources = [_source(figure) for figure in counted]
    sources += [_source(figure, part) for part, figure in found.remains]
    return pool(sources, part_sums([part.code for part in indicator.parts], counted))


def _source(figure: Reported, part: str = "") -> Source:
    return Source(
        agency_id=figure.agency_id,
        entry_id=figure.entry_id,
        year=figure.year,
        as_of_on=figure.as_of_on,
        numerator=figure.parts[part].numerator if part else figure.numerator,
        denominator=figure.parts[part].denominator if part else figure.denominator,
        estimate=figure.estimate,
        part=part,
    )
