"""To whom a reminder goes: roles, leave and deputies, and who has put it off."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from plan.calendars import local_date
from plan.reminding.deciding import Item, To, Why, due, is_again, renewed
from plan.reminding.rules import Rules
from plan.reminding.situations import Key, Situation

ROLES = {To.FOCAL: "focal", To.LEADER: "official", To.REVIEWER: "official", To.ADMIN: "admin"}
AT_THE_OFFICE = {To.REVIEWER, To.ADMIN}


@dataclass(frozen=True, slots=True)
class Holder:
    """A role of somebody who has agreed to be written to. `reachable`: and who can be."""

    person_id: int
    agency_id: str
    role: str
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Leave:
    person_id: int
    agency_id: str
    from_on: date
    to_on: date
    deputy_id: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger. `person_id` 0 is the agency: nobody is written to."""

    item: Item
    person_id: int
    why: Why | None

    @property
    def state(self) -> str:
        if self.why is None:
            return "planned"
        return "expired" if self.why is Why.PAST else "skipped"


class Roster:
    """Who holds which role, and who is away."""

    def __init__(
        self, holders: Iterable[Holder], leaves: Iterable[Leave], offices: Collection[str]
    ) -> None:
        self._holders: dict[tuple[str, str], list[Holder]] = {}
        self._reachable: set[int] = set()
        for holder in holders:
            self._holders.setdefault((holder.agency_id, holder.role), []).append(holder)
            if holder.reachable:
                self._reachable.add(holder.person_id)
        self._leaves: dict[tuple[int, str], list[Leave]] = {}
        for leave in leaves:
            self._leaves.setdefault((leave.person_id, leave.agency_id), []).append(leave)
        self._offices = sorted(offices)

    def meant(self, item: Item) -> list[Holder]:
        """Each person once, whatever their roles."""
        found: dict[int, Holder] = {}
        for to in item.to:
            for agency_id in self._offices if to in AT_THE_OFFICE else [item.agency_id]:
                for holder in self._holders.get((agency_id, ROLES[to]), []):
                    found.setdefault(holder.person_id, holder)
        if item.person_id:
            return [found[item.person_id]] if item.person_id in found else []
        return list(found.values())

    def reached(self, agency_id: str, on: date) -> bool:
        """Whether a reminder to the focal points of an agency would come to anybody."""
        return bool(self.receivers(agency_id, To.FOCAL, on))

    def receivers(self, agency_id: str, to: To, on: date) -> list[int]:
        """Who gets what is meant for these on that day: they themselves, or their deputies."""
        holders = self._holders.get((agency_id, ROLES[to]), [])
        found = (self.standing_in(holder, on) for holder in holders)
        return list(dict.fromkeys(each for each in found if each is not None))

    def away(self, holder: Holder, on: date) -> Leave | None:
        leaves = self._leaves.get((holder.person_id, holder.agency_id), [])
        return next((each for each in leaves if each.from_on <= on <= each.to_on), None)

    def standing_in(self, holder: Holder, on: date) -> int | None:
        """Who gets what is meant for this one on that day, if anybody."""
        leave = self.away(holder, on)
        if leave is None:
            return holder.person_id if holder.person_id in self._reachable else None
        deputy = leave.deputy_id
        if deputy not in self._reachable or deputy is None:
            return None
        deputy_away = self.away(Holder(deputy, holder.agency_id, holder.role), on)
        return None if deputy_away else deputy


def addressed(item: Item, agency: Situation, roster: Roster, on: date) -> list[Entry]:
    """A line for each person concerned; for the agency, where it comes to nobody."""
    if item.why is not None:
        return [Entry(item, item.person_id, item.why)]
    lines: dict[int, Why | None] = {}
    for holder in roster.meant(item):
        receiver = roster.standing_in(holder, on)
        if receiver != holder.person_id:
            away = roster.away(holder, on) is not None
            lines.setdefault(holder.person_id, Why.AWAY if away else Why.UNREACHABLE)
        if receiver is not None:
            lines[receiver] = Why.SNOOZED if _dozes(agency, item, receiver, on) else None
    if not lines:
        return [Entry(item, item.person_id, Why.UNREACHABLE)]
    return [Entry(item, person_id, why) for person_id, why in lines.items()]


def planned(
    rules: Rules,
    agencies: Iterable[Situation],
    roster: Roster,
    after: datetime,
    at: datetime,
    accounted: Mapping[str, Collection[Key]],
    *,
    again: bool = False,
) -> Iterator[Entry]:
    """Every line of one look at everybody. `again`: only the second message of a last day."""
    on = local_date(at)
    for agency in agencies:
        for item in due(rules, agency, after, at, accounted.get(agency.agency_id, ())):
            if not again or is_again(item):
                yield from addressed(item, agency, roster, on)


def unsaid(
    rules: Rules,
    agency: Situation,
    roster: Roster,
    key: Key,
    person_id: int,
    now: datetime,
) -> Why | None:
    """Asked right before sending: why this person is not told after all."""
    item = renewed(rules, agency, key, now)
    if item is None:
        return Why.MOVED
    lines = {line.person_id: line.why for line in addressed(item, agency, roster, local_date(now))}
    return item.why or lines.get(person_id, Why.NO_ROLE)


def _dozes(agency: Situation, item: Item, person_id: int, on: date) -> bool:
    return any(
        doze.obligation == item.obligation and doze.person_id == person_id and on < doze.until_on
        for doze in agency.dozes
    )
