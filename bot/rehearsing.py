"""The rehearsal as an operator reads it: lines on the screen, or a workbook."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.rehearsal import Rehearsal
from bot.rulebook import Rulebook
from bot.settings import Settings
from handlers.language import DEFAULT, words_for
from handlers.reminding import rehearsed
from handlers.reminding.rehearsed import Rehearsed, Telling
from plan.calendars import ZONE
from plan.loading import load
from storage.database import Database


def printed(settings: Settings, first: date, last: date) -> Iterator[str]:
    count = 0
    for letter in _rehearsal(settings, first, last).letters():
        count += 1
        yield f"{_at(letter)}  {letter.name} ({', '.join(letter.agencies)})"
        yield f"  why: {'; '.join(' '.join(each) for each in letter.about)}"
        yield from (f"  | {line}" for line in letter.text.splitlines())
        yield ""
    yield f"{count} letters from {first} to {last}."


def workbook(settings: Settings, first: date, last: date, file: Path) -> int:
    """How many letters it holds."""
    rehearsal = _rehearsal(settings, first, last)
    letters = list(rehearsal.letters())
    rulebook = rehearsal.rulebook
    told = Telling(words_for(DEFAULT), rulebook(), rulebook.catalogue)
    file.write_bytes(rehearsed.workbook(told, letters))
    return len(letters)


def _rehearsal(settings: Settings, first: date, last: date) -> Rehearsal:
    rulebook = Rulebook(load(settings.plan_file), settings.office_hours)
    return Rehearsal(Database(settings.database_url), rulebook, first, last)


def _at(letter: Rehearsed) -> str:
    return f"{letter.at.astimezone(ZONE):%Y-%m-%d %H:%M}"
