"""Days as somebody types them who settles something: exact, nothing is guessed."""

import re
from collections.abc import Sequence
from datetime import date

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
BETWEEN = {"-", "–", "đến", "den"}


def day_of(text: str, year: int | None = None) -> date | None:
    """`16/02/2026`; with `year`, also `16/02`. None for what is no day."""
    found = DAY.fullmatch(text)
    if found is None:
        return None
    day, month, its_year = found.groups()
    if its_year is None and year is None:
        return None
    try:
        return date(int(its_year or year or 0), int(month), int(day))
    except ValueError:
        return None


def split_days(parts: Sequence[str], year: int | None = None) -> tuple[list[date], list[str]]:
    """The days at the head of some words, and the words after them; "đến" and dashes are skipped.

    `16/02/2026 - 20/02/2026 Tết` → two days, and "Tết".
    """
    days: list[date] = []
    rest = list(parts)
    while rest:
        if days and rest[0].casefold() in BETWEEN and day_of("".join(rest[1:2]), year):
            rest.pop(0)
        found = day_of(rest[0], year)
        if found is None:
            break
        days.append(found)
        rest.pop(0)
    return days, rest
