"""The program against the model, on whatever hypothesis can think of."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plan.attainment import Growth, Pooled, Reported, Standing, assess
from tests.plan.attainment import model
from tests.plan.attainment.telling import INDICATORS, NUMBERS, asked

NAMES = ("quan-1", "quan-3", "quan-4", "so-vhtt", "so-gddt")
STATES = ("no_data", "no_object", "not_applicable")
DISTRICTS_END = date(2025, 6, 30)
days = st.integers(0, 364)


@st.composite
def shares(draw: st.DrawFn) -> list[Reported]:
    """At most one answer of an agency in a year, counted on any day of it."""
    keys = st.tuples(st.sampled_from(NAMES), st.integers(2023, 2025))
    return [draw(share(agency_id, year)) for agency_id, year in draw(st.lists(keys, unique=True))]


@st.composite
def share(draw: st.DrawFn, agency_id: str, year: int) -> Reported:
    numerator, more = draw(st.integers(0, 9)), draw(st.integers(0, 4))
    state = draw(st.sampled_from(("value", "value", "value", *STATES)))
    counted = state == "value"
    return Reported(
        agency_id=agency_id,
        year=year,
        entry_id=next(NUMBERS),
        state=state,
        as_of_on=date(year, 1, 1) + timedelta(draw(days)),
        approved=draw(st.booleans()),
        numerator=numerator if counted else None,
        denominator=numerator + more if counted else None,
    )


@st.composite
def visits(draw: st.DrawFn) -> list[Reported]:
    keys = st.tuples(st.sampled_from(NAMES), st.integers(2022, 2028))
    return [draw(visit(agency_id, year)) for agency_id, year in draw(st.lists(keys, unique=True))]


@st.composite
def visit(draw: st.DrawFn, agency_id: str, year: int) -> Reported:
    counted = draw(st.sampled_from((True, True, True, False)))
    numbers = st.integers(0, 40)
    return Reported(
        agency_id=agency_id,
        year=year,
        entry_id=next(NUMBERS),
        state="value" if counted else draw(st.sampled_from(STATES)),
        as_of_on=date(year, 1, 1) + timedelta(draw(days)),
        approved=True,
        count=draw(numbers) if counted else None,
        count_before=draw(st.none() | numbers) if counted else None,
        basis=draw(st.sampled_from(("", "old", "new"))),
    )


def compare_share(
    code: str, answers: Sequence[Reported], standing: dict[str, Reported], names: set[str]
) -> None:
    indicator, holders = INDICATORS[code], asked(*sorted(names))
    found = assess(indicator, 2025, answers, {2025: holders}).in_2025
    objects = [one for each in standing.values() if each.approved for one in model.objects(each)]
    measure = found.measure
    assert (isinstance(measure, Pooled) and (measure.numerator, measure.denominator)) == (
        bool(objects) and (objects.count(True), len(objects))
    )
    expected = model.standing_of_share(standing, holders, indicator.target_2025)
    assert found.standing == expected
    assert found.coverage.asked == len({*holders, *standing})
    assert found.coverage.missing == tuple(name for name in holders if name not in standing)


@given(answers=shares(), names=st.sets(st.sampled_from(NAMES)))
def test_pooled_sums_and_what_is_missing(answers: list[Reported], names: set[str]) -> None:
    standing = {each.agency_id: each for each in answers if each.year == 2025}
    compare_share("TV1.3", answers, standing, names)


@given(answers=shares(), names=st.sets(st.sampled_from(NAMES)))
def test_ended_categories_as_of_their_last_count(answers: list[Reported], names: set[str]) -> None:
    compare_share("TV1.2", answers, model.replayed(answers, DISTRICTS_END), names)


@given(answers=visits(), year=st.integers(2026, 2030))
def test_growth_on_one_map_and_in_its_band(answers: list[Reported], year: int) -> None:
    indicator = INDICATORS["TV3"]
    for judged, first in (
        (assess(indicator, year, answers, {}).in_2025, 2022),
        (assess(indicator, year, answers, {}).in_2030, 2025),
    ):
        counted = [each for each in answers if each.year == judged.year and each.count is not None]
        expected = model.sums(answers, first, judged.year)
        if isinstance(expected, tuple):
            assert isinstance(judged.measure, Growth)
            assert (judged.measure.earlier, judged.measure.later) == expected
            years, target = judged.year - first, judged.goal.target
            standing = model.standing_of_growth(*expected, years, target)
            over = judged.year == judged.goal.year
            early = standing == "not_met" and not over
            assert judged.standing == ("underway" if early else standing)
        elif counted:
            assert judged.standing == expected
        else:
            assert judged.measure is None
            assert judged.standing in {
                Standing.NOT_ASSIGNED,
                Standing.NO_DATA,
                Standing.NO_OBJECT,
            }
