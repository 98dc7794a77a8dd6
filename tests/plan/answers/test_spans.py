"""Days among other words."""

from datetime import date

import pytest

from plan.answers import Refuse
from plan.answers.spans import read_span, read_wait, split_day

TODAY = date(2024, 9, 16)


@pytest.mark.parametrize(
    ("said", "before", "typed", "after"),
    [
        ("quan 1 15/11/2024 bão lụt", "quan 1", "15/11/2024", "bão lụt"),
        ("15/11", "", "15/11", ""),
        ("Quận 1 đến hết ngày 15/11, vì bão", "Quận 1", "15/11", "vì bão"),
        ("den 15-11 chờ 3/4 phường", "", "15-11", "chờ 3/4 phường"),
    ],
)
def test_a_day_divides_what_stands_around_it(
    said: str, before: str, typed: str, after: str
) -> None:
    found = split_day(said, TODAY)
    assert found
    assert (found.before, found.typed, found.after) == (before, typed, after)


def test_a_day_that_is_none_is_found_and_refused() -> None:
    found = split_day("quan 1 31/11 bão", TODAY)
    assert found
    assert isinstance(found.reading, Refuse)


@pytest.mark.parametrize("said", ["quan 1 bão", "quận 12", "a15/11", "1/2/3/4"])
def test_where_there_is_no_day(said: str) -> None:
    assert split_day(said, TODAY) is None


@pytest.mark.parametrize(
    ("said", "first", "last", "after"),
    [
        ("20/9 - 25/9", 20, 25, ""),
        ("20/9-25/9 Vy", 20, 25, "Vy"),
        ("từ 20/9 đến 25/9", 20, 25, ""),
        ("tu ngay 20/9 den het ngay 25/9 Lê Văn", 20, 25, "Lê Văn"),
        ("20/9 25/9", 20, 25, ""),
        ("20/9", 20, 20, ""),
        ("mai", 17, 17, ""),
    ],
)
def test_a_stretch_of_days(said: str, first: int, last: int, after: str) -> None:
    found = read_span(said, TODAY)
    assert found
    assert (found.first, found.last) == (date(2024, 9, first), date(2024, 9, last))
    assert found.after == after


@pytest.mark.parametrize("said", ["", "Vy", "20/9 - 31/9", "tuần nào đó"])
def test_no_stretch(said: str) -> None:
    assert read_span(said, TODAY) is None


@pytest.mark.parametrize(
    ("said", "day", "after"),
    [
        ("3 ngày", 19, ""),
        ("3 ngay chờ số liệu", 19, "chờ số liệu"),
        ("mai", 17, ""),
        ("mai, vì bận", 17, "vì bận"),
        ("28/9 chờ 2 phường", 28, "chờ 2 phường"),
        ("thứ sáu tuần này", 20, ""),
    ],
)
def test_until_when_and_why(said: str, day: int, after: str) -> None:
    found = read_wait(said, TODAY)
    assert found
    assert (found.until_on, found.after) == (date(2024, 9, day), after)


@pytest.mark.parametrize("said", ["", "khi nào xong", "baocao 3 ngày"])
def test_no_day_to_wait_for(said: str) -> None:
    assert read_wait(said, TODAY) is None
