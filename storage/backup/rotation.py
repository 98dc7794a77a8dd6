"""Which backups there are, and which have served their time."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from plan.calendars import local_date

STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"tiendo-(\d{8}T\d{6}Z)\.(?:db|dump)")

ASIDE = re.compile(r"before[-_]restore[-_](\d{8}t\d{6}z)", re.IGNORECASE)


def named(now: datetime, suffix: str) -> str:
    return f"tiendo-{now.astimezone(UTC).strftime(STAMP)}{suffix}"


def made_at(path: Path) -> datetime | None:
    """By its name; None for a file that is no backup of ours."""
    return _moment(NAME.fullmatch(path.name))


def stood_aside_at(name: str) -> datetime | None:
    """Of a database that made room for a backup, by its name."""
    return _moment(ASIDE.search(name))


def backups(folder: Path) -> dict[datetime, Path]:
    """By when they were made, the oldest first."""
    known = ((made_at(path), path) for path in folder.glob("tiendo-*"))
    return dict(sorted((at, path) for at, path in known if at))


def superfluous(moments: Iterable[datetime], *, daily: int, weekly: int) -> set[datetime]:
    """All but the newest of each of the last `daily` local days that have any, and the first of
    each of the last `weekly` ISO weeks.
    """
    every = sorted(moments)
    days: dict[date, datetime] = {}
    weeks: dict[tuple[int, int], datetime] = {}
    for at in every:
        day = local_date(at)
        days[day] = at
        weeks.setdefault(day.isocalendar()[:2], at)
    return set(every) - {*list(days.values())[-daily:], *list(weeks.values())[-weekly:]}


def rotate(folder: Path, *, daily: int, weekly: int) -> list[Path]:
    """Deletes what is superfluous; returns what it has deleted."""
    known = backups(folder)
    gone = [known[at] for at in superfluous(known, daily=daily, weekly=weekly)]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _moment(found: re.Match[str] | None) -> datetime | None:
    try:
        return datetime.strptime(found[1].upper(), STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None
