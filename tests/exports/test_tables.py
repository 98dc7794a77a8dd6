"""Tables that strangers to us have made: read line by line, or refused whole, and never a crash."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exports import tables
from exports.forms import Unusable
from exports.returned import UNPACKED_MOST


def book(**cells: object) -> bytes:
    made = Workbook()
    for place, value in cells.items():
        made.worksheets[0][place] = value
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def bomb() -> bytes:
    file = BytesIO(book(A1="x"))
    with ZipFile(file, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet9.xml", b"0" * (UNPACKED_MOST + 1))
    return file.getvalue()


def test_lines_keep_the_numbers_that_their_reader_sees() -> None:
    found = tables.of_workbook(book(A1="Tên", A3="Bến Nghé ", B3=16))
    assert isinstance(found, list)
    assert [(line.number, line.cells[:2]) for line in found] == [
        (1, ("Tên", "")),
        (3, ("Bến Nghé", "16")),
    ]


def test_a_formula_that_was_never_computed_is_marked() -> None:
    found = tables.of_workbook(book(A1="=1+1"))
    assert isinstance(found, list)
    assert [(line.formula, any(line.cells)) for line in found] == [(True, False)]


def test_a_sheet_with_something_far_below_is_refused_not_cut() -> None:
    assert tables.of_workbook(book(A1="Tên", A1048576="Đa Kao")) == Unusable("rows")


def test_empty_rows_below_are_no_lines() -> None:
    found = tables.of_workbook(book(A1="Tên", A90000=""))
    assert isinstance(found, list)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("data", "reason"), [(bomb(), "size"), (b"PK", "damaged"), (book(A1="x")[:-40], "damaged")]
)
def test_a_workbook_that_cannot_be_read(data: bytes, reason: str) -> None:
    assert tables.of_workbook(data) == Unusable(reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xf0n", "encoding"),
        (b'a;"b', "damaged"),
        (b"a\n" * (tables.ROWS_MOST + 2), "rows"),
        (b"a" * 200_000, "damaged"),
        (b"a" * (UNPACKED_MOST + 1), "size"),
    ],
)
def test_text_that_cannot_be_read(data: bytes, reason: str) -> None:
    assert tables.of_text(data) == Unusable(reason)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_nothing_that_is_sent_raises(data: bytes) -> None:
    assert isinstance(tables.of_text(data), list | Unusable)
    assert isinstance(tables.of_workbook(data), list | Unusable)
