"""`python -m bench.progress`: `/tiendo` for the whole city, by how many agencies have reported."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Connection, insert
from sqlmodel import col

from bench import still, town
from bot.app import App
from plan.catalogue import Duty
from storage.people import People
from storage.tables import Figure, Report

OFFICIAL, YEAR = 90_001, 2024
SIZES = (22, 200, 2000)


@dataclass(frozen=True, slots=True)
class Measured:
    agencies: int
    seconds: float


def measure(agencies: int, rounds: int) -> Measured:
    with TemporaryDirectory() as folder, still.still(Path(folder) / "tiendo.db") as app:
        codes = town.share_codes(app.services.catalogue, 15)
        citizens = town.found(app.database, agencies, codes, still.NOW, duty=Duty.REQUIRED)
        with app.database.transaction() as session:
            for year in (YEAR - 1, YEAR):
                report(session.connection(), citizens, year)
            people = People(session)
            official = people.welcome(town.CHANNEL, str(OFFICIAL), "Cán bộ thử", still.NOW)
            people.consent(official, "bench", still.NOW)
            people.join(official, "so-vhtt", "official", still.NOW)
        times = [ask(app) for _ in range(rounds + 1)]
        return Measured(agencies, median(times[1:]))


def report(connection: Connection, citizens: list[town.Citizen], year: int) -> None:
    """Everybody's report of the year, approved, a figure for each code."""
    rows = [
        {
            "agency_id": citizen.agency_id,
            "year": year,
            "state": "approved",
            "version": 1,
            "opened_at": still.NOW - timedelta(days=1),
            "submitted_at": still.NOW,
        }
        for citizen in citizens
    ]
    added = insert(Report).returning(col(Report.id), sort_by_parameter_order=True)
    reports = connection.execute(added, rows).scalars().all()
    figures = [
        {
            "report_id": report_id,
            "indicator": code,
            "state": "value",
            "numerator": citizen.number % 10,
            "denominator": 10,
            "words": f"{citizen.number % 10}/10",
            "as_of_on": date(year, 9, 30),
            "person_id": citizen.person_id,
            "channel": town.CHANNEL,
            "recorded_at": still.NOW,
        }
        for report_id, citizen in zip(reports, citizens, strict=True)
        for code in citizen.codes
    ]
    connection.execute(insert(Figure), figures)


def ask(app: App) -> float:
    """Seconds from the inbox to the commit of the answer."""
    still.take_in(app, [still.typed(OFFICIAL, f"/tiendo {YEAR}")])
    start = perf_counter()
    still.handle_all(app)
    return perf_counter() - start


def show(found: list[Measured], rounds: int) -> None:
    base = found[0]
    print(f"{'ratio':>6}  {'agencies ×':>10}  {'ms':>7}  agencies that have reported")
    print(f"{'':>6}  {'':>10}  {'':>7}  (medians of {rounds} rounds)")
    for each in found:
        ratio, more = each.seconds / base.seconds, each.agencies / base.agencies
        print(f"{ratio:>6.1f}  {more:>10.1f}  {each.seconds * 1000:>7.1f}  {each.agencies}")


def options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    return parser.parse_args()


if __name__ == "__main__":
    chosen = options()
    show([measure(agencies, chosen.rounds) for agencies in SIZES], chosen.rounds)
