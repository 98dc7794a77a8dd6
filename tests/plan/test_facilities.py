"""The register of facilities: what it counts, what a file would change, what is asked about."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.catalogue import Catalogue, Unit
from plan.facilities import (
    Difference,
    Facility,
    Moved,
    by_place,
    categories,
    compare,
    key_of,
    meant,
    question,
)
from plan.warnings import Unusual

ON = date(2026, 10, 26)
BEFORE, AFTER = date(2026, 3, 1), date(2027, 3, 1)
HELD = Facility("quan-1", "TV1.3", "Thư viện Bến Nghé", "1 Lê Duẩn", number=7)


def test_every_share_has_a_category_and_no_growth(catalogue: Catalogue) -> None:
    shares = [item.code for item in catalogue.indicators if item.unit is Unit.SHARE]
    assert sorted(code for each in categories(catalogue) for code in each.codes) == sorted(shares)
    assert {key_of(catalogue, catalogue.indicator(code)) for code in ("TV3", "BT2")} == {""}


def test_two_indicators_over_one_total_are_one_category(catalogue: Catalogue) -> None:
    found = {each.key: each.codes for each in categories(catalogue)}
    assert found["TV1.3"] == ("TV1.3", "TV2.3")
    assert key_of(catalogue, catalogue.indicator("TV2.3")) == "TV1.3"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Thư viện công cộng cấp xã", "TV1.3"),
        ("THU VIEN CONG CONG CAP XA", "TV1.3"),
        ("thư viện cấp xã", "TV1.3"),
        ("tv 1.3", "TV1.3"),
        ("TV2.3", "TV1.3"),
        ("bảo tàng", "BT1"),
        ("Điểm sinh hoạt văn hóa Khu phố - Ấp", "VH2"),
        ("thư viện chuyên ngành", "TV1.4"),
        ("thư viện", None),
        ("TV3", None),
        ("", None),
        ("rạp chiếu phim", None),
    ],
)
def test_a_category_is_known_by_name_or_code(
    catalogue: Catalogue, said: str, key: str | None
) -> None:
    found = meant(said, categories(catalogue))
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("listed", "reported", "asked"),
    [(16, 15, Unusual.FEWER), (16, 17, Unusual.MORE), (16, 16, None), (0, 15, None)],
)
def test_only_a_difference_from_something_listed_is_asked_about(
    listed: int, reported: int, asked: Unusual | None
) -> None:
    assert question(listed, reported) is asked


def row(name: str = HELD.name, **values: Any) -> Facility:
    return replace(Facility("quan-1", "TV1.3", name), **values)


@pytest.mark.parametrize(
    ("wanted", "difference"),
    [
        pytest.param([row()], Difference(), id="an empty cell changes nothing"),
        pytest.param([row("thu vien ben nghe", address="1 Lê Duẩn")], 1, id="spelt anew"),
        pytest.param(
            [row(address="2 Lê Duẩn")],
            Difference(changed=(Moved(HELD, replace(HELD, address="2 Lê Duẩn")),)),
            id="moved",
        ),
        pytest.param(
            [row("Thư viện Lê Duẩn", number=7)],
            Difference(changed=(Moved(HELD, replace(HELD, name="Thư viện Lê Duẩn")),)),
            id="renamed",
        ),
        pytest.param(
            [row("Thư viện Đa Kao")],
            Difference(
                added=(row("Thư viện Đa Kao"),),
                ended=(Moved(HELD, replace(HELD, valid_to=date(2026, 10, 25))),),
            ),
            id="one for another",
        ),
        pytest.param(
            [row(valid_to=BEFORE)],
            Difference(changed=(Moved(HELD, replace(HELD, valid_to=BEFORE)),)),
            id="closed on a day",
        ),
        pytest.param([replace(HELD, category="BT1", number=0)], 1, id="another place"),
        pytest.param([], Difference(), id="an empty file ends nothing"),
    ],
)
def test_the_difference_of_a_file(wanted: list[Facility], difference: Difference | int) -> None:
    found = compare([HELD], wanted, ON)
    assert len(found) == difference if isinstance(difference, int) else found == difference


def test_a_file_with_refused_rows_ends_nothing() -> None:
    found = compare([HELD], [row("Thư viện Đa Kao")], ON, whole=False)
    assert (len(found.added), found.ended) == (1, ())


def test_what_opened_again_is_a_new_stretch_of_time() -> None:
    closed = replace(HELD, valid_to=BEFORE)
    assert compare([closed], [row()], ON).added == (row(),)
    assert compare([closed], [row(valid_to=BEFORE)], ON) == Difference()


NAMES = st.sampled_from(["A", "B", "C", "D"])
DATES = st.none() | st.sampled_from([BEFORE, ON, AFTER])
PLACES = st.sampled_from(["TV1.3", "VH2"])


@st.composite
def files(draw: st.DrawFn, *, begun: bool = False) -> list[Facility]:
    """Each name once in a place, as a file is read; `begun`: nothing is still to come."""
    keys = draw(st.lists(st.tuples(PLACES, NAMES), unique=True, max_size=6))
    starts = st.none() | st.just(BEFORE) if begun else DATES
    return [
        Facility("quan-1", place, name, valid_from=draw(starts), valid_to=draw(DATES))
        for place, name in keys
    ]


def carried_out(held: list[Facility], difference: Difference) -> list[Facility]:
    after = [each.after for each in (*difference.changed, *difference.ended)]
    kept = {each.number: each for each in held} | {each.number: each for each in after}
    highest = max(kept, default=0)
    new = [replace(each, number=n) for n, each in enumerate(difference.added, highest + 1)]
    return [*kept.values(), *new]


@given(files(begun=True), files())
def test_carried_out_the_register_is_that_of_the_file_on_that_day(
    known: list[Facility], wanted: list[Facility]
) -> None:
    held = [replace(each, number=n) for n, each in enumerate(known, 1)]
    after = carried_out(held, compare(held, wanted, ON))
    covered = {each.place for each in wanted}
    listed = {(each.place, each.name) for each in wanted if each.stands(ON)}
    standing = {(each.place, each.name) for each in after if each.stands(ON)}
    assert {each for each in standing if each[0] in covered} >= listed
    over = {(each.place, each.name) for each in wanted if each.is_over(ON)}
    assert not standing & over
    named = {(each.place, each.name) for each in wanted}
    assert {each for each in standing if each[0] in covered} <= named
    untouched = [each for each in held if each.place not in covered]
    assert all(each in after for each in untouched)


@given(files(begun=True), files())
def test_the_same_file_again_changes_nothing(known: list[Facility], wanted: list[Facility]) -> None:
    held = [replace(each, number=n) for n, each in enumerate(known, 1)]
    after = carried_out(held, compare(held, wanted, ON))
    assert compare(after, wanted, ON) == Difference()


def test_a_list_is_in_the_order_of_its_names() -> None:
    rows = [row("Đa Kao"), row("Số 10"), row("Bến Nghé"), row("Số 2")]
    (names,) = [[each.name for each in found] for found in by_place(rows).values()]
    assert names == ["Bến Nghé", "Đa Kao", "Số 2", "Số 10"]
