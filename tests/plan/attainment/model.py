"""The same questions answered slowly, another way, to be compared with the program.

Shares are counted object by object, ended categories replayed day by day, growth is multiplied
out year by year in whole numbers, and the maps are kept as facts of a ledger.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from plan.attainment import Reported
from plan.attainment.reported import Holders
from plan.catalogue import Target

MERGED = date(2025, 7, 1)


def objects(answer: Reported) -> list[bool]:
    """Every single library: does it meet the indicator?"""
    return [number < (answer.numerator or 0) for number in range(answer.denominator or 0)]


def replayed(answers: Sequence[Reported], until: date) -> dict[str, Reported]:
    """Day after day, whoever counts replaces what it had; who cannot count, only a blank."""
    found: dict[str, Reported] = {}
    day = date(2022, 1, 1)
    while day <= until:
        for answer in answers:
            if answer.as_of_on != day:
                continue
            old = found.get(answer.agency_id)
            blank = old is None or old.state in {"no_data", "not_applicable"}
            if answer.state in {"value", "no_object"} or blank:
                found[answer.agency_id] = answer
        day += timedelta(days=1)
    return found


def standing_of_share(answers: Mapping[str, Reported], holders: Holders, target: Target) -> str:
    """Of the target's own year, after its deadline."""
    approved = [one for each in answers.values() if each.approved for one in objects(each)]
    if approved:
        return "met" if approved.count(True) * 100 >= target.low * len(approved) else "not_met"
    if any(objects(each) for each in answers.values()):
        return "waiting"
    if not {*holders} | {*answers}:
        return "not_assigned"
    if any(name not in answers for name in holders):
        return "not_reported"
    return "no_data" if any(each.state == "no_data" for each in answers.values()) else "no_object"


def ground(answer: Reported) -> str:
    return answer.basis or ("new" if answer.as_of_on >= MERGED else "old")


def ledger(answers: Sequence[Reported]) -> dict[tuple[str, int, str], int]:
    """(agency, year, map) → visits; what the next year's report says of a year comes last."""
    facts = {(each.agency_id, each.year, ground(each)): each.count for each in answers}
    told = {(each.agency_id, each.year - 1, ground(each)): each.count_before for each in answers}
    known = [*facts.items(), *told.items()]
    return {key: visits for key, visits in known if visits is not None}


def sums(answers: Sequence[Reported], first: int, last: int) -> tuple[int, int] | str:
    """What the agencies with both years counted, or why there is no such sum."""
    facts, pairs, moved = ledger(answers), [], False
    for each in answers:
        if each.year != last or each.count is None:
            continue
        here, elsewhere = ("new", "old") if ground(each) == "new" else ("old", "new")
        if (each.agency_id, first, here) in facts:
            pairs.append((facts[each.agency_id, first, here], each.count))
        elif (each.agency_id, first, elsewhere) in facts:
            moved = True
    if not pairs:
        return "other_ground" if moved else "no_base"
    earlier, later = (sum(column) for column in zip(*pairs, strict=True))
    return (earlier, later) if earlier else "zero_base"


def standing_of_growth(earlier: int, later: int, years: int, target: Target) -> str:
    """Grown year by year at the target's pace: is there as much, or more than at the band's end?"""
    if target.high is not None and compare(earlier, later, years, target.high) > 0:
        return "exceeded"
    return "met" if compare(earlier, later, years, target.low) >= 0 else "not_met"


def compare(earlier: int, later: int, years: int, percent: int) -> int:
    """Above, at or below 0 as there is more, as much or less than so many percent a year make."""
    grown = earlier
    for _ in range(years):
        grown, later = grown * (100 + percent), later * 100
    return later - grown
