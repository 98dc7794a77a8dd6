"""`/bieudo`: the same as `/tiendo` in a picture, and first of all in words."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from html import unescape

from handlers.errands.material import Material
from handlers.language import Markup, Words, join, sentence
from handlers.progress import blocks, states
from handlers.progress.agency import is_draft
from handlers.report import cards
from plan.attainment import Assessment
from plan.attainment.judging import LAST
from plan.catalogue import Catalogue, Indicator, Unit
from plan.reminding.rules import Rules
from storage.agencies import Agencies
from storage.easings import Easings
from storage.reports import Reports
from storage.standings import Standings
from storage.tables import Errand
from storage.years import Year

GROWTH_MOST = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as it is drawn and told."""

    indicator: Indicator
    found: Assessment
    value: Fraction

    @property
    def provisional(self) -> bool:
        return states.shown(self.found).measure is None


@dataclass(frozen=True, slots=True)
class Chart:
    """Of an agency, or of the city with "". `code` is empty for all indicators at once."""

    words: Words
    catalogue: Catalogue
    standings: Standings
    rules: Rules
    agency_id: str
    name: str
    code: str
    year: Year
    due: bool
    draft: bool
    """Of an agency whose report has not been sent: it is drawn as provisional."""

    @property
    def title(self) -> Markup:
        values = {"whose": self.name, "year": self.year.number}
        if self.code:
            return self.words("{code} – {whose}, up to {year}", code=self.code, **values)
        return self.words("{whose} – {year}", **values)

    def rows(self) -> list[Row]:
        """What there is a figure of, the worst first; the others are named in the text."""
        found = self._assessments()
        rows = [self._row(each) for each in found.values()]
        ordered = {
            block.code: place
            for place, block in enumerate(
                blocks.worst_first(
                    blocks.block(self.words, self._item(each), each, Markup(), [])
                    for each in found.values()
                )
            )
        }
        known = [row for row in rows if row is not None]
        return sorted(known, key=lambda row: ordered[row.indicator.code])

    def without(self) -> list[str]:
        shown = {row.indicator.code for row in self.rows()}
        return [code for code in self._assessments() if code not in shown]

    @property
    def shows_anything(self) -> bool:
        return bool(self.points() if self.code else self.rows())

    def points(self) -> list[tuple[int, Row]]:
        """Year → the indicator as it stood then."""
        years = self.standings.history(self.code, self.year, self.agency_id or None)
        rows = [(judged.year, self._row(judged)) for judged in years]
        return [(number, row) for number, row in rows if row is not None]

    def assessment(self) -> Assessment:
        known = self.standings.view(
            self.year, [self.code], agency_id=self.agency_id or None, draft=True
        )
        return known[self.code].judged(self.year, due=self.due)

    def _assessments(self) -> dict[str, Assessment]:
        if not self.agency_id:
            return self.standings.of_city(self.year, due=self.due)
        return self.standings.of_agency(self.agency_id, self.year, due=self.due, draft=True)

    def _item(self, found: Assessment) -> Indicator:
        return self.catalogue.indicator(found.code)

    def _row(self, found: Assessment) -> Row | None:
        """A share, or the mean growth; of single years the growth on the year before."""
        best = blocks.best(found)
        if best is not None:
            return Row(self._item(found), found, best.percent)
        if self.code and found.yearly and found.yearly.growth:
            return Row(self._item(found), found, found.yearly.growth.percent)
        return None


def chart_of(material: Material, agency_id: str, name: str, code: str, year: int) -> Chart:
    own = Easings(material.session).extended_until(agency_id, year) if agency_id else None
    return Chart(
        words=material.words,
        catalogue=material.catalogue,
        standings=Standings(material.session, material.catalogue),
        rules=material.rules,
        agency_id=agency_id,
        name=name,
        code=code,
        year=Year(year, material.today),
        due=material.rules.deadline(year, own).passed(material.now),
        draft=bool(agency_id) and is_draft(Reports(material.session).of(agency_id, year)),
    )


def told(chart: Chart) -> list[Markup]:
    """All that the picture shows, for whoever does not see it."""
    words = chart.words
    title = words("<b>{title}</b>", title=chart.title)
    if chart.code:
        lines = [
            words("• {year}: {figure}", year=year, figure=_figure(words, row))
            for year, row in chart.points()
        ]
        return [title, join([_goals(words, chart.catalogue.indicator(chart.code)), *lines])]
    lines = [_told(words, row, draft=chart.draft) for row in chart.rows()]
    without = chart.without()
    rest = words("No figure: {codes}.", codes=", ".join(without)) if without else Markup()
    return [part for part in (title, join(lines), rest) if part]


def _told(words: Words, row: Row, *, draft: bool) -> Markup:
    return words(
        "• {code} {short}: {figure}; {goals}; {head}",
        code=row.indicator.code,
        short=row.indicator.short,
        figure=_figure(words, row),
        goals=_goals(words, row.indicator),
        head=states.head(words, row.found, draft=draft),
    )


def _label(words: Words, indicator: Indicator) -> Markup:
    """Growth is drawn on a scale of its own, and says so."""
    values = {"code": indicator.code, "short": indicator.short}
    if indicator.unit is Unit.GROWTH:
        return words("{code} {short} (scale: 0–{most}%)", most=GROWTH_MOST, **values)
    return words("{code} {short}", **values)


def _of_year(words: Words, row: Row) -> Markup:
    """With its year, where that is not the one of the picture."""
    percent, of_year = Markup(words.percent(row.value)), states.shown(row.found).year
    if of_year == row.found.year:
        return percent
    return words("{percent} in {year}", percent=percent, year=of_year)


def _figure(words: Words, row: Row) -> Markup:
    percent = _of_year(words, row)
    if row.provisional:
        return words("{percent}, provisional", percent=percent)
    return percent


def _goals(words: Words, indicator: Indicator) -> Markup:
    return words(
        "targets: {first} in 2025, {second} in 2030",
        first=cards.target(indicator.target_2025),
        second=cards.target(indicator.target_2030),
    )


def draw(chart: Chart) -> Callable[[], bytes]:
    """Reads now; what it returns draws, on a thread beside, without the database."""
    title, under = _plain(chart.title), _plain(_under(chart))
    return _trend(chart, title, under) if chart.code else _bars(chart, title, under)


def _under(chart: Chart) -> Markup:
    if chart.code:
        return Markup(chart.catalogue.indicator(chart.code).short)
    return chart.words("Progress against the targets of 2025 and 2030")


def _bars(chart: Chart, title: str, under: str) -> Callable[[], bytes]:
    words, rows = chart.words, chart.rows()
    legend = [words("target 2025"), words("target 2030"), words("not approved")]

    def write() -> bytes:
        # Only here: the library takes memory that most processes never need.
        from exports import bars  # noqa: PLC0415

        drawn = [
            bars.Bar(
                label=_plain(_label(words, row.indicator)),
                value=row.value,
                told=_plain(_of_year(words, row)),
                below=_plain(sentence(states.head(words, row.found, draft=chart.draft))),
                first=row.indicator.target_2025.low,
                second=row.indicator.target_2030.low,
                provisional=row.provisional,
                most=GROWTH_MOST if row.indicator.unit is Unit.GROWTH else bars.ALL,
            )
            for row in rows
        ]
        return bars.bars(title, under, drawn, legend)

    return write


def _trend(chart: Chart, title: str, under: str) -> Callable[[], bytes]:
    words, indicator = chart.words, chart.catalogue.indicator(chart.code)
    rows, ahead = chart.points(), chart.assessment().forecast
    legend = [words("target"), words("not approved"), words("forecast")]

    def write() -> bytes:
        from exports import trends  # noqa: PLC0415

        points = [
            trends.Point(year, row.value, words.percent(row.value), row.provisional)
            for year, row in rows
        ]
        goals = [
            trends.Goal(year, target.low, cards.target(target))
            for year, target in ((2025, indicator.target_2025), (LAST, indicator.target_2030))
        ]
        end = trends.Point(LAST, ahead.percent, words.percent(ahead.percent)) if ahead else None
        return trends.trend(title, under, points, goals, end, legend)

    return write


def _plain(text: Markup) -> str:
    """Pictures know no markup."""
    return unescape(text)


def gather(row: Errand, material: Material) -> Callable[[], bytes]:
    wanted = row.wanted
    agency_id, name = wanted.get("agency") or "", material.words("The whole city")
    if agency_id:
        on = Year(wanted["year"], material.today).on
        name = Markup(Agencies(material.session).named(agency_id, on).name)
    return draw(chart_of(material, agency_id, name, wanted.get("code", ""), wanted["year"]))
