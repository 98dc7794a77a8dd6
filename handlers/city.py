"""Where the whole city stands: sums of what was sent in, never without their coverage."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

from handlers import verdicts
from handlers.language import Markup, Words, first_of, join
from handlers.report import cards
from handlers.standing import Sheet
from handlers.verdicts import Block
from plan import territory
from plan.attainment import growth, pooled
from plan.catalogue import Catalogue, Duty, Indicator, Unit
from storage.agencies import Agencies
from storage.reports import Reports, Tally
from storage.years import Year

UNCOUNTED = ("no_object", "not_applicable")
"""States that leave nothing to wait for."""
Figures: TypeAlias = Mapping[str, Tally]
"""Agency id → its answer to one indicator."""


def of_city(
    words: Words, catalogue: Catalogue, agencies: Agencies, reports: Reports, year: Year
) -> Sheet:
    now, before = _by_indicator(reports, year.number), _by_indicator(reports, year.number - 1)
    holders = agencies.reporters(year.on)
    reported = reports.reported(year.number)
    owing = [agency for agency in agencies.on(year.on) if agency.duty == Duty.REQUIRED]
    late = [agency.short for agency in owing if agency.id not in reported]
    blocks = []
    for indicator in catalogue.indicators:
        held = holders.get(indicator.code, [])
        found = now.get(indicator.code, {})
        earlier = before.get(indicator.code, {})
        blocks.append(_block(words, indicator, held, found, earlier, year))
    state = words(
        "{count}/{total} agencies that must report have reported. "
        "Sums of reports that were sent in; provisional until approved.",
        count=len(owing) - len(late),
        total=len(owing),
    )
    return Sheet(state, verdicts.arrange(words, blocks), _missing(words, late))


def _by_indicator(reports: Reports, year: int) -> dict[str, dict[str, Tally]]:
    found: dict[str, dict[str, Tally]] = {}
    for (agency_id, code), figure in reports.tallies(year).items():
        found.setdefault(code, {})[agency_id] = figure
    return found


def _block(
    words: Words,
    indicator: Indicator,
    holders: list[str],
    figures: Figures,
    earlier: Figures,
    year: Year,
) -> Block:
    if not holders and not figures:
        return verdicts.without_value(words, indicator, "not_assigned", [])
    coverage = _coverage(words, holders, figures)
    if not figures:
        return verdicts.without_value(words, indicator, "not_reported", [coverage])
    if indicator.unit is Unit.SHARE:
        return _share(words, indicator, figures, coverage)
    return _growth(words, indicator, figures, earlier, coverage, year)


def _coverage(words: Words, holders: list[str], figures: Figures) -> Markup:
    """Of the same rows as the sum: who has left a duty, but gave a figure, is counted too."""
    told = words(
        "{count}/{total} agencies have reported",
        count=len(figures),
        total=len({*holders, *figures}),
    )
    states = Counter(figure.state for figure in figures.values())
    if not states["value"]:
        return told
    without = [
        words("{count} without data yet", count=states["no_data"]) if states["no_data"] else "",
        words("{count} with nothing to count", count=states["no_object"])
        if states["no_object"]
        else "",
        words("{count} not concerned", count=states["not_applicable"])
        if states["not_applicable"]
        else "",
    ]
    return join([told, *without], ", ")


def _share(words: Words, indicator: Indicator, figures: Figures, coverage: Markup) -> Block:
    pairs = [
        (figure.numerator, figure.denominator)
        for figure in figures.values()
        if figure.numerator is not None and figure.denominator is not None
    ]
    value = pooled(pairs)
    if value is None:
        states = {figure.state for figure in figures.values()}
        state = next((one for one in UNCOUNTED if states <= {one, "no_object"}), "no_data")
        return verdicts.without_value(words, indicator, state, [coverage])
    total = cards.ratio(words, sum(n for n, _ in pairs), sum(d for _, d in pairs))
    return verdicts.judged(words, indicator, value, [total, coverage])


def _growth(
    words: Words,
    indicator: Indicator,
    figures: Figures,
    earlier: Figures,
    coverage: Markup,
    year: Year,
) -> Block:
    """Only agencies with both years on one ground: a newcomer would look like growth."""
    both = [
        (before, figure.count)
        for agency_id, figure in figures.items()
        if figure.count is not None
        and (before := territory.base(figure, earlier.get(agency_id))) is not None
    ]
    before = sum(old for old, _ in both) if both else None
    moved = not both and any(territory.moved(f, earlier.get(a)) for a, f in figures.items())
    after = sum(new for _, new in both)
    compared = words(
        "{count}/{total} agencies have both years", count=len(both), total=len(figures)
    )
    change = cards.change(words, before, after, year.number - 1, moved=moved)
    return verdicts.judged(words, indicator, growth(before, after), [change, compared, coverage])


def _missing(words: Words, names: list[str]) -> Markup:
    if not names:
        return Markup()
    shown, rest = first_of(names)
    if rest:
        return words("Not reported yet: {names} and {rest} more.", names=shown, rest=rest)
    return words("Not reported yet: {names}.", names=shown)
