"""`python -m bench.answers`: answers a second, beside what they could cost, and how long one is.

P1 of the promises: waiting times at 50 a second, rates on SQLite and, where TEST_POSTGRES_URL is
set, on PostgreSQL.
"""

import asyncio
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import desk, places, progress, rivals, still, town
from bench.whole import QUESTIONS, YEAR, EndToEnd, end_to_end

MEBIBYTE = 1024**2
PACE, PACED_PEOPLE = 50, 50


@dataclass(frozen=True, slots=True)
class Round:
    whole: EndToEnd
    desk: float
    bare: float
    aiosqlite: float
    stock: float
    postgres: EndToEnd | None


def one_round(people: int, folder: Path) -> Round:
    """One after the other, so that a busy machine slows all of it alike."""
    chats = [town.Citizen(n, n, n, "", ()) for n in range(1, people + 1)]
    return Round(
        asyncio.run(end_to_end(places.sqlite(folder / "whole.db"), folder, people)),
        desk.rate(folder / "desk.db", people, times=3),
        rivals.bare_transactions(folder / "bare.db", 2000),
        aiosqlite(folder / "aiosqlite.db", people),
        rivals.stock_aiogram(desk.messages_of(chats)),
        on_postgres(folder, people),
    )


def aiosqlite(path: Path, people: int) -> float:
    with still.still(path) as app:
        codes = town.share_codes(app.services.catalogue, QUESTIONS)
        citizens = town.found(app.database, people, codes[:1], still.NOW)
        with app.database.connection() as connection:
            progress.report(connection, citizens, YEAR)
    return asyncio.run(rivals.AsyncDatabase.rate(places.sqlite(path), citizens, 50 * people))


def on_postgres(folder: Path, people: int, per_second: float | None = None) -> EndToEnd | None:
    if places.POSTGRES not in os.environ:
        return None
    with places.postgres() as url:
        return asyncio.run(end_to_end(url, folder, people, per_second))


def show(rounds: Sequence[Round]) -> None:
    base = "bare sqlite3: three statements, durable"
    rates = {
        base: [each.bare for each in rounds],
        "the desk alone: no HTTP, durable": [each.desk for each in rounds],
        "aiosqlite, AsyncSession: the statements only, durable": [e.aiosqlite for e in rounds],
        "the whole bot: HTTP in, durable, replies out": [each.whole.rate for each in rounds],
        "stock aiogram: no HTTP, nothing kept": [each.stock for each in rounds],
    }
    if all(each.postgres for each in rounds):
        rates["the whole bot on PostgreSQL"] = [e.postgres.rate for e in rounds if e.postgres]
    print(f"{'ratio':>6}  {'range':>11}  {'answers/s':>9}  what (medians of {len(rounds)} rounds)")
    for name, found in rates.items():
        row(name, found, rates[base])
    desks, others = ([getattr(e, name) for e in rounds] for name in ("desk", "aiosqlite"))
    row("the desk alone, beside aiosqlite", desks, others)


def row(name: str, found: Sequence[float], bases: Sequence[float]) -> None:
    ratios = [rate / base for rate, base in zip(found, bases, strict=True)]
    span = f"{min(ratios):.2f}–{max(ratios):.2f}"
    print(f"{median(ratios):>6.2f}  {span:>11}  {median(found):>9.0f}  {name}")


def show_waits(name: str, run: EndToEnd) -> None:
    waits = ", ".join(f"p{at} {run.percentile(at) * 1000:.0f} ms" for at in (50, 95, 99))
    print(f"{name}: {run.rate:.0f} answers/s, {waits}")
    idle, after = run.memory_idle / MEBIBYTE, run.memory_after / MEBIBYTE
    print(f"  {run.sends:.0f} messages/s out; {idle:.0f} MiB at rest, {after:.0f} MiB after")


def main(wanted: Namespace) -> None:
    rounds = []
    for _ in range(wanted.rounds):
        with TemporaryDirectory() as folder:
            rounds.append(one_round(wanted.people, Path(folder)))
    show(rounds)
    print("\nfrom typing to the answer, over HTTP both ways:")
    show_waits(f"{wanted.people} people at once", rounds[-1].whole)
    with TemporaryDirectory() as folder:
        url = places.sqlite(Path(folder) / "paced.db")
        paced = asyncio.run(end_to_end(url, Path(folder), PACED_PEOPLE, PACE))
        show_waits(f"{PACE} a second", paced)
        if on_other := on_postgres(Path(folder), PACED_PEOPLE, PACE):
            show_waits(f"{PACE} a second on PostgreSQL", on_other)


def options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main(options())
