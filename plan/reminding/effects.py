"""What a change of the rules would do: which steps move, and how many letters that makes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from plan.calendars import local_date
from plan.catalogue import Duty
from plan.reminding.addressing import Roster, addressed
from plan.reminding.deciding import Item, judge, receivers
from plan.reminding.obligations import obligations
from plan.reminding.rules import Rules
from plan.reminding.situations import Key, Situation


@dataclass(frozen=True, slots=True)
class Moved:
    """A step that falls on another day. Without `before` it is new, without `after` it goes."""

    obligation: str
    step: str
    before: date | None
    after: date | None


def moved(before: Rules, after: Rules, since: datetime, until: datetime) -> list[Moved]:
    """Of steps that fall due in that time by the one or the other, the earliest first."""
    old, new = _steps(before, since, until), _steps(after, since, until)
    found = [
        Moved(*key, old.get(key), new.get(key))
        for key in old.keys() | new.keys()
        if old.get(key) != new.get(key)
    ]
    return sorted(found, key=lambda each: (each.after or each.before or date.max, each.obligation))


def letters(
    rules: Rules,
    agencies: Iterable[Situation],
    roster: Roster,
    since: datetime,
    until: datetime,
    accounted: Mapping[str, Collection[Key]],
) -> int:
    """How many will leave in that time, if nobody does anything until then: one a person and look.

    Counted step by step. What a look holds back, because a newer step is due as well, is no
    matter here: steps that are still to come are looked at one by one.
    """
    found: set[tuple[int, datetime]] = set()
    for agency in agencies:
        known = accounted.get(agency.agency_id, ())
        found.update(_of_agency(rules, agency, roster, since, until, known))
    return len(found)


def _of_agency(
    rules: Rules,
    agency: Situation,
    roster: Roster,
    since: datetime,
    until: datetime,
    accounted: Collection[Key],
) -> Iterator[tuple[int, datetime]]:
    for each in obligations(rules, agency, _years(since, until)):
        for step in each.steps:
            if not since < step.due_at <= until:
                continue
            on = local_date(step.due_at)
            to = receivers(rules, each, step)
            item = Item(agency.agency_id, each.key, each.aim_on, step, to)
            if item.key in accounted or judge(rules, agency, each, on) is not None:
                continue
            for entry in addressed(item, agency, roster, on):
                if entry.why is None:
                    yield entry.person_id, step.due_at


def _steps(rules: Rules, since: datetime, until: datetime) -> dict[tuple[str, str], date]:
    """Of everything that anybody may be reminded of.

    Who is not reached is listed on the eve of each step of the report: it moves with them.
    """
    leads = frozenset(rules.tasks)
    anybody = Situation("", Duty.REQUIRED, standing=True, leads=leads)
    return {
        (each.key, step.key): local_date(step.due_at)
        for each in obligations(rules, anybody, _years(since, until))
        for step in each.steps
        if since < step.due_at <= until and each.kind != "reach"
    }


def _years(since: datetime, until: datetime) -> range:
    return range(local_date(since).year - 1, local_date(until).year + 2)
