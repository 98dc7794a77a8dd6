"""Which backups there are, and which have served their time."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from plan.calendars import local_date

STAMP = "%Y%m%dT%H%M%SZ"
DRAFTS = ".tiendo-*.part"
ABANDONED = timedelta(hours=2)
"""Longer than anybody writes on one without a pause."""
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


def longest(*, daily: int, weekly: int) -> timedelta:
    """For how long a backup may be kept, one a night, and a week more."""
    return timedelta(days=max(daily, 7 * weekly) + 7)


def rotate(folder: Path, now: datetime, *, daily: int, weekly: int) -> list[Path]:
    """Deletes what is superfluous, and drafts of who was killed; returns what it has deleted.

    What a clock that was ahead has named takes no place of the others, and is left to people:
    nobody here knows how old it is.
    """
    known = {at: path for at, path in backups(folder).items() if at <= now}
    gone = [known[at] for at in superfluous(known, daily=daily, weekly=weekly)]
    gone += [path for path in folder.glob(DRAFTS) if _abandoned(path, now)]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _moment(found: re.Match[str] | None) -> datetime | None:
    try:
        return datetime.strptime(found[1].upper(), STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def _abandoned(draft: Path, now: datetime) -> bool:
    try:
        return draft.stat().st_mtime < (now - ABANDONED).timestamp()
    except FileNotFoundError:
        return False
