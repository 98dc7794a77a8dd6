"""From the tables of the plan file to the plan's objects, kind by kind."""

from datetime import date

from plan.fields import Table
from plan.items import (
    Agency,
    Assignment,
    CampaignDay,
    Correction,
    Duty,
    Entry,
    Group,
    Holding,
    Indicator,
    MonthDay,
    Part,
    PartsKind,
    ReportingRule,
    Role,
    Target,
    Task,
    TaskGroup,
    Unit,
)

SYSTEMS = ("thu_vien", "bao_tang", "trung_tam_van_hoa")
KINDS = ("department", "district", "armed_force", "association", "front", "broadcaster")
SHORT_INDICATOR, SHORT_TASK = 60, 70
# Not a leap year: a yearly day must exist in every year.
_ANY_YEAR = 2027


def indicator(table: Table) -> Indicator:
    unit = table.choice("unit", Unit)
    total = table.text("total", optional=unit is Unit.GROWTH)
    if unit is Unit.GROWTH and total:
        table.note("total belongs to a share, not to a growth")
    return Indicator(
        code=table.text("code"),
        system=table.one_of("system", SYSTEMS),
        name=table.text("name"),
        category=table.text("category"),
        unit=unit,
        counts=table.text("counts"),
        total=total,
        parts=tuple(_part(part) for part in table.tables("parts", optional=True)),
        parts_kind=_parts_kind(table),
        target_2025=_target(table, "target_2025"),
        target_2030=_target(table, "target_2030"),
        clause=table.text("clause"),
        short=table.text("short", SHORT_INDICATOR),
        note=table.text("note", optional=True),
        ends_on=table.day("ends_on"),
    )


def _part(table: Table) -> Part:
    part = Part(table.slug("code"), table.text("name"), table.day("ends_on"))
    table.finish()
    return part


def _parts_kind(table: Table) -> PartsKind:
    return table.choice("parts_kind", PartsKind) if table.has("parts_kind") else PartsKind.GROUPS


def _target(table: Table, key: str) -> Target:
    value = table.take(key)
    if value is None:
        return Target(0)
    if not isinstance(value, list):
        return Target(table.within(key, value, 0, 100))
    ends = [table.within(key, end, 0, 100) for end in value]
    if len(ends) != len(("low", "high")) or ends[0] >= ends[1]:
        table.note(f"{key} must be a percentage or [low, high], not {value!r}")
        return Target(0)
    return Target(ends[0], ends[1])


def task_group(table: Table) -> TaskGroup:
    return TaskGroup(table.text("code"), table.text("text"))


def task(table: Table) -> Task:
    return Task(
        code=table.text("code"),
        group=table.text("group"),
        text=table.text("text"),
        clause=table.text("clause"),
        short=table.text("short", SHORT_TASK),
    )


def entry(table: Table) -> Entry:
    return Entry(table.text("code"), table.text("name"))


def assignment(table: Table) -> Assignment:
    return Assignment(
        code=table.text("code"),
        entry=table.text("entry"),
        holders=table.texts("holders"),
        role=table.choice("role", Role),
        text=table.text("text"),
        clause=table.text("clause"),
        short=table.text("short", SHORT_TASK),
    )


def agency(table: Table) -> Agency:
    valid_from, valid_to = table.day("valid_from"), table.day("valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        table.note(f"valid_to {valid_to} lies before valid_from {valid_from}")
    return Agency(
        id=table.slug("id"),
        name=table.text("name"),
        short=table.text("short"),
        kind=table.one_of("kind", KINDS),
        duty=table.choice("duty", Duty),
        clause=table.text("clause"),
        valid_from=valid_from,
        valid_to=valid_to,
        standing=table.flag("standing"),
        aliases=table.texts("aliases", optional=True),
    )


def agency_group(table: Table) -> Group:
    return Group(
        id=table.slug("id"),
        name=table.text("name"),
        clause=table.text("clause"),
        members=table.texts("members"),
    )


def holdings(table: Table) -> tuple[Holding, ...]:
    """One table of the file names several holders of one code."""
    code, role = table.text("code"), table.choice("role", Role)
    proposed, basis = table.flag("proposed"), table.text("basis")
    return tuple(
        Holding(holder, code, role, proposed=proposed, basis=basis)
        for holder in table.texts("holders")
    )


def campaign_day(table: Table) -> CampaignDay:
    spans = table.has("from") or table.has("to")
    start = _month_day(table.table("from")) if spans else None
    end = _month_day(table.table("to")) if spans else None
    if start and end and end < start:
        table.note("to lies before from")
    month, day = (None, None) if spans else _month_day(table)
    return CampaignDay(
        id=table.slug("id"),
        name=table.text("name"),
        clause=table.text("clause"),
        month=month,
        day=day,
        start=start,
        end=end,
        awaiting_dispatch=table.flag("awaiting_dispatch"),
    )


def reporting(table: Table) -> ReportingRule:
    month, day = _month_day(table)
    return ReportingRule(
        month=month,
        day=day,
        wording=table.text("wording"),
        clause=table.text("clause"),
        interim_review_year=table.whole("interim_review_year", 2023, 2030),
        texts=table.texts("texts"),
    )


def correction(table: Table) -> Correction:
    return Correction(
        clause=table.text("clause"),
        printed=table.text("printed"),
        shown=table.text("shown"),
        certainty=table.one_of("certainty", ("certain", "very_likely", "likely")),
    )


def _month_day(table: Table) -> MonthDay:
    month, day = table.whole("month", 1, 12), table.whole("day", 1, 31)
    try:
        date(_ANY_YEAR, month, day)
    except ValueError:
        table.note(f"there is no day {day} in month {month} of every year")
        return month, 1
    return month, day
