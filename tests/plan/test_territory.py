"""Growth is computed on one map: the city took in two provinces on 01/07/2025."""

from dataclasses import dataclass
from datetime import date

import pytest

from plan.territory import Basis, base, basis_of, held, moved, of_figure

OLD_DAY, NEW_DAY = date(2024, 10, 31), date(2025, 10, 31)


@dataclass(frozen=True)
class Kept:
    count: int | None = 1000
    count_before: int | None = None
    basis: str = ""
    as_of_on: date = OLD_DAY


@pytest.mark.parametrize(
    ("on", "kind", "basis"),
    [
        pytest.param(date(2025, 6, 30), "department", Basis.OLD, id="last day of the old map"),
        pytest.param(date(2025, 7, 1), "department", Basis.NEW, id="first day of the new one"),
        pytest.param(date(2024, 10, 31), "department", Basis.OLD, id="long before"),
        pytest.param(date(2025, 10, 31), "district", Basis.OLD, id="a district's own ground"),
        pytest.param(date(2025, 10, 31), "", Basis.NEW, id="kind unknown"),
    ],
)
def test_the_map_of_a_day(on: date, kind: str, basis: Basis) -> None:
    assert basis_of(on, kind) is basis


def test_a_figure_without_a_basis_is_dated_by_its_day() -> None:
    assert of_figure(Kept()) is Basis.OLD
    assert of_figure(Kept(as_of_on=NEW_DAY)) is Basis.NEW
    assert of_figure(Kept(as_of_on=NEW_DAY, basis="old")) is Basis.OLD


def test_last_year_counts_on_the_same_map_only() -> None:
    assert held(Kept(), Basis.OLD) == 1000
    assert held(Kept(), Basis.NEW) is None
    assert held(None, Basis.OLD) is None


def test_a_restated_count_wins_over_the_reported_one() -> None:
    assert base(Kept(count_before=1200), Kept()) == 1200
    assert base(Kept(), Kept()) == 1000
    assert base(Kept(as_of_on=NEW_DAY), Kept()) is None
    assert base(Kept(as_of_on=NEW_DAY, count_before=1800), Kept()) == 1800
    assert base(Kept(), None) is None


def test_two_maps_are_told_from_a_year_without_figures() -> None:
    assert moved(Kept(as_of_on=NEW_DAY), Kept())
    assert not moved(Kept(as_of_on=NEW_DAY, count_before=1800), Kept())
    assert not moved(Kept(as_of_on=NEW_DAY), Kept(count=None))
    assert not moved(Kept(as_of_on=NEW_DAY), None)
    assert not moved(Kept(), Kept())
