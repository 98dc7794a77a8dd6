"""One indicator in the whole city; for those who may see all, agency by agency, the worst first."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from handlers.language import Markup, Words, join, plain, sentence
from handlers.progress import blocks, forecast, states
from handlers.progress.city import city_block
from handlers.progress.viewing import Viewing
from handlers.report import cards
from plan.attainment import Assessment, LeftOut, Source, Without, growth, share
from plan.catalogue import Indicator
from storage.years import Year

PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class Line:
    """An agency in the list: those with figures from the worst up, then those without."""

    agency_id: str
    order: tuple[int, Fraction]
    text: Markup


@dataclass(frozen=True, slots=True)
class Listed:
    """`agencies` are those on this page, by id and short name."""

    parts: list[Markup]
    agencies: list[tuple[str, str]]
    page: int = 1
    pages: int = 1


def of_indicator(viewing: Viewing, indicator: Indicator, year: Year, page: int) -> Listed:
    words = viewing.words
    known = viewing.standings.view(year, [indicator.code])[indicator.code]
    found = known.judged(year, due=viewing.due(year.number))
    title = words(
        "<b>{code} – the whole city, {year}</b>\n{name}",
        code=indicator.code,
        year=year.number,
        name=indicator.name,
    )
    top = [title, *_city(viewing, indicator, found)]
    if not viewing.sees_all:
        return Listed(top, [])
    names = viewing.agencies.short_names(year.on)
    lines = _ordered(viewing, found, names, year)
    pages = max(1, -(-len(lines) // PER_PAGE))
    page = min(page, pages)
    here = lines[(page - 1) * PER_PAGE : page * PER_PAGE]
    if not here:
        return Listed([*top, words("No agency is asked for it.")], [])
    place = words("Page {page} of {pages}.", page=page, pages=pages) if pages > 1 else Markup()
    heading = words("<b>By agency, what needs attention first</b>")
    hint = words(
        "Type /tiendo {code} and the name of an agency for where its figure comes from.",
        code=indicator.code,
    )
    body = join([heading, *(line.text for line in here)])
    shown = [*(top if page == 1 else [title]), body, place, hint]
    agencies = [(each.agency_id, names.get(each.agency_id, each.agency_id)) for each in here]
    return Listed([part for part in shown if part], agencies, page, pages)


def _city(viewing: Viewing, indicator: Indicator, found: Assessment) -> list[Markup]:
    """That the year is closed, where it is; how the city stands, and what goes with it."""
    words, judgement = viewing.words, states.shown(found)
    days = [source.as_of_on for source in judgement.why.sources]
    facts = [
        sentence(blocks.as_of(words, days)),
        sentence(blocks.guide(words, found)),
        forecast.in_short(words, indicator, found),
    ]
    standing = join([city_block(viewing, found).text, *(each for each in facts if each)])
    return [part for part in (viewing.closed(found.year), standing) if part]


def _ordered(
    viewing: Viewing, found: Assessment, names: Mapping[str, str], year: Year
) -> list[Line]:
    """Of two that stand alike, in the order of the register."""
    places = {each.id: place for place, each in enumerate(viewing.agencies.on(year.on))}
    lines = _lines(viewing.words, found, names)
    return sorted(lines, key=lambda line: (*line.order, places.get(line.agency_id, -1)))


def _lines(words: Words, found: Assessment, names: Mapping[str, str]) -> list[Line]:
    """A figure that is not approved is told as provisional."""
    judgement = states.shown(found)
    official = {each.entry_id for each in judgement.measure.sources} if judgement.measure else ()
    best = judgement.provisional or judgement.measure
    sources = best.sources if best else (found.yearly.sources if found.yearly else ())
    lines = [
        _counted(words, each, names, provisional=each.entry_id not in official)
        for each in sources
        if each.visits is None
    ]
    if any(each.visits is not None for each in sources):
        pairs = zip(sources[::2], sources[1::2], strict=True)
        lines += [
            _grown(words, before, later, names, provisional=later.entry_id not in official)
            for before, later in pairs
        ]
    counted = {line.agency_id for line in lines}
    lines += [
        _without(words, each, names)
        for each in judgement.why.left_out
        if each.why is not Without.WAITING and each.agency_id not in counted
    ]
    return lines


def _counted(words: Words, source: Source, names: Mapping[str, str], *, provisional: bool) -> Line:
    numerator, denominator = source.numerator or 0, source.denominator or 0
    figure = cards.about(
        words, cards.ratio(words, numerator, denominator), estimate=source.estimate
    )
    value = share(numerator, denominator)
    # Who has nothing to count is no worse than anybody.
    order = (0, value) if value is not None else (2, Fraction())
    shown = figure if value is not None else words("nothing to count")
    return Line(
        source.agency_id,
        order,
        _line(words, source.agency_id, names, shown, provisional=provisional),
    )


def _grown(
    words: Words, before: Source, later: Source, names: Mapping[str, str], *, provisional: bool
) -> Line:
    earlier, count = before.visits or 0, later.visits or 0
    value = growth(earlier, count)
    shown = words(
        "{before} visits in {first}, {after} in {last}",
        before=words.number(earlier),
        first=before.year,
        after=words.number(count),
        last=later.year,
    )
    order = (0, value) if value is not None else (2, Fraction())
    return Line(
        later.agency_id, order, _line(words, later.agency_id, names, shown, provisional=provisional)
    )


def _line(
    words: Words, agency_id: str, names: Mapping[str, str], shown: str, *, provisional: bool
) -> Markup:
    name = names.get(agency_id, agency_id)
    if provisional:
        return words("• {agency}: {figure} · provisional", agency=name, figure=shown)
    return words("• {agency}: {figure}", agency=name, figure=shown)


def _without(words: Words, left_out: LeftOut, names: Mapping[str, str]) -> Line:
    why = left_out.why
    order = (1 if why is Without.NOT_REPORTED else 2, Fraction())
    told = reason_of(words, left_out)
    text = _line(words, left_out.agency_id, names, told, provisional=False)
    return Line(left_out.agency_id, order, text)


def reason_of(words: Words, left_out: LeftOut) -> Markup:
    """Why an agency is in no sum, with what it said itself."""
    told = {
        Without.NOT_REPORTED: words("not reported"),
        Without.NO_DATA: words("no data yet"),
        Without.NO_OBJECT: words("nothing to count"),
        Without.NOT_APPLICABLE: words("not for this agency to answer"),
        Without.WAITING: words("waiting for approval"),
        Without.NO_BASE: words("no earlier year to count from"),
        Without.OTHER_GROUND: words("counted on another territory"),
    }[left_out.why]
    if not left_out.reason:
        return told
    return words("{state} – “{reason}”", state=told, reason=plain(left_out.reason))
