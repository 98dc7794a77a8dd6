"""`python -m bench.progress`: `/tiendo`, by how many agencies have reported for eight years.

Each answer is timed from the inbox to its commit, and its statements are counted; beside it stands
a plain sum in SQL of the year's figures, in the same run.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Connection, Engine, event, insert, text
from sqlmodel import col

from bench import still, town
from bot.app import App
from handlers.errands.material import Material
from handlers.language import words_for
from handlers.progress import charts
from plan.catalogue import Duty
from storage.people import People
from storage.tables import Figure, Report

OFFICIAL, YEAR = 90_001, 2024
YEARS = range(YEAR - 7, YEAR + 1)
SIZES = (22, 200, 2000)
SUM = text(
    "SELECT indicator, sum(numerator), sum(denominator), count(*) FROM report "
    "JOIN figure ON figure.report_id = report.id "
    "WHERE year = :year AND superseded_at IS NULL GROUP BY indicator"
)


@dataclass(frozen=True, slots=True)
class Measured:
    agencies: int
    what: str
    seconds: float
    """So long, or less, for nineteen in twenty."""
    statements: int


def measure(agencies: int, rounds: int) -> list[Measured]:
    with TemporaryDirectory() as folder, still.still(Path(folder) / "tiendo.db") as app:
        codes = town.share_codes(app.services.catalogue, 15)
        citizens = town.found(app.database, agencies, codes, still.NOW, duty=Duty.REQUIRED)
        with app.database.transaction() as session:
            for year in YEARS:
                report(session.connection(), citizens, year)
            people = People(session)
            official = people.welcome(town.CHANNEL, str(OFFICIAL), "Cán bộ thử", still.NOW)
            people.consent(official, "bench", still.NOW)
            people.join(official, "so-vhtt", "official", still.NOW)
            session.connection().execute(text("ANALYZE"))
        focal = citizens[0].chat_id
        cases: dict[str, Callable[[], object]] = {
            "a plain sum of the year's figures": lambda: plain_sum(app),
            "the city": lambda: ask(app, OFFICIAL, f"/tiendo {YEAR}"),
            "an indicator, agency by agency": lambda: ask(app, OFFICIAL, f"/tiendo TV1.3 {YEAR}"),
            "one's own agency": lambda: ask(app, focal, f"/tiendo {YEAR}"),
            "where the city would end": lambda: ask(app, OFFICIAL, f"/dubao {YEAR}"),
            "a picture of one's own agency": lambda: picture(app, citizens[0].agency_id),
        }
        return [timed(app, agencies, what, do, rounds) for what, do in cases.items()]


def timed(app: App, agencies: int, what: str, do: Callable[[], object], rounds: int) -> Measured:
    do()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        do()
        times.append(perf_counter() - start)
    with counted(app.database.engine) as statements:
        do()
    return Measured(agencies, what, quantiles(times, n=20)[-1], len(statements))


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


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


def ask(app: App, chat_id: int, said: str) -> None:
    still.take_in(app, [still.typed(chat_id, said)])
    still.handle_all(app)


def plain_sum(app: App) -> None:
    with app.database.connection() as connection:
        connection.execute(SUM, {"year": YEAR}).all()


def picture(app: App, agency_id: str) -> bytes:
    """Reading and drawing, as the job does."""
    services = app.services
    with app.database.transaction() as session:
        kept = services.catalogue, services.rules
        material = Material(session, words_for("vi"), *kept, still.NOW)
        write = charts.draw(charts.chart_of(material, agency_id, agency_id, "", YEAR))
    return write()


def show(found: list[Measured]) -> None:
    print(f"{'agencies':>8}  {'p95 ms':>8}  {'× sum':>6}  {'statements':>10}  answer")
    for each in found:
        if each.what.startswith("a plain"):
            base = each.seconds
        times = f"{each.seconds * 1000:>8.1f}  {each.seconds / base:>6.1f}"
        print(f"{each.agencies:>8}  {times}  {each.statements:>10}  {each.what}")


def options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    return parser.parse_args()


if __name__ == "__main__":
    chosen = options()
    show([each for size in chosen.sizes for each in measure(size, chosen.rounds)])
