from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

import pytest

from bot.calendars import calendar_for
from plan.calendars import ZONE
from plan.catalogue import Duty
from plan.loading import load
from plan.reminding.deciding import Item
from plan.reminding.rules import Rules
from plan.reminding.settled import USUAL_TASKS
from plan.reminding.situations import Filed, Key, Situation

PLAN = load()
Agency: TypeAlias = Callable[..., Situation]


@pytest.fixture(scope="session")
def rules() -> Rules:
    """As the plan has them, on the real calendar."""
    return Rules(
        PLAN.reporting,
        calendar_for(PLAN),
        days=PLAN.campaign_days,
        tasks=USUAL_TASKS,
        known_years=frozenset(range(2023, 2027)),
    )


@pytest.fixture
def agency() -> Agency:
    """A district that must report and has not."""

    def made(**other: Any) -> Situation:
        return Situation(**{"agency_id": "quan-1", "duty": Duty.REQUIRED, "short": "Q1"} | other)

    return made


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """By the city's clocks; of November 2026, where nothing else is said."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def filed(state: str, on: date | None = None) -> dict[int, Filed]:
    """The report of 2026."""
    sent_at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC) if on else None
    return {2026: Filed(state, sent_at)}


def of(
    items: list[Item], about: str = "report:2026", aim: date | None = None
) -> list[tuple[str, str]]:
    """(step, why not, or "send") of one obligation."""
    return [
        (item.step.key, item.why.value if item.why else "send")
        for item in items
        if item.obligation == about and (aim is None or item.aim_on == aim)
    ]


def keys(items: list[Item]) -> set[Key]:
    return {item.key for item in items}
