"""Pictures: of a width that fits a phone, every shape different without its colour."""

from fractions import Fraction
from io import BytesIO

import pytest
from PIL import Image

from exports import bars, trends
from exports.bars import Bar
from exports.canvas import LINE, SCALE, WIDTH, font, wrapped
from exports.trends import Goal, Point

VIETNAMESE = "Ấp Bình Thạnh: chỉ tiêu đã được duyệt, mỗi quận huyện, tỷ lệ ưỡn"
HALF = Bar("TV1.3 Thư viện", Fraction(50), "50,0%", "đạt", 40, 60, provisional=False)


def drawn(*rows: Bar) -> Image.Image:
    return opened(bars.bars("Quận 1", "Tiến độ", rows, ["2025", "2030", "chưa duyệt"]))


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("L")


def line(*values: int, provisional: bool = False, ahead: Point | None = None) -> Image.Image:
    points = [
        Point(2023 + place, Fraction(value), f"{value}%", provisional)
        for place, value in enumerate(values)
    ]
    goals = [Goal(2025, 40, "40%"), Goal(2030, 60, "60%")]
    return opened(trends.trend("TV1.3", "Thư viện", points, goals, ahead, ["a", "b", "c"]))


def test_a_picture_is_as_wide_as_a_phone_and_grows_downwards() -> None:
    one, two = drawn(HALF), drawn(HALF, HALF)
    assert one.width == two.width == WIDTH * SCALE
    assert two.height > one.height


def test_every_vietnamese_letter_has_a_shape() -> None:
    missing = bytes(font(LINE).getmask("\ufffe"))
    assert all(bytes(font(LINE).getmask(sign)) != missing for sign in set(VIETNAMESE) - {" "})


@pytest.mark.parametrize(
    "other",
    [
        Bar("TV1.3 Thư viện", Fraction(50), "50,0%", "đạt", 40, 60, provisional=True),
        Bar("TV1.3 Thư viện", Fraction(51), "50,0%", "đạt", 40, 60, provisional=False),
        Bar("TV1.3 Thư viện", Fraction(50), "50,0%", "đạt", 45, 60, provisional=False),
        Bar("TV1.3 Thư viện", Fraction(50), "50,0%", "đạt", 40, 65, provisional=False),
    ],
    ids=["provisional", "value", "2025", "2030"],
)
def test_what_differs_is_seen_without_colours(other: Bar) -> None:
    assert drawn(HALF).tobytes() != drawn(other).tobytes()


@pytest.mark.parametrize("value", [-20, 0, 100, 250])
def test_values_beyond_the_scale_stay_on_the_page(value: int) -> None:
    assert drawn(Bar("TV3", Fraction(value), "x", "y", 10, 10, provisional=False)).width > 0
    assert line(value, 40).width == WIDTH * SCALE


def test_a_trend_shows_what_is_provisional_and_where_it_leads() -> None:
    plain = line(10, 25).tobytes()
    assert line(10, 25, provisional=True).tobytes() != plain
    assert line(10, 25, ahead=Point(2030, Fraction(90), "90%")).tobytes() != plain


def test_long_words_are_broken_into_lines_that_fit() -> None:
    lines = wrapped(VIETNAMESE * 3, LINE, 200)
    assert len(lines) > 2
    assert all(font(LINE).getlength(each) <= 200 * SCALE for each in lines)


def test_the_same_figures_make_the_same_picture() -> None:
    again = bars.bars("Quận 1", "Tiến độ", [HALF], ["2025", "2030", "chưa duyệt"])
    assert again == bars.bars("Quận 1", "Tiến độ", [HALF], ["2025", "2030", "chưa duyệt"])
