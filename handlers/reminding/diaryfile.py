"""The ledger of a year as a file: one line for each reminder and each person it concerned."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from html import unescape

from exports import letters
from handlers.errands.asking import CSV
from handlers.errands.material import Material
from handlers.health.wording import why_failed
from handlers.language import Words
from handlers.reminding import fates, wording
from plan.calendars import local_date
from storage.agencies import Agencies
from storage.ledger import Ledger, Line
from storage.tables import Errand
from storage.years import Year

WIDTHS = (14, 34, 40, 26, 28, 34, 18, 18, 18, 36)


def gather(row: Errand, material: Material) -> Callable[[], bytes]:
    """Of one agency, or of all."""
    agency_id, year = row.wanted.get("agency"), row.wanted["year"]
    ledger, on = Ledger(material.session), Year(year, material.today).on
    lines = ledger.of_agency(agency_id, year) if agency_id else ledger.of_year(year)
    names = {each.id: each.name for each in Agencies(material.session).on(on)}
    return partial(_write, row.wanted["form"], material, lines, names)


def _write(form: str, material: Material, lines: Sequence[Line], names: Mapping[str, str]) -> bytes:
    words = material.words
    headings = [unescape(heading) for heading in _headings(words)]
    rows = _rows(material, lines, names)
    if form == CSV:
        return letters.separated(headings, rows)
    return letters.sheet(unescape(words("Reminders")), headings, rows, WIDTHS)


def _headings(words: Words) -> list[str]:
    return [
        words("Due on"),
        words("Agency"),
        words("Obligation"),
        words("Step"),
        words("Recipient"),
        words("State"),
        words("Decided at"),
        words("Sent at"),
        words("Answered at"),
        words("Reason"),
    ]


def _rows(
    material: Material, lines: Sequence[Line], names: Mapping[str, str]
) -> Iterator[list[str]]:
    words = material.words
    # The same few dozen are said over and over.
    about = cache(partial(wording.what, words, material.rules, material.catalogue))
    step, state = cache(partial(wording.step, words)), cache(partial(fates.state, words))
    for line in lines:
        yield [
            words.day(local_date(line.due_at)),
            names.get(line.agency_id, line.agency_id),
            unescape(about(line.obligation)),
            unescape(step(line.step, line.obligation)),
            line.receiver,
            unescape(state(line.fate)),
            _moment(words, line.decided_at),
            _moment(words, line.sent_at),
            _moment(words, line.answered_at),
            unescape(_why(words, line)),
        ]


def _why(words: Words, line: Line) -> str:
    if line.fate == "failed":
        return why_failed(words, line.error)
    return fates.reason(words, line.reason) if line.reason else ""


def _moment(words: Words, at: datetime | None) -> str:
    return words.moment(at) if at else ""
