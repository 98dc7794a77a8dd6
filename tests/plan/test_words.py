import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.words import fold


@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param("Thủ Đức", id="as-written"),
        pytest.param("THU DUC", id="without-accents"),
        pytest.param("thủ  đức\u200b", id="stray-spaces"),
        pytest.param("Thu\u0309 Đu\u031b\u0301c", id="decomposed"),
        pytest.param("Ｔｈｕ Đức", id="full-width"),
    ],
)
def test_knows_thu_duc_however_it_is_spelt(spelling: str) -> None:
    assert fold(spelling) == "thu duc"


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("uỷ ban", "ủy ban"), ("thuý", "thúy")])
def test_minds_no_place_of_the_tone_mark(old: str, new: str) -> None:
    assert fold(old) == fold(new)


@settings(deadline=None, max_examples=200)
@given(text=st.text())
def test_folds_only_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
