"""The form as it comes back: recognised, read, and nothing in it believed or computed."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.forms import Entered, Returned, Row, Unusable
from exports.returned import ROWS_MOST, read
from tests.exports.conftest import MARKER
from tests.exports.forms import cell, filled


def rows(data: bytes) -> list[Row]:
    found = read(data)
    assert isinstance(found, Returned)
    return found.rows


def test_an_empty_form_has_no_rows_and_knows_whose_it_is(form: bytes) -> None:
    assert read(form) == Returned(MARKER, [])


def test_rows_are_numbered_as_the_reader_sees_them(form: bytes) -> None:
    (row,) = rows(filled(form, {"TV3": {"visits": 12_500, "note": "kiểm đếm lại"}}))
    assert (row.number, row.code) == (6, "TV3")
    assert row.visits == Entered("12500", number=12_500)
    assert row.note.text == "kiểm đếm lại"


@pytest.mark.parametrize(
    ("value", "entered"),
    [
        (12, Entered("12", number=12)),
        (12.0, Entered("12", number=12)),
        (-1, Entered("-1", number=-1)),
        (12.5, Entered("12.5", fault="decimal")),
        ("12/15", Entered("12/15")),
        ("  mười hai ", Entered("mười hai")),
        ("   ", Entered()),
        (True, Entered("True", fault="unreadable")),
        ("#REF!", Entered("#REF!", fault="unreadable")),
        (datetime(2026, 11, 5), Entered("05/11/2026", fault="date")),  # noqa: DTZ001 - cells know no zone
        ("=SUM(1,2)", Entered("=SUM(1,2)", fault="formula")),
    ],
)
def test_a_cell_is_read_for_what_it_holds(form: bytes, value: object, entered: Entered) -> None:
    found = rows(filled(form, {"TV1.2": {"met": value, "note": "x"}}))
    assert found[0].met == entered


def test_a_percentage_is_seen_behind_its_number(form: bytes) -> None:
    def show_percent(book: Any) -> None:
        cell(book.worksheets[0], "TV1.2", "met").number_format = "0%"

    (row,) = rows(filled(form, {"TV1.2": {"met": 0.8}}, show_percent))
    assert row.met == Entered("80%", fault="percent")


def insert_column(book: Any) -> None:
    book.worksheets[0].insert_cols(1)


def test_a_column_that_moved_is_found_where_it_is(form: bytes) -> None:
    (row,) = rows(filled(form, {"TV1.2": {"met": 12, "total": 15}}, insert_column))
    assert (row.code, row.met.number, row.total.number) == ("TV1.2", 12, 15)


def delete_column(book: Any) -> None:
    book.worksheets[0].delete_cols(1)


def another_format(book: Any) -> None:
    book["tiendo"]["B1"] = 2


def without_marks(book: Any) -> None:
    book["tiendo"].delete_rows(1, 9)


@pytest.mark.parametrize(
    ("change", "reason"),
    [(delete_column, "format"), (another_format, "format"), (without_marks, "damaged")],
)
def test_a_form_that_was_spoilt_says_so(
    form: bytes, change: Callable[[Any], None], reason: str
) -> None:
    assert read(filled(form, {}, change)) == Unusable(reason)


def test_another_workbook_is_none_of_ours() -> None:
    file = BytesIO()
    Workbook().save(file)
    assert read(file.getvalue()) is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_none_of_ours(data: bytes) -> None:
    assert read(data) is None


def test_a_bomb_is_not_unpacked(form: bytes) -> None:
    bomb = BytesIO(form)
    with ZipFile(bomb, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/zeros.bin", bytes(11_000_000))
    assert read(bomb.getvalue()) == Unusable("size")


def test_rows_far_below_are_not_looked_at(form: bytes) -> None:
    def far_below(book: Any) -> None:
        book.worksheets[0].cell(ROWS_MOST + 500, 7).value = 1

    assert rows(filled(form, {}, far_below)) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 7000), value=st.integers(0, 255))
def test_a_damaged_file_is_never_an_error(form: bytes, place: int, value: int) -> None:
    spoilt = bytearray(form)
    spoilt[place % len(form)] = value
    read(bytes(spoilt))
