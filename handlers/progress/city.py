"""Where the whole city stands: sums of what was sent in, never without their coverage."""

from handlers.language import Markup, Words, first_of
from handlers.progress import blocks, states
from handlers.progress.agency import Sheet
from handlers.progress.blocks import Block
from handlers.progress.viewing import Viewing
from plan.attainment import Assessment
from storage.years import Year


def of_city(viewing: Viewing, year: Year) -> Sheet:
    """Who is late is named to those only who may see every agency."""
    words = viewing.words
    due = viewing.due(year.number)
    standings = viewing.standings.of_city(year, due=due)
    found = [city_block(viewing, each) for each in standings.values()]
    total, late = viewing.agencies.late(year)
    state = words(
        "{count}/{total} agencies that must report have reported. "
        "Only approved figures are official; the others are provisional.",
        count=total - len(late),
        total=total,
    )
    missing = _missing(words, [agency.short for agency in late]) if viewing.sees_all else Markup()
    shown = [viewing.closed(year.number), state, *blocks.arrange(words, found), missing]
    ordered = blocks.worst_first(found)
    codes = [each.code for each in ordered if not each.grey] or [each.code for each in ordered]
    return Sheet([part for part in shown if part], codes)


def city_block(viewing: Viewing, found: Assessment) -> Block:
    words, indicator = viewing.words, viewing.catalogue.indicator(found.code)
    judgement = states.shown(found)
    facts = [
        blocks.on_the_year_before(words, found),
        _compared(words, found),
        blocks.coverage(words, judgement.coverage) if judgement.coverage.asked else Markup(),
        blocks.approval(words, judgement),
        _of_this_year(words, found) if judgement is not states.main(found) else Markup(),
    ]
    return blocks.block(words, indicator, found, blocks.of_its_year(words, found), facts)


def _of_this_year(words: Words, found: Assessment) -> Markup:
    """Beside an older figure: how far the year itself has come."""
    covered = states.main(found).coverage
    if not covered.asked:
        return Markup()
    return blocks.of_year(words, found.year, blocks.coverage(words, covered))


def _compared(words: Words, found: Assessment) -> Markup:
    """Only agencies with both years are compared: a newcomer would look like growth."""
    if found.yearly is None or not (found.yearly.sources or found.yearly.left_out):
        return Markup()
    both = len(found.yearly.sources) // 2
    total = both + len(found.yearly.left_out)
    return words("{count}/{total} agencies have both years", count=both, total=total)


def _missing(words: Words, names: list[str]) -> Markup:
    if not names:
        return Markup()
    shown, rest = first_of(names)
    if rest:
        return words("Not reported yet: {names} and {rest} more.", names=shown, rest=rest)
    return words("Not reported yet: {names}.", names=shown)
