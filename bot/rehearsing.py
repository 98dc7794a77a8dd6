"""The rehearsal as an operator reads it: lines on the screen, or a workbook."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.rehearsal import Rehearsal, Rehearsed
from bot.rulebook import Rulebook
from bot.settings import Settings
from exports.letters import sheet
from handlers.language import DEFAULT, words_for
from plan.calendars import ZONE
from plan.loading import load
from storage.database import Database


def printed(settings: Settings, first: date, last: date) -> Iterator[str]:
    count = 0
    for letter in _rehearsal(settings, first, last).letters():
        count += 1
        yield f"{_at(letter)}  {letter.name} ({', '.join(letter.agencies)})"
        yield f"  why: {'; '.join(letter.why)}"
        yield from (f"  | {line}" for line in letter.text.splitlines())
        yield ""
    yield f"{count} letters from {first} to {last}."


def workbook(settings: Settings, first: date, last: date, file: Path) -> int:
    """How many letters it holds."""
    rows = [
        (_at(letter), letter.name, ", ".join(letter.agencies), "; ".join(letter.why), letter.text)
        for letter in _rehearsal(settings, first, last).letters()
    ]
    words = words_for(DEFAULT)
    headings = [
        words("When"),
        words("To whom"),
        words("Agency"),
        words("On account of"),
        words("Text"),
    ]
    file.write_bytes(sheet(words("Reminders to come"), headings, rows))
    return len(rows)


def _rehearsal(settings: Settings, first: date, last: date) -> Rehearsal:
    rulebook = Rulebook(load(settings.plan_file), settings.office_hours)
    return Rehearsal(Database(settings.database_url), rulebook, first, last)


def _at(letter: Rehearsed) -> str:
    return f"{letter.at.astimezone(ZONE):%Y-%m-%d %H:%M}"
