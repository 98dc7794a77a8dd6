"""Reads the plan file and refuses it as a whole, with every defect named."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from plan import entries
from plan.catalogue import Catalogue
from plan.checks import cross_checks
from plan.fields import Defect, Table

PLAN_FILE = Path(__file__).parent / "data" / "plan.toml"
Built = TypeVar("Built")


class CatalogueError(Exception):
    def __init__(self, path: Path, entry: str, problem: str) -> None:
        super().__init__(f"{path}: {entry}: {problem}")
        self.path = path
        self.entry = entry
        self.problem = problem


def load(path: Path | None = None) -> Catalogue:
    """Raises CatalogueError for the first defect; `problems` lists them all."""
    return _shipped() if path is None else _loaded(path)


@cache
def _shipped() -> Catalogue:
    """It comes with the program, and does not change while that runs."""
    return _loaded(PLAN_FILE)


def _loaded(path: Path) -> Catalogue:
    catalogue, defects = _examine(path)
    if defects:
        raise CatalogueError(path, defects[0].entry, defects[0].problem)
    return catalogue


def problems(path: Path | None = None) -> list[CatalogueError]:
    path = path or PLAN_FILE
    try:
        _, defects = _examine(path)
    except CatalogueError as unreadable:
        return [unreadable]
    return [CatalogueError(path, defect.entry, defect.problem) for defect in defects]


def _examine(path: Path) -> tuple[Catalogue, list[Defect]]:
    defects: list[Defect] = []
    catalogue = _build(Table(_parse(path), "file", defects))
    # A misread entry would only echo through the cross-checks.
    return catalogue, defects or cross_checks(catalogue)


def _parse(path: Path) -> dict[str, object]:
    try:
        # utf-8-sig: Windows editors like to put a byte order mark in front.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8: {error.reason} at byte {error.start}"
    except RecursionError:
        problem = "is not TOML: nested too deeply"
    except ValueError as error:
        problem = f"is not TOML: {error}"
    raise CatalogueError(path, "file", problem)


def _build(file: Table) -> Catalogue:
    plan, calendar = file.table("plan"), file.table("calendar", optional=True)
    rule = file.table("reporting")
    holdings = _each(file, "holding", entries.holdings, optional=True)
    catalogue = Catalogue(
        title=plan.text("title"),
        number=plan.text("number", optional=True) or None,
        date=plan.day("date"),
        bases=plan.texts("bases"),
        general_objective=plan.text("general_objective"),
        indicators=_each(file, "indicator", entries.indicator),
        groups=_each(file, "task_group", entries.task_group),
        tasks=_each(file, "task", entries.task),
        entries=_each(file, "entry", entries.entry),
        assignments=_each(file, "assignment", entries.assignment),
        agencies=_each(file, "agency", entries.agency),
        agency_groups=_each(file, "agency_group", entries.agency_group, optional=True),
        holdings=tuple(holding for several in holdings for holding in several),
        campaign_days=_each(file, "campaign_day", entries.campaign_day, optional=True),
        reporting=entries.reporting(rule),
        funding=plan.texts("funding"),
        calendar_days_off=calendar.days("days_off"),
        calendar_make_up_days=calendar.days("make_up_days"),
        corrections=_each(file, "correction", entries.correction, optional=True),
    )
    for table in (plan, calendar, rule, file):
        table.finish()
    return catalogue


def _each(
    file: Table, key: str, build: Callable[[Table], Built], *, optional: bool = False
) -> tuple[Built, ...]:
    built = []
    for table in file.tables(key, optional=optional):
        built.append(build(table))
        table.finish()
    return tuple(built)
