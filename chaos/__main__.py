"""`python -m chaos`: what is promised, under fire. Ends with 1 where a promise is broken."""

import sys
import time
import traceback
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from chaos import playing
from chaos.playing import Scenario
from chaos.report import Row, broken, table
from chaos.stage import Case

AT_ONCE = 2


def chosen(options: Namespace) -> Iterator[tuple[Scenario, Case]]:
    kinds = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    intakes = ["polling", "webhook"] if options.intake == "both" else [options.intake]
    only = set(options.only.split(",")) if options.only else set()
    for scenario in playing.STOCK if options.stock else playing.SCENARIOS:
        if only and not only & set(scenario.promises):
            continue
        for kind, intake in scenario.settings(options.full):
            if kind in kinds and intake in intakes:
                yield scenario, Case(kind, intake, options.full, options.seed)


def run(options: Namespace) -> list[Row]:
    rows: list[Row] = []
    start = time.monotonic()
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        plays = {pool.submit(playing.play, *each): each for each in chosen(options)}
        for future in as_completed(plays):
            scenario, case = plays[future]
            found = _rows(future, scenario, case)
            rows += found
            # Told at once: in full it takes hours, and who ends it before has these.
            print(f"{time.monotonic() - start:6.0f} s  {scenario.name} on {case.where}", flush=True)
            print(*(f"          {row}" for row in found), sep="\n", flush=True)
    return sorted(rows, key=lambda row: (int(row.promise[1:]), row.where))


def _rows(future: "Future[list[Row]]", scenario: Scenario, case: Case) -> list[Row]:
    error = future.exception()
    if error is None:
        return future.result()
    traceback.print_exception(error)
    found = f"broke off: {type(error).__name__} {error}".rstrip()
    return [
        case.row(promise, scenario.name, found, "", kept=False) for promise in scenario.promises
    ]


def options() -> Namespace:
    parser = ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the size of a release")
    parser.add_argument("--stock", action="store_true", help="aiogram's own polling, beside ours")
    parser.add_argument("--only", default="", help="R4,R7")
    parser.add_argument("--seed", type=int, default=2030)
    parser.add_argument("--jobs", type=int, default=AT_ONCE)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--intake", choices=["polling", "webhook", "both"], default="both")
    return parser.parse_args()


if __name__ == "__main__":
    found = run(options())
    print("\n" + table(found))
    sys.exit(1 if broken(found) else 0)
