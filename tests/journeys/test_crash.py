"""The bot's process is ended at random moments while a hundred people answer it.

`CRASH_PEOPLE`, `CRASH_KILLS` and `CRASH_SEED` make it larger, or another one.
"""

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bench import crowd, town
from bench.process import BotProcess
from plan.catalogue import Catalogue
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage.database import Database
from tests.journeys.crash import IN_FLIGHT, Trial

PEOPLE = int(os.environ.get("CRASH_PEOPLE", "100"))
KILLS = int(os.environ.get("CRASH_KILLS", "20"))
SEED = int(os.environ.get("CRASH_SEED", "2030"))
QUESTIONS, YEAR = 10, 2024
SECONDS = 60 + PEOPLE + 8 * KILLS
"""Patience, not a measure: a laden machine may take its time."""

Stage = Callable[[int, int], Trial]

log = logging.getLogger(__name__)

pytestmark = [pytest.mark.crash, pytest.mark.timeout(SECONDS + 60)]


@pytest.fixture
def stage(
    telegram: Telegram,
    database: Database,
    catalogue: Catalogue,
    clock: PushedClock,
    tmp_path: Path,
) -> Stage:
    """A trial with so many people and strikes; fewer on PostgreSQL, where it is the same code."""

    def build(people: int, strikes: int) -> Trial:
        if not database.is_sqlite:
            people, strikes = people // 5, max(2, strikes * 3 // 10)
        codes = town.share_codes(catalogue, QUESTIONS)
        citizens = town.found(database, people, codes, clock.now())
        database.dispose()  # the other process is alone with it while it runs
        return Trial(
            BotProcess(telegram, database.url.render_as_string(hide_password=False), tmp_path),
            crowd.gather(telegram, citizens, time.monotonic, YEAR),
            database,
            Random(SEED),
            strikes=strikes,
            within=SECONDS,
        )

    return build


async def test_loses_and_doubles_no_answer_when_killed(stage: Stage) -> None:
    trial = stage(PEOPLE, KILLS)
    await trial.run(trial.kill, early=0.2)
    assert trial.kept(as_words=False) == trial.given()
    assert trial.kept(as_words=True) == trial.given()
    assert trial.untold() == []
    assert trial.unsettled() == {}
    log.info("%d replies came twice in %d kills", trial.repeated(), trial.strikes)
    assert trial.repeated() <= trial.strikes * IN_FLIGHT
    assert trial.is_sound()


async def test_ends_in_time_and_cleanly_when_told_to(stage: Stage) -> None:
    trial = stage(PEOPLE // 2, max(2, KILLS // 5))
    await trial.run(trial.terminate, early=0)
    assert trial.exit_codes == [0] * (trial.strikes + 1)
    assert trial.kept(as_words=False) == trial.given()
    assert trial.untold() == []
    assert trial.unsettled() == {}
    assert trial.repeated() == 0
