"""A figure judged against both targets, in words before any sign; the worst first."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from handlers.language import Markup, Words, join, sentence
from handlers.report import cards
from plan.attainment import Standing, judge
from plan.catalogue import Indicator, Target

GREY = 9


@dataclass(frozen=True, slots=True)
class Block:
    """One indicator in a list. `rank` puts what needs attention first, what is no figure last."""

    rank: int
    text: Markup


def arrange(words: Words, blocks: Iterable[Block]) -> list[Markup]:
    """Judgements as paragraphs of their own, the rest as one list."""
    ordered = sorted(blocks, key=lambda block: block.rank)
    paragraphs = [block.text for block in ordered if block.rank < GREY]
    grey = [block.text for block in ordered if block.rank == GREY]
    if grey:
        paragraphs.append(join([words("<b>No figure to judge</b>"), *grey]))
    return paragraphs


def judged(
    words: Words, indicator: Indicator, value: Fraction | None, shown: Iterable[str]
) -> Block:
    """`value` in percent; None is growth without an earlier year to compare with."""
    if value is None:
        return _grey(words, indicator, words("not enough data to judge"), shown)
    goals = (indicator.target_2025, indicator.target_2030)
    title = words(
        "<b>{head}</b> – {code} {short}",
        head=sentence(_head(words, goals, value)),
        code=indicator.code,
        short=indicator.short,
    )
    met = sum(goal.met(value) for goal in goals)
    return Block(met, join([title, _line(shown)]))


def without_value(words: Words, indicator: Indicator, state: str, shown: Iterable[str]) -> Block:
    """The states that are no figure at all; none of them is zero."""
    names = {
        "not_assigned": words("not assigned"),
        "not_reported": words("not reported"),
        "no_data": words("no data yet"),
        "no_object": words("nothing to count"),
        "not_applicable": words("not for this agency to answer"),
    }
    return _grey(words, indicator, names[state], shown)


def _grey(words: Words, indicator: Indicator, state: str, shown: Iterable[str]) -> Block:
    text = words(
        "• {code} {short}: {state}",
        code=indicator.code,
        short=indicator.short,
        state=_line([state, *shown]),
    )
    return Block(GREY, text)


def _line(shown: Iterable[str]) -> Markup:
    return join([part for part in shown if part], " · ")


def _head(words: Words, goals: tuple[Target, Target], value: Fraction) -> Markup:
    if all(judge(value, goal) is Standing.MET for goal in goals):
        first, second = map(cards.target, goals)
        return words("targets of 2025 ({t2025}) and 2030 ({t2030}) met", t2025=first, t2030=second)
    first, second = (
        _verdict(words, year, goal, value) for year, goal in zip((2025, 2030), goals, strict=True)
    )
    return words("{first}, {second}", first=first, second=second)


def _verdict(words: Words, year: int, goal: Target, value: Fraction) -> Markup:
    wanted = cards.target(goal)
    match judge(value, goal):
        case Standing.EXCEEDED:
            return words("above the {year} target ({target})", year=year, target=wanted)
        case Standing.MET:
            return words("{year} target met ({target})", year=year, target=wanted)
        case _:
            return words("{year} target not met ({target})", year=year, target=wanted)
