"""What no single entry can know: codes used twice, references to nothing."""

from collections.abc import Iterable, Iterator, Sequence

from plan.catalogue import Catalogue, Indicator, PartsKind, Role, Unit
from plan.fields import Defect


def cross_checks(catalogue: Catalogue) -> list[Defect]:
    return [
        *_repeated_codes(catalogue),
        *(defect for item in catalogue.indicators for defect in _parts(item)),
        *_task_references(catalogue),
        *_group_members(catalogue),
        *_holdings(catalogue),
        *_calendar(catalogue),
        *_standing(catalogue),
    ]


def _repeated_codes(catalogue: Catalogue) -> Iterator[Defect]:
    """Whatever can be held shares one set of codes, and all who hold share another."""
    yield from _twice("code", [("entry", item.code) for item in catalogue.entries])
    yield from _twice("code", [("task_group", item.code) for item in catalogue.groups])
    yield from _twice("id", [("campaign_day", item.id) for item in catalogue.campaign_days])
    held = [("indicator", item.code) for item in catalogue.indicators]
    held += [("task", item.code) for item in catalogue.tasks]
    held += [("assignment", item.code) for item in catalogue.assignments]
    yield from _twice("code", held)
    holders = [("agency", item.id) for item in catalogue.agencies]
    yield from _twice("id", holders + [("agency_group", g.id) for g in catalogue.agency_groups])
    for item in catalogue.indicators:
        for defect in _twice("part", [("", part.code) for part in item.parts]):
            yield Defect(f"indicator {item.code}", defect.problem)


def _parts(item: Indicator) -> Iterator[Defect]:
    where, conditions = f"indicator {item.code}", item.parts_kind is PartsKind.CONDITIONS
    if len(item.parts) == 1 or (conditions and not item.parts):
        yield Defect(where, "parts must be two or more, or none")
    if conditions and item.unit is not Unit.SHARE:
        yield Defect(where, "parts_kind conditions belongs to a share")


def _twice(what: str, names: Sequence[tuple[str, str]]) -> Iterator[Defect]:
    seen: set[str] = set()
    for kind, name in names:
        if name in seen:
            yield Defect(f"{kind} {name}", f"{what} {name!r} is used twice")
        seen.add(name)


def _task_references(catalogue: Catalogue) -> Iterator[Defect]:
    groups = {item.code for item in catalogue.groups}
    for task in catalogue.tasks:
        yield from _unknown(f"task {task.code}", "group", [task.group], groups)
    entries = {item.code for item in catalogue.entries}
    holders = _holders(catalogue)
    for item in catalogue.assignments:
        where = f"assignment {item.code}"
        yield from _unknown(where, "entry", [item.entry], entries)
        yield from _unknown(where, "holder", item.holders, holders)
        if not item.holders:
            yield Defect(where, "holders is empty")
        if item.role is Role.REPORT:
            yield Defect(where, "role report belongs to indicators")


def _group_members(catalogue: Catalogue) -> Iterator[Defect]:
    agencies = {item.id for item in catalogue.agencies}
    for group in catalogue.agency_groups:
        yield from _unknown(f"agency_group {group.id}", "member", group.members, agencies)


def _holdings(catalogue: Catalogue) -> Iterator[Defect]:
    indicators = {item.code for item in catalogue.indicators}
    codes, holders = set(catalogue.codes()), _holders(catalogue)
    seen: set[tuple[str, str]] = set()
    for item in catalogue.holdings:
        where = f"holding {item.code}"
        yield from _unknown(where, "code", [item.code], codes)
        yield from _unknown(where, "holder", [item.holder], holders)
        if (item.role is Role.REPORT) != (item.code in indicators):
            yield Defect(where, f"role {item.role} does not fit: indicators are reported")
        if (item.holder, item.code) in seen:
            yield Defect(where, f"holder {item.holder!r} is named twice")
        seen.add((item.holder, item.code))


def _calendar(catalogue: Catalogue) -> Iterator[Defect]:
    for day in sorted(catalogue.calendar_days_off & catalogue.calendar_make_up_days):
        yield Defect("calendar", f"{day} is both a day off and a working day")


def _standing(catalogue: Catalogue) -> Iterator[Defect]:
    standing = [item.id for item in catalogue.agencies if item.standing]
    if len(standing) != 1:
        named = ", ".join(standing) or "none"
        yield Defect("agencies", f"exactly one must be standing, not {named}")


def _unknown(where: str, what: str, names: Iterable[str], known: set[str]) -> Iterator[Defect]:
    for name in names:
        if name not in known:
            yield Defect(where, f"unknown {what} {name!r}")


def _holders(catalogue: Catalogue) -> set[str]:
    groups = {group.id for group in catalogue.agency_groups}
    return groups | {agency.id for agency in catalogue.agencies}
