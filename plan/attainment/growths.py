"""Growth between two years: only agencies with both, each counted on one map."""

from collections.abc import Mapping
from dataclasses import dataclass

from plan import territory
from plan.attainment.measures import Growth, Histories, LeftOut, Source, Without
from plan.attainment.reported import Reported


@dataclass(frozen=True, slots=True)
class Compared:
    growth: Growth | None
    sources: tuple[Source, ...]
    """In turn the earlier and the later count of an agency."""
    left_out: tuple[LeftOut, ...]
    """Agencies that counted the later year, but have no earlier one to compare it with."""

    @property
    def from_nothing(self) -> bool:
        """The earlier year is known, and it counted 0: no growth can be computed from that."""
        return bool(self.sources) and self.growth is None


def compared(histories: Histories, first: int, last: int) -> Compared:
    sources: list[Source] = []
    left_out: list[LeftOut] = []
    for agency_id, history in histories.items():
        later = history.get(last)
        if later is None or later.count is None:
            continue
        base = earlier(history, later, first)
        if isinstance(base, Without):
            left_out.append(LeftOut(agency_id, base, later.entry_id))
        else:
            sources += [base, _source(later)]
    before = sum(each.visits or 0 for each in sources[::2])
    after = sum(each.visits or 0 for each in sources[1::2])
    known = Growth(before, after, first, last, tuple(sources)) if before else None
    return Compared(known, tuple(sources), tuple(left_out))


def earlier(history: Mapping[int, Reported], later: Reported, first: int) -> Source | Without:
    """The count of the year `first` on the map of `later`: as the following year's answer restated
    it, else as it was reported at the time.
    """
    basis = territory.of_figure(later)
    following, then = history.get(first + 1), history.get(first)
    restated = following is not None and following.count_before is not None
    if following and restated and territory.of_figure(following) is basis:
        return _source(following, restated=True)
    if then and then.count is not None and territory.of_figure(then) is basis:
        return _source(then)
    known = restated or (then is not None and then.count is not None)
    return Without.OTHER_GROUND if known else Without.NO_BASE


def _source(figure: Reported, *, restated: bool = False) -> Source:
    return Source(
        agency_id=figure.agency_id,
        entry_id=figure.entry_id,
        year=figure.year - restated,
        as_of_on=figure.as_of_on,
        visits=figure.count_before if restated else figure.count,
        estimate=figure.estimate,
        restated=restated,
    )
