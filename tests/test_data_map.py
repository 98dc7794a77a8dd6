"""The data map against the database and the periods in the code."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import SQLModel

import storage.tables
from plan import retention
from plan.retention import Period
from tests import datamap

KNOWN = {"goes", "emptied", "number", "stays", "–"}
PERIODS = {name: each.length for name, each in vars(retention).items() if isinstance(each, Period)}
COLUMNS = {
    (table.name, column.name)
    for table in SQLModel.metadata.sorted_tables
    for column in table.columns
}


def mapped() -> Counter[tuple[str, str]]:
    return Counter((line.table, column) for line in datamap.lines() for column in line.columns)


def test_every_column_of_the_database_is_in_it() -> None:
    assert storage.tables.__all__
    assert COLUMNS - mapped().keys() == set()


def test_it_has_no_column_that_there_is_not_and_none_twice() -> None:
    assert mapped().keys() - COLUMNS == set()
    assert [place for place, times in mapped().items() if times > 1] == []


@pytest.mark.parametrize(
    "line", datamap.lines(), ids=lambda line: f"{line.table}.{line.columns[0]}"
)
def test_each_line_says_why_how_long_and_what_erasing_does(line: datamap.Line) -> None:
    assert all(line.cells)
    assert line.when_erased.split()[0].strip(",;") in KNOWN | {"answers"}


def test_its_periods_are_those_of_the_code() -> None:
    told = {name: timedelta(days=days) for name, days in datamap.periods().items()}
    assert told == PERIODS


def test_every_period_it_names_in_a_line_is_one() -> None:
    named = {
        name
        for line in datamap.lines()
        for cell in line.cells
        for name in datamap.CODE.findall(cell)
    }
    assert {name for name in named if name.isupper()} - {"FILES_DIR"} <= PERIODS.keys()


def test_what_leads_to_a_person_is_said_to_be_a_number() -> None:
    """Foreign keys to `person` stay, and lead to somebody without a name."""
    said = {
        (line.table, name): line.when_erased for line in datamap.lines() for name in line.columns
    }
    leading = [
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    ]
    wrong = [place for place in leading if not said[place].startswith(("number", "goes"))]
    assert wrong == []
