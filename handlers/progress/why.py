"""`/visao`: a judgement taken apart: the plan's clause, the formula, the numbers, their sources."""

from collections.abc import Mapping, Sequence

from handlers.language import Markup, Words, first_of, join, sentence
from handlers.progress import blocks, states
from handlers.progress.indicator import reason_of
from handlers.progress.viewing import Viewing
from handlers.report import cards
from plan.attainment import Growth, Judgement, LeftOut, Pooled, Source, Standing, Without
from plan.catalogue import Indicator
from storage.agencies import NamedAgency
from storage.attained import Known
from storage.years import Year

PER_PAGE = 20


def explain(
    viewing: Viewing, indicator: Indicator, agency: NamedAgency | None, year: Year, page: int
) -> tuple[list[Markup], int]:
    """Of an agency, or of the city with None; and how many pages its sources fill."""
    words = viewing.words
    known = _known(viewing, indicator, agency, year)
    due = viewing.due(year.number, agency.id if agency else None)
    found = known.judged(year, due=due)
    title = words(
        "<b>Why – {code}, {whose}, {year}</b>\n{short}",
        code=indicator.code,
        whose=agency.name if agency else words("the whole city"),
        year=year.number,
        short=indicator.short,
    )
    judgements = [found.in_2025, found.in_2030]
    closed = viewing.closed(year.number)
    parts = [title, *([closed] if closed else []), *(_judged(words, each) for each in judgements)]
    judged = states.shown(found)
    named = agency is not None or viewing.sees_all
    names = viewing.agencies.short_names(year.on)
    sources, pages = _sources(words, judged, names if named else None, page)
    if page > 1:
        return [title, *sources], pages
    return [*parts, *sources, *_left_out(words, judged, names if named else None)], pages


def _known(viewing: Viewing, indicator: Indicator, agency: NamedAgency | None, year: Year) -> Known:
    agency_id = agency.id if agency else None
    found = viewing.standings.view(year, [indicator.code], agency_id=agency_id, draft=True)
    return found[indicator.code]


def _judged(words: Words, judgement: Judgement) -> Markup:
    goal, measure = judgement.goal, judgement.best
    head = words("<b>{verdict}</b>", verdict=sentence(states.verdict(words, judgement)))
    clause = words(
        "Plan, {clause}: {target} by {year}",
        clause=goal.clause,
        target=cards.target(goal.target),
        year=goal.year,
    )
    lines = [head, clause]
    if measure is not None:
        lines += [_formula(words, measure), _compared(words, judgement)]
    elif judgement.why.ended_on:
        day = words.day(judgement.why.ended_on)
        lines.append(words("There is no such object after {day}.", day=day))
    if judgement.why.last_counted:
        day = words.day(judgement.why.last_counted)
        lines.append(words("Each agency counts as it did last, up to {day}.", day=day))
    if judgement.standing is Standing.WAITING:
        lines.append(words("By figures that are not approved yet: provisional."))
    return join(lines)


def _formula(words: Words, measure: Pooled | Growth) -> Markup:
    if isinstance(measure, Growth) and measure.to_year - measure.from_year == 1:
        return words(
            "Formula: 100 × ({last} ÷ {first} − 1) = 100 × ({later} ÷ {earlier} − 1) = {percent}",
            first=measure.from_year,
            last=measure.to_year,
            later=words.number(measure.later),
            earlier=words.number(measure.earlier),
            percent=words.percent(measure.percent),
        )
    if isinstance(measure, Growth):
        return words(
            "Formula: 100 × (({last} ÷ {first})^(1/{years}) − 1) = 100 × (({later} ÷ "
            "{earlier})^(1/{years}) − 1) = {percent} a year",
            first=measure.from_year,
            last=measure.to_year,
            years=measure.to_year - measure.from_year,
            later=words.number(measure.later),
            earlier=words.number(measure.earlier),
            percent=words.percent(measure.percent),
        )
    return words(
        "Formula: 100 × Σ met ÷ Σ total = 100 × {met} ÷ {total} = {percent}",
        met=words.number(measure.numerator),
        total=words.number(measure.denominator),
        percent=words.percent(measure.percent),
    )


def _compared(words: Words, judgement: Judgement) -> Markup:
    """The exact value is compared; what is shown is rounded."""
    measure, target = judgement.best, judgement.goal.target
    if measure is None:
        return Markup()
    shown = {"value": words.percent(measure.percent), "low": f"{target.low}%"}
    if target.high is not None and measure.percent > target.high:
        return words(
            "Compared: {value} is above {high}", value=shown["value"], high=f"{target.high}%"
        )
    if target.met(measure.percent):
        return words("Compared: {value} is at least {low}", **shown)
    return words("Compared: {value} is below {low}", **shown)


def _sources(
    words: Words, judgement: Judgement, names: Mapping[str, str] | None, page: int
) -> tuple[list[Markup], int]:
    """Without names only how many there are: others' figures are not for everybody."""
    sources = judgement.why.sources
    if not sources:
        return [], 1
    count = len({each.agency_id for each in sources})
    title = words.plural(
        "<b>Numbers of {count} agency</b>", "<b>Numbers of {count} agencies</b>", count
    )
    if names is None:
        return [title], 1
    lines = [_source(words, each, names) for each in sources]
    pages = -(-len(lines) // PER_PAGE)
    first = (min(page, pages) - 1) * PER_PAGE
    place = words("Page {page} of {pages}.", page=min(page, pages), pages=pages)
    shown = [title, *lines[first : first + PER_PAGE], place if pages > 1 else Markup()]
    return [join(shown)], pages


def _source(words: Words, source: Source, names: Mapping[str, str]) -> Markup:
    agency = names.get(source.agency_id, source.agency_id)
    if source.visits is not None:
        figure = words("{number} visits", number=words.number(source.visits))
    else:
        figure = Markup(cards.ratio(words, source.numerator or 0, source.denominator or 0))
    told = [
        words("• {agency}, {year}: {figure}", agency=agency, year=source.year, figure=figure),
        blocks.as_of(words, [source.as_of_on]),
        words("estimate") if source.estimate else Markup(),
        words("as restated a year later") if source.restated else Markup(),
        words("entry {number}", number=source.entry_id),
    ]
    return join([each for each in told if each], " · ")


def _left_out(words: Words, judgement: Judgement, names: Mapping[str, str] | None) -> list[Markup]:
    """Who is in no sum, by the reason; what an agency said itself stands with its name."""
    grouped: dict[Without, list[LeftOut]] = {}
    for each in judgement.why.left_out:
        grouped.setdefault(each.why, []).append(each)
    if not grouped:
        return []
    lines = [_group(words, group, names) for group in grouped.values()]
    return [join([words("<b>Not counted</b>"), *lines])]


def _group(words: Words, group: Sequence[LeftOut], names: Mapping[str, str] | None) -> Markup:
    state = reason_of(words, LeftOut("", group[0].why))
    if names is None:
        return words("• {state}: {count} agencies", state=state, count=len(group))
    shown, rest = first_of([_named(each, names) for each in group])
    if rest:
        return words("• {state}: {names} and {rest} more", state=state, names=shown, rest=rest)
    return words("• {state}: {names}", state=state, names=shown)


def _named(left_out: LeftOut, names: Mapping[str, str]) -> str:
    name = names.get(left_out.agency_id, left_out.agency_id)
    return f"{name} (“{left_out.reason}”)" if left_out.reason else name
