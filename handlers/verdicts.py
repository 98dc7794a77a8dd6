"""A figure judged against both targets, in words before any sign."""

from collections.abc import Iterable
from fractions import Fraction

from handlers import cards
from handlers.language import Markup, Words, join
from plan.attainment import Standing, judge
from plan.catalogue import Indicator, Target

PARAGRAPH = "\n\n"


def block(words: Words, indicator: Indicator, head: str, shown: Iterable[str]) -> Markup:
    """One indicator in a list: its state, its name, and what the state rests on."""
    title = words(
        "<b>{head}</b> – {code} {short}", head=head, code=indicator.code, short=indicator.short
    )
    return join([title, join([part for part in shown if part], " · ")])


def judged(
    words: Words, indicator: Indicator, value: Fraction | None, shown: Iterable[str]
) -> Markup:
    """`value` in percent; None is growth without an earlier year to compare with."""
    if value is None:
        return block(words, indicator, words("Not enough data to judge"), shown)
    head = words(
        "{first}, {second}",
        first=_verdict(words, 2025, indicator.target_2025, value),
        second=_verdict(words, 2030, indicator.target_2030, value),
    )
    return block(words, indicator, _capital(head), shown)


def without_value(words: Words, indicator: Indicator, state: str, shown: Iterable[str]) -> Markup:
    """The states that are no figure at all; none of them is zero."""
    names = {
        "not_assigned": words("Not assigned"),
        "not_reported": words("Not reported"),
        "no_data": words("No data yet"),
        "no_object": words("Nothing to count"),
    }
    return block(words, indicator, names[state], [*shown, cards.targets(words, indicator)])


def _verdict(words: Words, year: int, goal: Target, value: Fraction) -> Markup:
    wanted = cards.target(goal)
    match judge(value, goal):
        case Standing.EXCEEDED:
            return words("above the {year} target ({target})", year=year, target=wanted)
        case Standing.MET:
            return words("{year} target met ({target})", year=year, target=wanted)
        case _:
            return words("{year} target not met ({target})", year=year, target=wanted)


def _capital(text: Markup) -> Markup:
    return Markup(text[:1].upper() + text[1:])
