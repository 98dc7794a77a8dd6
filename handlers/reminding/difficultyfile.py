"""The difficulties of a year as a file, in full."""

from collections.abc import Callable, Sequence
from functools import partial
from html import unescape

from exports import letters
from handlers.errands.asking import CSV
from handlers.errands.material import Material
from handlers.reminding.difficulties import about_told
from storage.difficulties import Difficulties, Difficulty
from storage.tables import Errand
from storage.years import Year

WIDTHS = (34, 34, 80, 28, 18)


def gather(row: Errand, material: Material) -> Callable[[], bytes]:
    year = Year(row.wanted["year"], material.today)
    kept = Difficulties(material.session)
    found = kept.all(year.number, year.on, row.wanted.get("agency"))
    return partial(_write, row.wanted["form"], material, found)


def _write(form: str, material: Material, found: Sequence[Difficulty]) -> bytes:
    words = material.words
    headings = [
        words("Agency"),
        words("Task"),
        words("Difficulties and obstacles"),
        words("Recorded by"),
        words("When"),
    ]
    rows = (
        (
            each.agency,
            unescape(about_told(words, material.catalogue, each)),
            each.words,
            each.person,
            words.moment(each.at),
        )
        for each in found
    )
    if form == CSV:
        return letters.separated(headings, rows)
    return letters.sheet(unescape(words("Difficulties")), headings, rows, WIDTHS)
