"""Rules as an operator has settled them: stored values, read over the plan's own."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from plan.calendars import WorkingCalendar
from plan.catalogue import CampaignDay, Catalogue, MonthDay
from plan.deadlines import Terms, Weekend
from plan.reminding.ladder import Ladder
from plan.reminding.rules import Escalation, Reviewing, Rules, Span, TaskTiming, Timing

LADDER, WEEKEND, INTERNAL = "ladder", "weekend", "internal"
PLAN_BY, REVIEW_BY = "plan_by", "review_by"
ESCALATION, REVIEWING = "escalation", "reviewing"
CULTURE_DAY = "culture_day"
CAMPAIGN, OWN_DAY = "campaign:", "own_day:"
OWN_CLAUSE = "II.1.b"

USUAL_TASKS: Mapping[str, TaskTiming] = {
    # The week that II.1.b names is prepared by whoever leads it, a month ahead.
    "II.1.b": TaskTiming(Timing.EVENT, "tuan-le-hoc-tap-suot-doi", 30),
}

T = TypeVar("T")


def ladder_kept(ladder: Ladder) -> dict[str, Any]:
    return {
        "opening": ladder.opening_days,
        "before": list(ladder.before),
        "after": list(ladder.after),
        "again": ladder.again,
    }


def span_kept(span: Span) -> dict[str, Any]:
    return {
        "first": span.first_on.isoformat(),
        "last": span.last_on.isoformat(),
        "confirmed": span.confirmed,
    }


def span_key(day_id: str, year: int) -> str:
    return f"{CAMPAIGN}{day_id}:{year}"


def rules_of(
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    settled: Mapping[str, Any],
    tasks: Mapping[str, TaskTiming],
    *,
    known_years: frozenset[int] = frozenset(),
    revision: int = 0,
) -> Rules:
    own = [_own_day(key, value) for key, value in sorted(_under(OWN_DAY, settled))]
    return Rules(
        reporting=catalogue.reporting,
        calendar=calendar,
        terms=Terms(Weekend(settled.get(WEEKEND, Weekend.EARLIER)), _day(settled.get(INTERNAL))),
        ladder=_ladder(settled.get(LADDER)),
        escalation=Escalation(*settled.get(ESCALATION, ())),
        reviewing=Reviewing(*settled.get(REVIEWING, ())),
        days=(*catalogue.campaign_days, *own),
        spans=dict(_span(key, value) for key, value in _under(CAMPAIGN, settled)),
        tasks={**USUAL_TASKS, **tasks},
        plan_by=_day(settled.get(PLAN_BY)) or Rules.plan_by,
        review_by=_day(settled.get(REVIEW_BY)) or Rules.review_by,
        known_years=known_years,
        revision=revision,
    )


def _under(prefix: str, settled: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in settled.items():
        if key.startswith(prefix):
            yield key.removeprefix(prefix), value


def _ladder(kept: Mapping[str, Any] | None) -> Ladder:
    if kept is None:
        return Ladder()
    return Ladder(kept["opening"], tuple(kept["before"]), tuple(kept["after"]), kept["again"])


def _span(key: str, kept: Mapping[str, Any]) -> tuple[tuple[str, int], Span]:
    day_id, _, year = key.rpartition(":")
    first, last = date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])
    return (day_id, int(year)), Span(first, last, kept["confirmed"])


def _own_day(day_id: str, kept: Mapping[str, Any]) -> CampaignDay:
    return CampaignDay(
        day_id,
        kept["name"],
        OWN_CLAUSE,
        kept["month"],
        kept["day"],
        None,
        None,
        awaiting_dispatch=False,
    )


def _day(kept: list[int] | None) -> MonthDay | None:
    return (kept[0], kept[1]) if kept else None
