"""Filling a text moves its formatting along; lengths are UTF-16 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.notices.audiences import Audience
from plan.notices.texts import bold, fill, joined, kept, places, units, unknown

VALUES = {"ten": "Lan 📚", "xung_ho": "chị"}


def cut(text: str, entity: dict[str, int]) -> str:
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


@pytest.mark.parametrize(
    ("offset", "length", "marked"),
    [(0, 5, "Kính "), (5, 9, "chị"), (15, 5, "Lan 📚"), (5, 15, "chị Lan 📚"), (20, 5, ", mời")],
)
def test_formatting_follows_its_words(offset: int, length: int, marked: str) -> None:
    entity = {"type": "bold", "offset": offset, "length": length}
    text, [moved] = fill("Kính {xung_ho} {ten}, mời", [entity], VALUES)
    assert text == "Kính chị Lan 📚, mời"
    assert cut(text, moved) == marked


def test_formatting_that_ends_inside_a_placeholder_takes_all_of_it() -> None:
    text, [moved] = fill("a {ten} b", [{"type": "bold", "offset": 0, "length": 4}], VALUES)
    assert cut(text, moved) == "a Lan 📚"


@given(st.text(), st.text(), st.text())
def test_what_is_outside_stays(before: str, value: str, after: str) -> None:
    if places(before + after):
        return
    mark = {"type": "bold", "offset": units(before) + 5, "length": units(after)}
    text, [moved] = fill(f"{before}{{ten}}{after}", [mark], {"ten": value})
    assert cut(text, moved) == after


def test_parts_are_joined_with_their_formatting() -> None:
    text, entities = joined([("", ()), bold("Đầu"), bold("Cuối")])
    assert [cut(text, entity) for entity in entities] == ["Đầu", "Cuối"]


def test_placeholders_are_told_from_other_braces() -> None:
    assert places("{ten} {don_vi} {tên}") == {"ten", "don_vi"}
    assert unknown("{ten} {tên} {}") == ["{tên}", "{}"]


def test_what_telegram_finds_by_itself_is_not_repeated() -> None:
    found = [{"type": "url", "offset": 0, "length": 3}, {"type": "code", "offset": 1, "length": 2}]
    assert kept(found) == [{"type": "code", "offset": 1, "length": 2}]


def test_an_audience_reads_as_it_was_written() -> None:
    assert str(Audience.read("kind:district -agency:quan-1")) == "kind:district -agency:quan-1"
