"""Every promise under fire, in its short form; `make chaos` is the long one.

`CHAOS_SEED` makes it another one.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos.playing import SCENARIOS, STOCK, Scenario
from chaos.report import broken
from chaos.stage import Case

SEED = int(os.environ.get("CHAOS_SEED", "2030"))
PATIENCE = 1200
"""A laden machine may take its time; each scenario is done within half a minute by itself."""

pytestmark = [pytest.mark.crash, pytest.mark.timeout(PATIENCE)]


def played() -> Iterator[object]:
    for scenario in SCENARIOS:
        for kind, intake in scenario.short:
            name = f"{scenario.name}-{kind}-{intake}".replace(" ", "-")
            yield pytest.param(scenario, kind, intake, id=name)


@pytest.mark.parametrize(
    ("scenario", "database_url", "intake"), list(played()), indirect=["database_url"]
)
async def test_keeps_what_it_promises(
    scenario: Scenario, database_url: str, intake: str, tmp_path: Path
) -> None:
    kind = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    case = Case(kind, intake, full=False, seed=SEED)
    rows = await scenario.plays(case, database_url, tmp_path)
    for row in rows:
        print(row)  # noqa: T201 - what was measured, for whoever runs it with -s
    assert broken(rows) == []
    if all(row.kept is None for row in rows):
        pytest.skip(rows[0].found)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_same_ends_cost_stock_polling_answers(database_url: str, tmp_path: Path) -> None:
    """That the judge sees losses where there are some."""
    rows = await STOCK[0].plays(Case("sqlite", "polling", False, SEED), database_url, tmp_path)
    assert broken(rows) == []
    stock = [row.found for row in rows if row.kept is None]
    assert stock != ["0 lost, 0 twice, 0 never told"] * 2
