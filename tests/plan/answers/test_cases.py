"""The table of answers against the reader."""

from collections import Counter
from datetime import date

import pytest

from plan.answers import (
    Ask,
    Count,
    Kind,
    NoData,
    NoObject,
    Postpone,
    Reading,
    Refuse,
    Share,
    Signal,
    Value,
    read,
)
from tests.plan.answers.table import BARE, Case, cases

TODAY = date(2026, 10, 20)
TWELVE = Share(12, 15)
TABLE = list(cases())
FORMS = {"value", "ask", "refuse", "postpone", *BARE}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in TABLE])
def test_reads_what_was_meant(case: Case) -> None:
    reading = read(case.kind, case.text, today=TODAY, year=2026)
    assert case.met_by(reading), f"{case.text!r} is {reading}, and should be {case.expected}"


def test_has_a_name_of_its_own_for_each_case() -> None:
    assert [name for name, times in Counter(case.name for case in TABLE).items() if times > 1] == []


def test_asks_each_question_but_once() -> None:
    asked = Counter((case.kind, case.text) for case in TABLE)
    assert [question for question, times in asked.items() if times > 1] == []


def test_covers_every_kind_and_outcome() -> None:
    assert len(TABLE) >= 300
    assert {case.kind for case in TABLE} >= set(Kind) - {"agency"}
    assert {part.split()[0] for case in TABLE for part in case.expected.split(" or ")} == FORMS


@pytest.mark.parametrize(
    ("expected", "reading", "met"),
    [
        ("value 12/15", Value(TWELVE), True),
        ("value 12/15", Value(TWELVE, confirm=True), False),
        ("value 12/15 confirm?", Value(TWELVE, confirm=True), True),
        ("value 12/15 confirm?", Value(TWELVE, estimate=True), False),
        ("value 12/15 note TV1.2", Value(TWELVE), False),
        ("value 12 or ask 12/15", Ask((TWELVE,), "range"), True),
        ("ask because range/comma", Ask((), "unsure"), False),
        ("ask 12/15 only", Ask((TWELVE, Count(12)), "unsure"), False),
        ("refuse 12/15", Refuse("over"), False),
        ("refuse 12/15", Ask((TWELVE,), "over"), False),
        ("postpone", Postpone(TODAY), True),
        ("postpone 2026-10-21", Postpone(), False),
        ("yes", Signal.NO, False),
        ("no", Signal.NO, True),
        ("no_data", NoData(), True),
        ("no_data", NoObject(), False),
    ],
)
def test_holds_a_reading_to_its_line(expected: str, reading: Reading, *, met: bool) -> None:
    assert Case("", Kind.SHARE, "", expected).met_by(reading) is met
