"""Sums that were added up elsewhere are judged as the single answers are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.attainment import Judgement, Reported, Standing, assess
from plan.attainment.tallied import Tally, assess_sums, sums_do
from tests.plan.attainment.telling import INDICATORS, asked
from tests.plan.attainment.test_model import NAMES, shares

TV13 = INDICATORS["TV1.3"]


@given(answers=shares(), held=st.lists(st.sampled_from(NAMES), unique=True), due=st.booleans())
def test_sums_are_judged_as_the_answers_they_are_of(
    answers: list[Reported], held: list[str], *, due: bool
) -> None:
    holders = {year: asked(*held) for year in (2024, 2025)}
    singly = assess(TV13, 2025, answers, holders, due=due)
    answered = {each.agency_id for each in answers if each.year == 2025}
    silent = {2025: len(set(held) - answered)}
    summed = assess_sums(TV13, 2025, tallied(answers), silent, due=due)
    assert numbers(summed.in_2025) == numbers(singly.in_2025)
    assert numbers(summed.in_2030) == numbers(singly.in_2030)


def tallied(answers: Sequence[Reported]) -> list[Tally]:
    alike = Counter((each.year, each.kind, each.approved) for each in answers)
    return [
        Tally(
            *key,
            agencies=count,
            numerator=sum(each.numerator or 0 for each in answers if _key(each) == key),
            denominator=sum(each.denominator or 0 for each in answers if _key(each) == key),
        )
        for key, count in alike.items()
    ]


def _key(answer: Reported) -> tuple[int, str, bool]:
    return answer.year, answer.kind, answer.approved


def numbers(judgement: Judgement) -> tuple[object, ...]:
    """All but who is behind it."""
    best, second = judgement.measure, judgement.provisional
    return (
        judgement.standing,
        judgement.provisional_standing,
        best and best.percent,
        second and second.percent,
        judgement.gap,
        judgement.pace,
        replace(judgement.coverage, missing=()),
    )


def test_nobody_asked_is_no_sum() -> None:
    found = assess_sums(TV13, 2024, [], {})
    assert found.in_2025.standing is Standing.NOT_ASSIGNED


@pytest.mark.parametrize(
    ("code", "year", "enough"),
    [
        ("TV1.3", 2026, True),
        ("TV3", 2024, False),
        ("TV1.2", 2024, True),
        ("TV1.2", 2025, False),
        ("VH1", 2027, False),
    ],
)
def test_what_goes_by_the_single_agency_is_not_summed(
    code: str, year: int, *, enough: bool
) -> None:
    assert sums_do(INDICATORS[code], year) is enough
