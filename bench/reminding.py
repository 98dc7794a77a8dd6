"""`python -m bench.reminding`: a morning, by how many agencies; a tick with nothing due."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import still, town
from bot.app import App
from plan.catalogue import Duty
from storage.schedules import Schedules

SIZES = (200, 2_000, 20_000)
TICKS = 300
MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Measured:
    agencies: int
    decided: float
    """Seconds until every agency's letters and lines of the ledger are written."""
    quiet: float
    """Seconds of a tick with nothing due: the change counter, and the schedule."""
    letters: int


def measure(agencies: int) -> Measured:
    with TemporaryDirectory() as folder, still.still(Path(folder) / "tiendo.db") as app:
        codes = town.share_codes(app.services.catalogue, 3)
        town.found(app.database, agencies, codes, still.NOW, duty=Duty.REQUIRED)
        with app.database.transaction() as session:
            app.ticker.prepare(session, still.NOW)
        quiet = median(_tick(app, still.NOW)[0] for _ in range(TICKS))
        due_at = app.ticker.next_due(still.NOW)
        with app.database.transaction() as session:
            schedule = Schedules(session).all()["morning"]
            schedule.next_due_at = due_at
        decided, letters = _tick(app, due_at)
        return Measured(agencies, decided, quiet, letters)


def _tick(app: App, now: datetime) -> tuple[float, int]:
    begun = perf_counter()
    with app.database.transaction() as session:
        app.rulebook.refresh(session)
        letters = app.ticker.tick(session, now)
    return perf_counter() - begun, letters


def report(found: list[Measured]) -> None:
    first = found[0]
    print(f"{'agencies':>9} {'letters':>8} {'morning':>10} {'each':>11} {'ratio':>6} {'quiet':>11}")
    for each in found:
        per_agency = each.decided / each.agencies
        ratio = per_agency / (first.decided / first.agencies)
        print(
            f"{each.agencies:>9} {each.letters:>8} {each.decided:>9.2f}s "
            f"{per_agency * MILLION:>9.0f}µs {ratio:>6.2f} {each.quiet * MILLION:>9.0f}µs"
        )


def arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    return parser.parse_args()


if __name__ == "__main__":
    report([measure(size) for size in arguments().sizes])
