"""What is promised, what was done, what was found: one line each, and the table of them."""

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = ("promise", "where", "what was done", "found", "limit", "verdict", "seed")


@dataclass(frozen=True, slots=True)
class Row:
    """`kept` is None where nothing is promised: not run, and `found` says why, or the rival."""

    promise: str
    where: str
    done: str
    found: str
    limit: str
    kept: bool | None
    seed: int

    @property
    def verdict(self) -> str:
        return {True: "kept", False: "BROKEN", None: "–"}[self.kept]

    def __str__(self) -> str:
        return " · ".join(self.cells())

    def cells(self) -> tuple[str, ...]:
        told = (self.promise, self.where, self.done, self.found, self.limit, self.verdict)
        return (*told, str(self.seed))


def table(rows: Sequence[Row]) -> str:
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def broken(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kept is False]
