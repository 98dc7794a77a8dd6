"""The rows of a workbook that came back, read as the questions would read them."""

from dataclasses import dataclass

from exports.forms import Entered, Row
from handlers.files import batch
from handlers.files.batch import Batch, Place
from handlers.language import Markup, Words
from handlers.report import cards
from handlers.report.drafts import Draft, indicator_of
from handlers.report.interview import Interview
from plan.answers import Ask, Count, Kind, Reading, Refuse, Share, Unreadable, Value
from plan.answers import read as read_answer
from plan.catalogue import Indicator, Unit
from plan.classified import is_marked

MOST_OF_ALL, MOST_VISITS = 1_000_000, 999_999_999


@dataclass(frozen=True, slots=True)
class Rows:
    """What is right is taken, what is wrong is told with its row; an empty cell is no answer."""

    interview: Interview
    draft: Draft
    found: Batch

    def read(self, row: Row) -> None:
        words, found = self.found.words, self.found
        place = Place(words("Row {n}", n=row.number), row.code, _said(row))
        indicator = indicator_of(self.interview.catalogue, row.code)
        if any(is_marked(cell.text) for cell in (*_figures(row), row.choice, row.note)):
            told = words("it bears a marking of classified matter, which must not be sent here.")
            found.refused.append(found.line(place, told))
        elif row.code not in self.draft.codes:
            batch.refuse_code(found, place)
        elif _is_elsewhere(row, indicator):
            found.refuse(place, words("these cells are not for this row."))
        elif not (any(_figures(row)) or row.choice):
            self._keep_note(place, row.note.text)
        elif indicator is None:
            batch.read_status(found, place, row.choice.text, row.note.text)
        else:
            self._figure(place, indicator, row)

    def _keep_note(self, place: Place, note: str) -> None:
        """A note alone belongs to the answer that is recorded already."""
        draft, found = self.draft, self.found
        if draft.is_skipped(place.code) or not draft.has(place.code):
            found.refuse(place, found.words("there is no answer yet that this note belongs to."))
        elif place.code in draft.statuses:
            found.take(place, draft.statuses[place.code].status, note)
        else:
            figure = draft.figures[place.code]
            answer = cards.figure_answer(figure)
            if answer is not None:
                found.take(place, answer, note, estimate=figure.estimate)

    def _figure(self, place: Place, indicator: Indicator, row: Row) -> None:
        words, numbers = self.found.words, _figures(row)
        faults = [cell.fault for cell in numbers if cell.fault]
        if row.choice and any(numbers):
            told = words("a figure and “{choice}” exclude each other.", choice=row.choice.text[:40])
            self.found.refuse(place, told)
        elif faults and (why := _faults(words).get(faults[0])):
            self.found.refuse(place, why)
        else:
            reading = Refuse(faults[0]) if faults else self._reading(row)
            batch.judge(self.found, place, indicator, reading, place.said, row.note.text)

    def _reading(self, row: Row) -> Reading:
        if row.choice:
            return self._typed(Kind.SHARE, row.choice)
        if row.visits:
            return self._visits(row.visits)
        return self._share(row)

    def _share(self, row: Row) -> Reading:
        if not row.met:
            return Ask((), "met_missing")
        if not row.total:
            half = row.met.number
            if half is None:
                return self._typed(Kind.SHARE, row.met)
            return Ask((Count(half),), "total_missing")
        met, total = self._whole(row.met), self._whole(row.total)
        if not isinstance(met, int):
            return met
        return share(met, total) if isinstance(total, int) else total

    def _visits(self, cell: Entered) -> Reading:
        if cell.number is None:
            return self._typed(Kind.VISITS, cell)
        if cell.number < 0:
            return Refuse("negative")
        return Value(Count(cell.number)) if cell.number <= MOST_VISITS else Refuse("too_big")

    def _whole(self, cell: Entered) -> int | Reading:
        """The number of a cell; of one that holds text, only where there is one way to read it."""
        if cell.number is not None:
            return cell.number
        match self._typed(Kind.COUNT, cell):
            case Value(Count(value), confirm=False):
                return value
            case (Refuse() | Ask()) as problem:
                return problem
        return Unreadable()

    def _typed(self, kind: Kind, cell: Entered) -> Reading:
        year = self.draft.report.year
        return read_answer(kind, cell.text, today=self.interview.today, year=year)


def _figures(row: Row) -> tuple[Entered, ...]:
    return row.met, row.total, row.visits


def _said(row: Row) -> str:
    entered = [cell.text for cell in (*_figures(row), row.choice) if cell]
    return " / ".join(entered) or row.note.text


def _is_elsewhere(row: Row, indicator: Indicator | None) -> bool:
    """Typed into cells that are locked, where somebody has taken the lock off."""
    share = indicator is not None and indicator.unit is Unit.SHARE
    visits = indicator is not None and not share
    return bool((row.visits and not visits) or ((row.met or row.total) and not share))


def _faults(words: Words) -> dict[str, Markup]:
    return {
        "formula": words("it is a formula whose result was not saved. Type the number itself."),
        "date": words("it was turned into a date. Type each number into its own cell."),
        "unreadable": words("it is no number. Type a whole number, for example: {n}", n=12),
    }


def share(met: int, total: int) -> Reading:
    """Numbers of two cells are certain as they stand: here 5 and 11 are no date."""
    given = Share(met, total)
    if min(met, total) < 0:
        return Refuse("negative")
    if max(met, total) > MOST_OF_ALL:
        return Refuse("too_big")
    if given == Share(0, 0):
        return Ask((), "no_object?")
    if total == 0:
        return Refuse("zero_total")
    return Value(given) if met <= total else Refuse("over")
