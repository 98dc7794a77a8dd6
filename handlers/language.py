"""Wording in the reader's language: gettext catalogues, and figures and dates by Babel."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache, lru_cache
from gettext import GNUTranslations
from html import escape
from io import BytesIO
from math import ceil
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from plan.attainment import shown
from plan.calendars import ZONE

LOCALES = Path(__file__).parent.parent / "locales"
DEFAULT = "vi"
SUNDAY = 6
PAGE = 1900
"""Characters of one message, tags counted: Zalo takes 2,000."""
ENTITY = 6
"""Characters of the longest tag or entity that messages contain."""
NAMED = 15


class Markup(str):
    """HTML that is safe already: the only values that go into a message unescaped."""

    __slots__ = ()


@dataclass(frozen=True)
class Words:
    """`words("Sent at {time}.", time=…)` → the message in this language, its values escaped.

    Message ids are English; Vietnamese is the default and the complete catalogue.
    """

    locale: str
    catalogue: GNUTranslations

    def __call__(self, message: str, **values: object) -> Markup:
        # gettext answers an empty message with the catalogue's header.
        return _fill(self.catalogue.gettext(message), values) if message else Markup()

    def plural(self, one: str, many: str, count: int, **values: object) -> Markup:
        told = {"count": self.number(count), **values}
        return _fill(self.catalogue.ngettext(one, many, count), told)

    def number(self, value: int) -> str:
        return _decimal(value, None, self.locale)

    def percent(self, value: Fraction) -> str:
        """One decimal, percent sign without space; never a whole that was not reached.

        `value` is in percent.
        """
        return _decimal(float(shown(value)), "#,##0.0", self.locale) + "%"

    def points(self, value: Fraction) -> str:
        """What is still needed, in points of a percent: to one decimal, never less than it is."""
        return _decimal(ceil(value * 10) / 10, "#,##0.0", self.locale)

    def signed(self, value: Fraction) -> str:
        """A difference: with its sign, to one decimal; nothing is +0,0 and never -0,0."""
        size = _decimal(float(shown(abs(value))), "#,##0.0", self.locale)
        return f"−{size}" if value < 0 else f"+{size}"

    def day(self, day: date) -> str:
        return format_date(day, "dd/MM/yyyy", locale=self.locale)

    def weekday(self, day: date) -> str:
        """The day with its weekday, as deadlines are always shown: thứ Hai, 04/11/2024."""
        name = format_date(day, "EEEE", locale=self.locale)
        if self.locale == DEFAULT:
            # CLDR writes "Thứ Hai" and "Chủ Nhật"; running text has "thứ Hai", "Chủ nhật".
            sunday = day.weekday() == SUNDAY
            name = name.capitalize() if sunday else name[0].lower() + name[1:]
        return f"{name}, {self.day(day)}"

    def moment(self, at: datetime) -> str:
        return format_datetime(at, "HH:mm dd/MM/yyyy", tzinfo=ZONE, locale=self.locale)

    def second(self, at: datetime) -> str:
        return format_datetime(at, "HH:mm:ss", tzinfo=ZONE, locale=self.locale)


# The same few figures are said again and again: echoed, confirmed, reviewed.
@lru_cache(maxsize=4096)
def _decimal(value: float, pattern: str | None, locale: str) -> str:
    return format_decimal(value, format=pattern, locale=locale)


def _fill(message: str, values: Mapping[str, object]) -> Markup:
    safe = {
        name: value if isinstance(value, Markup) else escape(str(value), quote=False)
        for name, value in values.items()
    }
    return Markup(message.format(**safe)) if safe else Markup(message)


def plain(text: str) -> Markup:
    """Any text, made safe to stand in a message."""
    return Markup(escape(text, quote=False))


def sentence(text: Markup) -> Markup:
    """The same with a capital at its head."""
    return Markup(text[:1].upper() + text[1:])


def join(parts: list[str] | list[Markup], by: str = "\n") -> Markup:
    """Escaped parts as one message; an empty string leaves no line."""
    return Markup(by.join(part for part in parts if part))


def first_of(names: Sequence[str]) -> tuple[str, int]:
    """The first names of a list as one text, and how many more there are."""
    return ", ".join(names[:NAMED]), max(0, len(names) - NAMED)


def paged(parts: list[Markup], by: str = "\n") -> list[Markup]:
    """Cut between parts, so that every message stays short enough for any channel.

    A part that is too long by itself is cut between its lines or words.
    """
    texts = [Markup()]
    for piece in (piece for part in parts for piece in _pieces(part)):
        longer = join([texts[-1], piece], by)
        if texts[-1] and len(longer) > PAGE:
            texts.append(piece)
        else:
            texts[-1] = longer
    return texts


def _pieces(part: Markup) -> Iterator[Markup]:
    while len(part) > PAGE:
        cut = max(part.rfind("\n", PAGE // 2, PAGE), 0) or part.rfind(" ", PAGE // 2, PAGE)
        if cut < 0:
            # Nowhere to breathe: anywhere, but not inside a tag or an entity.
            start = max(part.rfind("&", PAGE - ENTITY, PAGE), part.rfind("<", PAGE - ENTITY, PAGE))
            cut = start if start > 0 else PAGE
        head, part = part[:cut], Markup(part[cut:].lstrip())
        if head.count("<b>") > head.count("</b>"):
            head, part = f"{head}</b>", Markup(f"<b>{part}")
        yield Markup(head)
    yield part


@cache
def words_for(locale: str) -> Words:
    """The catalogue of a locale, read from its `.po` file: there is nothing to compile."""
    path = LOCALES / locale / "LC_MESSAGES" / "messages.po"
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return Words(locale, GNUTranslations(compiled))
