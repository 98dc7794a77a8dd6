"""The operator's table of days off: taken from a file as a whole or not at all, and shown."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from bot.calendars import known
from bot.settings import Settings
from plan.daysoff import EXAMPLE, OFF, Difference, OfficialDay, difference, read_sheet
from plan.loading import load
from plan.reminding import settled
from storage.audit import Audit
from storage.choices import Choices
from storage.database import Database
from storage.daysoff import DaysOff

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class DaysOffError(Exception):
    """The file was not taken; the message says why, line by line."""


def take(settings: Settings, file: Path, now: datetime, *, apply: bool) -> str:
    """What the file changes, for the years it speaks of; with `apply` it is done, at once."""
    sheet = _read(file)
    with Database(settings.database_url).transaction() as session:
        days = DaysOff(session)
        before = {
            day: OfficialDay(day, row.kind, row.name, row.estimated)
            for day, row in days.all().items()
        }
        found = difference(before, sheet)
        if apply and found:
            Audit(session).act_as("cli", None)
            for each in (*found.added, *(after for _, after in found.changed)):
                days.put(
                    each.day,
                    each.kind,
                    each.name,
                    now,
                    source=file.name,
                    estimated=each.estimated,
                )
            days.remove([each.day for each in found.removed], now)
    return "\n".join(_told(found, applied=apply))


def shown(settings: Settings, year: int) -> str:
    """Every day of a year that is not what its weekday says, and who says so."""
    catalogue = load(settings.plan_file)
    with Database(settings.database_url).transaction() as session:
        culture_day = Choices(session).all().get(settled.CULTURE_DAY, True)
        found = known(catalogue, DaysOff(session).all(), culture_day=culture_day)
    lines = [
        f"{each.day} {WEEKDAYS[each.day.weekday()]} {each.kind:4} {each.name or '-'} "
        f"({each.source or 'table'}{', estimated' if each.estimated else ''})"
        for each in found
        if each.day.year == year
    ]
    off = sum(f" {OFF} " in line for line in lines)
    guesses = sum("estimated)" in line for line in lines)
    return "\n".join([*lines, f"{year}: {off} days off, {guesses} lines are estimates."])


def _read(file: Path) -> dict[date, OfficialDay]:
    try:
        sheet = read_sheet(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise DaysOffError(f"{file} cannot be read: {error}") from error
    if sheet.faults or not sheet.days:
        faults = [str(fault) for fault in sheet.faults] or ["there is no line with a day"]
        raise DaysOffError(
            "\n".join([f"{file} was not taken:", *faults, f"A right line: {EXAMPLE}"])
        )
    return sheet.days


def _told(found: Difference, *, applied: bool) -> Iterator[str]:
    yield from (f"+ {_line(each)}" for each in found.added)
    yield from (
        f"~ {_line(before)} -> {after.kind} {after.name}" for before, after in found.changed
    )
    yield from (f"- {_line(each)}" for each in found.removed)
    if not found:
        yield "Nothing changes."
    elif applied:
        yield "Done. The running bot follows within seconds."
    else:
        yield "Nothing was changed yet. Add --yes to do it."


def _line(each: OfficialDay) -> str:
    mark = " (estimated)" if each.estimated else ""
    return f"{each.day} {WEEKDAYS[each.day.weekday()]} {each.kind} {each.name}{mark}"
