"""The form as it goes out: what is fixed, what is open, and nothing that computes."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.workbook import FORMULA_SIGNS, put
from tests.exports.forms import cell


@pytest.fixture
def book(form: bytes) -> Any:
    return load_workbook(BytesIO(form))


def test_it_has_vietnamese_sheets_and_one_that_is_hidden(book: Any) -> None:
    shown = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert shown == {"Số liệu": "visible", "Hướng dẫn": "visible", "tiendo": "veryHidden"}


def test_the_head_stays_in_view(book: Any) -> None:
    assert book.worksheets[0].freeze_panes == "C5"


def test_cells_are_locked_without_a_password(book: Any) -> None:
    protection = book.worksheets[0].protection
    assert protection.sheet
    assert protection.password is None


@pytest.mark.parametrize(
    ("code", "to_fill"),
    [
        ("TV1.2", {"met", "total", "choice", "note"}),
        ("TV3", {"visits", "choice", "note"}),
        ("IV.10.a", {"choice", "note"}),
    ],
)
def test_only_what_is_asked_can_be_filled_in(book: Any, code: str, to_fill: set[str]) -> None:
    names = {"code", "short", "current", "met", "total", "visits", "choice", "note"}
    sheet = book.worksheets[0]
    assert {n for n in names if not cell(sheet, code, n).protection.locked} == to_fill


def test_cells_to_fill_in_are_empty(book: Any) -> None:
    sheet = book.worksheets[0]
    assert all(cell(sheet, "TV1.2", name).value is None for name in ("met", "total", "note"))


def test_numbers_are_checked_where_they_are_typed(book: Any) -> None:
    rules = book.worksheets[0].data_validations.dataValidation
    assert {str(rule.sqref): rule.type for rule in rules} == {
        "G5:H5": "whole",
        "I6": "whole",
        "J5 J6": "list",
        "J7": "list",
    }


@pytest.mark.parametrize(("code", "text"), [("TV3", "=1+1"), ("IV.10.a", "@SUM(1)")])
def test_what_looks_like_a_formula_is_text_and_stays_text(book: Any, code: str, text: str) -> None:
    shown = cell(book.worksheets[0], code, "current")
    assert (shown.value, shown.data_type, shown.quotePrefix) == (text, "s", True)


@given(sign=st.sampled_from(FORMULA_SIGNS), rest=st.text(max_size=20))
def test_no_text_becomes_a_formula(sign: str, rest: str) -> None:
    shown = Workbook().worksheets[0].cell(1, 1)
    put(shown, sign + rest)
    assert shown.data_type == "s"
    assert shown.quotePrefix
