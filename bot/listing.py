"""The catalogue as text for a terminal."""

from collections.abc import Iterator

from bot.rulebook import Rulebook
from plan.catalogue import CampaignDay, Catalogue, Target


def listing(catalogue: Catalogue, year: int) -> str:
    return "\n".join(_lines(catalogue, year))


def _lines(catalogue: Catalogue, year: int) -> Iterator[str]:
    yield catalogue.title
    yield "\nIndicators (target 2025, target 2030)"
    for indicator in catalogue.indicators:
        ends = f"{_target(indicator.target_2025)}, {_target(indicator.target_2030)}"
        yield f"  {indicator.code:<6} {indicator.unit:<7} {indicator.name} ({ends})"
        yield f"         {indicator.clause} · {_holders(catalogue, indicator.code)}"
    yield "\nTasks"
    for task in catalogue.tasks:
        yield f"  {task.code:<8} {task.text}"
        yield f"           {_holders(catalogue, task.code)}"
    yield "\nAssignments"
    for assignment in catalogue.assignments:
        yield f"  {assignment.code:<8} {', '.join(assignment.holders)}: {assignment.text}"
    yield "\nAgencies"
    for agency in catalogue.agencies:
        yield f"  {agency.id:<18} {agency.kind:<12} {agency.duty:<11} {agency.name}"
    yield "\nCampaign days"
    for day in catalogue.campaign_days:
        yield f"  {_when(day):<13} {day.name}"
    deadline = Rulebook(catalogue)().deadline(year)
    yield f"\nDeadline: {catalogue.reporting.wording} ({catalogue.reporting.clause})"
    yield (
        f"  {year}: last day {deadline.last_day:%d/%m/%Y}, "
        f"last working day {deadline.last_working_day:%d/%m/%Y}"
    )


def _target(target: Target) -> str:
    return f"{target.low}%" if target.high is None else f"{target.low}–{target.high}%"


def _holders(catalogue: Catalogue, code: str) -> str:
    held = [holding for holding in catalogue.holdings if holding.code == code]
    if not held:
        return "not assigned"
    return ", ".join(
        f"{holding.holder} ({holding.role}{', proposed' if holding.proposed else ''})"
        for holding in held
    )


def _when(day: CampaignDay) -> str:
    if day.start and day.end:
        return f"{day.start[1]}/{day.start[0]}–{day.end[1]}/{day.end[0]}"
    return f"{day.day}/{day.month}"
