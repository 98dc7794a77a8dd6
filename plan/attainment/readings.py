"""One year's answers read twice: as they are, and only what has been approved of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan.attainment import growths, shares
from plan.attainment.growths import Compared
from plan.attainment.judging import Coverage, Standing
from plan.attainment.measures import (
    LeftOut,
    Measure,
    Pooled,
    Source,
    Without,
    by_agency,
    without,
)
from plan.attainment.reported import VALUE, Holders, Reported
from plan.catalogue import Indicator


@dataclass(frozen=True, slots=True)
class Reading:
    measure: Measure | None
    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]
    missing: Standing
    """Why there is no measure, where there are answers that could have made one."""


NOTHING = Reading(None, (), (), Standing.NOT_DUE)


def of_share(indicator: Indicator, found: shares.Answers) -> tuple[Reading, Reading]:
    waiting = tuple(
        LeftOut(each.agency_id, Without.WAITING, each.entry_id)
        for each in found.standing.values()
        if each.denominator and not each.approved
    )
    waiting += tuple(
        LeftOut(each.agency_id, Without.WAITING, each.entry_id)
        for _, each in found.remains
        if not each.approved
    )
    every = _read_share(shares.measured(indicator, found), ())
    if not waiting:
        return every, every
    return _read_share(shares.measured(indicator, found.approved()), waiting), every


def _read_share(measure: Pooled | None, left_out: tuple[LeftOut, ...]) -> Reading:
    sources = measure.sources if measure else ()
    return Reading(measure, sources, left_out, Standing.NO_OBJECT)


def of_growth(figures: Sequence[Reported], first: int, last: int) -> tuple[Reading, Reading]:
    """Both years have to be approved to be official. No measure where no year lies between."""
    if first >= last:
        return NOTHING, NOTHING
    every = growths.compared(by_agency(figures), first, last)
    approved = [each for each in figures if each.approved]
    if len(approved) == len(figures):
        return _read(every, every.left_out), _read(every, every.left_out)
    official = growths.compared(by_agency(approved), first, last)
    counted = {source.agency_id for source in official.sources}
    waiting = [
        LeftOut(source.agency_id, Without.WAITING, source.entry_id)
        for source in every.sources
        if source.agency_id not in counted and source.year == last
    ]
    known = (*every.left_out, *waiting)
    return _read(official, known), _read(every, every.left_out)


def _read(found: Compared, left_out: tuple[LeftOut, ...]) -> Reading:
    moved = any(each.why is Without.OTHER_GROUND for each in found.left_out)
    missing = Standing.OTHER_GROUND if moved else Standing.NO_BASE
    if found.from_nothing:
        missing = Standing.ZERO_BASE
    return Reading(found.growth, found.sources, left_out, missing)


def coverage(standing: Mapping[str, Reported], holders: Holders) -> Coverage:
    states = Counter(each.kind for each in standing.values())
    approved = sum(each.kind == VALUE and each.approved for each in standing.values())
    return Coverage(
        asked=len({*holders, *standing}),
        reported=len(standing),
        values=states[VALUE],
        approved=approved,
        no_data=states["no_data"],
        no_object=states["no_object"],
        not_applicable=states["not_applicable"],
        missing=tuple(name for name in holders if name not in standing),
    )


def unanswered(standing: Mapping[str, Reported], holders: Holders) -> list[LeftOut]:
    names = dict.fromkeys([*holders, *standing])
    answers = ((name, standing.get(name)) for name in names)
    return [
        without(name, answer) for name, answer in answers if answer is None or answer.kind != VALUE
    ]
