"""Every scenario, the promises it looks at, and where it plays."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from chaos import (
    answers,
    backups,
    clocks,
    cuts,
    databases,
    disks,
    machine,
    mornings,
    order,
    outages,
    poison,
    reminders,
    replicas,
    steps,
    stock,
    storm,
)
from chaos.report import Row
from chaos.stage import Case

Play: TypeAlias = Callable[[Case, str, Path], Coroutine[Any, Any, list[Row]]]
Setting: TypeAlias = tuple[str, str]

ALL: tuple[Setting, ...] = tuple(product(("sqlite", "postgresql"), ("polling", "webhook")))
CROSSED = (("sqlite", "polling"), ("postgresql", "webhook"))
"""Each database and each intake once."""
POLLED = (("sqlite", "polling"), ("postgresql", "polling"))
ON_FILE, ON_SERVER = ("sqlite",), ("postgresql",)
SERVERS = (("postgresql", "polling"), ("postgresql", "webhook"))
FILES = (("sqlite", "polling"), ("sqlite", "webhook"))
FILE, SERVER = (("sqlite", "polling"),), (("postgresql", "polling"),)
HOOKED = (("postgresql", "webhook"),)


@dataclass(frozen=True, slots=True)
class Scenario:
    """`settings` are (database, intake); the short form plays in `short` of them only."""

    name: str
    promises: tuple[str, ...]
    play: Play
    everywhere: tuple[Setting, ...]
    short: tuple[Setting, ...]
    moves_clock: tuple[str, ...] = ()
    """Databases on which the clock of the processes has to be moved."""

    async def plays(self, case: Case, url: str, home: Path) -> list[Row]:
        if case.kind in self.moves_clock and not clocks.is_movable():
            return self.left_out(case, clocks.ABSENT)
        return await self.play(case, url, home)

    def left_out(self, case: Case, why: str) -> list[Row]:
        return [case.row(each, self.name, why, "", kept=None) for each in self.promises]

    def settings(self, full: bool) -> tuple[Setting, ...]:  # noqa: FBT001 - the form
        return self.everywhere if full else self.short


SCENARIOS = (
    Scenario("killed", ("R1", "R3"), answers.killed, ALL, CROSSED),
    Scenario("told to end", ("R2",), answers.told_to_end, ALL, CROSSED, ON_FILE),
    Scenario("noticed", ("R4", "R5", "R6"), storm.noticed, ALL, CROSSED, ON_FILE),
    Scenario("paced", ("R5",), storm.paced, ALL, FILE, ON_FILE),
    Scenario("a notice by two", ("R7",), replicas.noticed_by_two, SERVERS, SERVER, ON_SERVER),
    Scenario("reminders by two", ("R7",), mornings.reminded_by_two, SERVERS, SERVER, ON_SERVER),
    Scenario("clock", ("R8",), reminders.stepped, POLLED, FILE, ON_FILE),
    Scenario("typed over", ("R8",), steps.typed_over, POLLED, (), ON_FILE),
    Scenario("jumped by two", ("R8",), steps.jumped_by_two, SERVER, (), ON_SERVER),
    Scenario("without its database", ("R9",), cuts.without_database, ALL, CROSSED, ON_FILE),
    Scenario("without Telegram", ("R10",), outages.without_telegram, POLLED, FILE, ON_FILE),
    Scenario("out of reach", ("R12",), outages.out_of_reach, ALL, FILE, ON_FILE),
    Scenario("all at once", ("R14",), order.ordered, ALL, FILE),
    Scenario("at once to two", ("R14",), order.ordered_by_two, SERVERS, HOOKED, ON_SERVER),
    Scenario("disk full", ("R11",), disks.full, FILES, FILE),
    Scenario("poison", ("R13",), poison.poisoned, ALL, FILE),
    Scenario("old presses", ("R15",), poison.pressed, ALL, FILE),
    Scenario("machine", ("R15",), machine.run, FILE, ()),
    Scenario("restored", ("R16",), backups.restored, POLLED, FILE, ON_FILE),
)


STOCK = (Scenario("stock", ("R1",), stock.beside, FILE, FILE),)


def play(scenario: Scenario, case: Case) -> list[Row]:
    """In a process of its own: a judge that is busy with one crowd must not be late for another."""
    if lack := databases.lack(case.kind):
        return scenario.left_out(case, lack)
    with TemporaryDirectory(prefix="tiendo-chaos-") as folder:
        home = Path(folder)
        with databases.fresh(case.kind, home) as url:
            return asyncio.run(scenario.plays(case, url, home))
