"""An indicator in a list: the judgement in words first, its figure, what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from handlers.language import Markup, Words, join, sentence
from handlers.progress import states
from handlers.report import cards
from plan.attainment import (
    BASES,
    Assessment,
    Coverage,
    Growth,
    Judgement,
    Measure,
    Standing,
    Without,
)
from plan.catalogue import Indicator

RANKS = {Standing.NOT_MET: 0, Standing.UNDERWAY: 1, Standing.MET: 2, Standing.EXCEEDED: 2}
GREY = 9


@dataclass(frozen=True, slots=True)
class Block:
    """`rank` puts what needs attention first, and what is no figure last."""

    code: str
    rank: tuple[int, int, Fraction]
    text: Markup

    @property
    def grey(self) -> bool:
        return self.rank[0] == GREY


def arrange(words: Words, blocks: Iterable[Block]) -> list[Markup]:
    """Judgements as paragraphs of their own, the rest as one list."""
    ordered = worst_first(blocks)
    paragraphs = [block.text for block in ordered if not block.grey]
    if without := [block.text for block in ordered if block.grey]:
        paragraphs.append(join([words("<b>No figure to judge</b>"), *without]))
    return paragraphs


def worst_first(blocks: Iterable[Block]) -> list[Block]:
    return sorted(blocks, key=lambda block: block.rank)


def block(
    words: Words,
    indicator: Indicator,
    found: Assessment,
    figure: Markup,
    told: Iterable[Markup],
    *,
    draft: bool = False,
) -> Block:
    """`figure` is shown as it is where there is a measure; `told` are further facts of it."""
    rank, facts = _rank(found), [each for each in told if each]
    if rank[0] == GREY:
        state = join([states.grey(words, states.main(found)), figure, *facts], " · ")
        line = words(
            "• {code} {short}: {state}", code=indicator.code, short=indicator.short, state=state
        )
        return Block(indicator.code, rank, line)
    title = words(
        "<b>{head}</b> – {code} {short}",
        head=sentence(states.head(words, found, draft=draft)),
        code=indicator.code,
        short=indicator.short,
    )
    told_line = sentence(join([figure, *facts], " · "))
    lines = [title, told_line, *needs(words, found), last_count(words, found)]
    return Block(indicator.code, rank, join([line for line in lines if line]))


def _rank(found: Assessment) -> tuple[int, int, Fraction]:
    first, second = (states.effective(each) for each in (states.main(found), states.other(found)))
    gap = states.main(found).gap or states.other(found).gap or Fraction(0)
    if not first.grey:
        return RANKS[first], RANKS.get(second, GREY), -gap
    return (len(RANKS) + RANKS[second] if not second.grey else GREY), GREY, -gap


def measured(words: Words, measure: Measure | None) -> Markup:
    """The share with both its numbers, or the growth with its years."""
    if measure is None:
        return Markup()
    if not isinstance(measure, Growth):
        return Markup(cards.ratio(words, measure.numerator, measure.denominator))
    return mean(words, measure.percent, measure.from_year, measure.to_year)


def mean(words: Words, percent: Fraction, first: int, last: int) -> Markup:
    years = {"first": first, "last": last}
    if percent < 0:
        down = words.percent(-percent)
        return words(
            "down {percent} a year on average from {first} to {last}", percent=down, **years
        )
    up = words.percent(percent)
    return words("up {percent} a year on average from {first} to {last}", percent=up, **years)


def best(found: Assessment) -> Measure | None:
    """What there is to show of the year, or of the other target where that is all."""
    return states.shown(found).best


def of_its_year(words: Words, found: Assessment) -> Markup:
    """The figure, with its year where that is not the one which is looked at."""
    judgement = states.shown(found)
    figure = measured(words, judgement.best)
    if not figure or judgement.year == found.year:
        return figure
    return of_year(words, judgement.year, figure)


def of_year(words: Words, year: int, told: Markup) -> Markup:
    """Within a line, so without the capital that begins one."""
    said = words("{year}: {figure}", year=year, figure=told)
    return Markup(said[:1].lower() + said[1:])


def on_the_year_before(words: Words, found: Assessment) -> Markup:
    """For growth only; 0 is a figure, but no base, and two maps are not compared.

    Nothing where the judgement says just this of the same year.
    """
    compared, year, judged = found.yearly, found.year - 1, states.shown(found)
    said = judged.standing in states.WITHOUT_BASE and BASES[judged.goal.year] == year
    if compared is None or said:
        return Markup()
    if compared.growth:
        return cards.change(words, compared.growth.earlier, compared.growth.later, year)
    if not compared.sources and not compared.left_out:
        return Markup()
    moved = any(each.why is Without.OTHER_GROUND for each in compared.left_out)
    before = 0 if compared.from_nothing else None
    return cards.change(words, before, 0, year, moved=moved and before is None)


def needs(words: Words, found: Assessment) -> list[Markup]:
    """What is missing to each target that is not reached, and how fast it would have to come."""
    lines = [_need(words, each, found.year) for each in (found.in_2025, found.in_2030)]
    return [line for line in lines if line]


def _need(words: Words, judgement: Judgement, year: int) -> Markup:
    if not judgement.gap or judgement.best is None:
        return Markup()
    if judgement.year < year:
        return words(
            "In {year} it was {percent}: {gap} percentage points short of the target",
            year=judgement.year,
            percent=words.percent(judgement.best.percent),
            gap=words.points(judgement.gap),
        )
    told = {"year": judgement.goal.year, "gap": words.points(judgement.gap)}
    if judgement.pace is None:
        return words("{gap} percentage points short of the {year} target", **told)
    if isinstance(judgement.best, Growth):
        pace = words.points(judgement.pace)
        return words(
            "{gap} percentage points short of the {year} target: {pace}% growth a year needed",
            **told,
            pace=pace,
        )
    pace = words.points(judgement.pace)
    return words(
        "{gap} percentage points short of the {year} target: {pace} more needed each year",
        **told,
        pace=pace,
    )


def last_count(words: Words, found: Assessment) -> Markup:
    """What 2025 is judged by: the review, and, of what has ended, what was counted last."""
    if (on := found.in_2025.frozen_on) is not None:
        return words("2025 stands as it was closed on {day}", day=words.day(on))
    day = found.in_2025.why.last_counted
    if day is None:
        return Markup()
    return words("2025 is judged by the last count before the end, of {day}", day=words.day(day))


def approval(words: Words, judgement: Judgement) -> Markup:
    """Whether the figure is official, and what it would be with what waits for approval."""
    if judgement.measure is None:
        return words("provisional, not approved") if judgement.provisional else Markup()
    if judgement.provisional is None:
        return words("approved")
    return words(
        "{approved} of {values} figures approved; with the others {figure}",
        approved=judgement.coverage.approved,
        values=judgement.coverage.values,
        figure=measured(words, judgement.provisional),
    )


def coverage(words: Words, covered: Coverage) -> Markup:
    """Of the same answers as the sum: who has left a duty, but gave a figure, is counted too."""
    told = words(
        "{count}/{total} agencies have reported", count=covered.reported, total=covered.asked
    )
    if not covered.values:
        return told
    without = [
        (covered.no_data, words("{count} without data yet", count=covered.no_data)),
        (covered.no_object, words("{count} with nothing to count", count=covered.no_object)),
        (covered.not_applicable, words("{count} not concerned", count=covered.not_applicable)),
    ]
    return join([told, *(text for count, text in without if count)], ", ")


def as_of(words: Words, days: Iterable[date]) -> Markup:
    """The day of the figures; figures of different days in one sum are pointed out."""
    found = sorted(set(days))
    if not found:
        return Markup()
    if len(found) == 1:
        return words("figures as of {day}", day=words.day(found[0]))
    first, last = words.day(found[0]), words.day(found[-1])
    return words("figures of different days, {first} to {last}", first=first, last=last)


def guide(words: Words, found: Assessment) -> Markup:
    """A line for the eye: the plan sets no target for the years between."""
    if found.guide is None:
        return Markup()
    return words(
        "Guide for {year}, no target of the plan: {percent}",
        year=found.year,
        percent=words.percent(found.guide),
    )
