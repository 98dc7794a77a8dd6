"""`/dubao`: where 2030 would end at the present pace, and who moves the city's figure most."""

from collections.abc import Sequence

from handlers.language import Markup, Words, join, sentence
from handlers.progress import states
from handlers.progress.viewing import Viewing
from handlers.report import cards
from plan.attainment import BASES, Assessment, Forecast, Growth, Mover, movers, movers_of
from plan.attainment.judging import LAST
from plan.catalogue import Indicator, Unit
from storage.agencies import NamedAgency
from storage.attained import Known
from storage.years import Year

MOST = 10


def of_all(viewing: Viewing, agency: NamedAgency | None, year: Year) -> list[Markup]:
    """A line for each indicator, those that would not reach their target first."""
    words = viewing.words
    known = viewing.standings.known(
        agency_id=agency.id if agency else None,
        drafts_of=year.number if agency else None,
        years={BASES[LAST], year.number - 1, year.number},
    )
    due = viewing.due(year.number, agency.id if agency else None)
    found = [each.judged(year, due=due) for each in known.values() if each.figures]
    ahead = [each for each in found if each.forecast]
    # What would miss its target comes first.
    ahead.sort(key=lambda each: bool(each.forecast and each.forecast.reaches))
    lines = [_line(viewing, each) for each in ahead]
    title = _title(words, agency.name if agency else words("the whole city"), year.number)
    if not lines:
        return [title, words("There is no forecast: it takes figures of two years.")]
    return [title, join(lines), disclaimer(words)]


def of_one(
    viewing: Viewing, indicator: Indicator, agency: NamedAgency | None, year: Year
) -> list[Markup]:
    """One indicator; of the city, for those who see all, with the agencies that move it most."""
    words = viewing.words
    whose = agency.name if agency else words("the whole city")
    known = viewing.standings.view(
        year, [indicator.code], agency_id=agency.id if agency else None, draft=agency is not None
    )
    found = known[indicator.code].judged(
        year, due=viewing.due(year.number, agency.id if agency else None)
    )
    title = _title(words, f"{indicator.code}, {whose}", year.number)
    if found.forecast is None:
        return [title, join([Markup(indicator.short), _none(words, indicator, found)])]
    parts = [title, join([words("{short}", short=indicator.short), *told(words, indicator, found)])]
    if agency is None and viewing.sees_all:
        parts += _movers(viewing, known[indicator.code], found, year)
    return [*parts, disclaimer(words)]


def _title(words: Words, whose: str, year: int) -> Markup:
    return words(
        "<b>FORECAST for 2030 – {whose}</b>, from figures up to {year}", whose=whose, year=year
    )


def disclaimer(words: Words) -> Markup:
    return words(
        "This is a forecast, neither a figure nor a judgement: it goes on as between the last two "
        "years counted, provisional figures included."
    )


def _none(words: Words, indicator: Indicator, found: Assessment) -> Markup:
    if indicator.ends_on:
        return words("No forecast: {state}.", state=states.grey(words, found.in_2030))
    return words("There is no forecast: it takes figures of two years.")


def told(words: Words, indicator: Indicator, found: Assessment) -> list[Markup]:
    """Where it would end, against what, and which pace that is."""
    ahead = found.forecast
    if ahead is None:
        return []
    return [sentence(_end(words, indicator, ahead)), _pace(words, indicator, ahead)]


def _end(words: Words, indicator: Indicator, ahead: Forecast) -> Markup:
    said = {
        "percent": words.percent(ahead.percent),
        "target": cards.target(indicator.target_2030),
    }
    if ahead.reaches:
        return words(
            "2030 at this pace: about {percent}, which reaches the target of {target}", **said
        )
    return words("2030 at this pace: about {percent}, which misses the target of {target}", **said)


def in_short(words: Words, indicator: Indicator, found: Assessment) -> Markup:
    """Beside a judgement, and told apart from it."""
    if found.forecast is None:
        return Markup()
    end = _end(words, indicator, found.forecast)
    return words("Forecast, neither a figure nor a judgement: {end}", end=end)


def _pace(words: Words, indicator: Indicator, ahead: Forecast) -> Markup:
    told = {
        "pace": words.signed(ahead.pace),
        "first": ahead.from_year,
        "last": ahead.to_year,
        "count": words.number(ahead.agencies),
    }
    if indicator.unit is Unit.GROWTH:
        return words(
            "Pace: {pace}% from {first} to {last}, of {count} agencies with both years", **told
        )
    return words(
        "Pace: {pace} points a year from {first} to {last}, of {count} agencies with both years",
        **told,
    )


def _line(viewing: Viewing, found: Assessment) -> Markup:
    words, indicator = viewing.words, viewing.catalogue.indicator(found.code)
    if found.forecast is None:
        return Markup()
    return words(
        "• {code} {short}: {end}",
        code=indicator.code,
        short=indicator.short,
        end=_end(words, indicator, found.forecast),
    )


def _movers(viewing: Viewing, known: Known, found: Assessment, year: Year) -> list[Markup]:
    words, growing = viewing.words, known.indicator.unit is Unit.GROWTH
    if growing:
        growth = found.yearly.growth if found.yearly else None
        moving = movers_of(growth) if isinstance(growth, Growth) else []
        title = words("<b>What they added to the growth, in points</b>")
    else:
        moving = movers(year.number, known.figures)
        title = words("<b>Points the city would gain if these met all of theirs</b>")
    if not moving:
        return []
    names = viewing.agencies.short_names(year.on)
    return [join([title, *_listed(words, moving, names)])]


def _listed(words: Words, moving: Sequence[Mover], names: dict[str, str]) -> list[Markup]:
    lines = [
        words(
            "• {agency}: {points}",
            agency=names.get(each.agency_id, each.agency_id),
            points=words.signed(each.points),
        )
        for each in moving[:MOST]
    ]
    if rest := len(moving) - MOST if len(moving) > MOST else 0:
        lines.append(words("and {count} more agencies", count=rest))
    return lines
