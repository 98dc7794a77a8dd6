from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.answers import (
    Ask,
    Count,
    NoData,
    NoObject,
    Reading,
    Refuse,
    Share,
    Unreadable,
    read_count,
    read_share,
)

# What answers are made of, so that random ones come close to real ones.
NOISE = st.text(alphabet="0123456789/.,-%() '\u00a0đạttổngtrênkhoảngcóchưasốliệu１２²½\u0336?~")
WORDS = st.lists(
    st.sampled_from(["12", "15", "đạt", "tổng", "trên", "1.250", "%", "/", "không có", "thư viện"])
)
ANYTHING = st.one_of(st.text(), NOISE, WORDS.map(" ".join))
examined = settings(deadline=None, max_examples=200)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("12/15", id="plain"),
        pytest.param(" 12 / 15 ", id="spaces"),
        pytest.param("１２/１５", id="full-width"),
        pytest.param("1\ufe0f\u20e32\ufe0f\u20e3/15", id="keycaps"),
        pytest.param("1\u200b2/15\ufeff", id="zero-width"),
        pytest.param("12\u00a0/\u00a015", id="no-break-space"),
        pytest.param("12//15", id="two-slashes"),
        pytest.param("12\\15", id="backslash"),
        pytest.param("“12/15.”", id="quoted"),
        pytest.param("12 trên 15", id="tren"),
        pytest.param("12 tren 15", id="without-accents"),
        pytest.param("12 trong tổng số 15", id="trong-tong-so"),
        pytest.param("12 của 15", id="cua"),
        pytest.param("đạt 12 tổng 15", id="dat-tong"),
        pytest.param("tổng 15, đạt 12", id="total-first"),
        pytest.param("Tổng số: 15 thư viện, đạt: 12 thư viện", id="total-first-at-length"),
        pytest.param("12 thư viện trên tổng số 15 thư viện", id="with-objects"),
        pytest.param("Dạ, em gửi 12/15 ạ.", id="courtesies"),
        pytest.param("12/15 (80,0%)", id="our-own-format"),
        pytest.param("12/15 = 80%", id="agreeing-percentage"),
    ],
)
def test_reads_twelve_of_fifteen(text: str) -> None:
    assert read_share(text) == Share(12, 15)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        pytest.param("0/5", Share(0, 5), id="none-of-five"),
        pytest.param("5/5", Share(5, 5), id="all"),
        pytest.param("1.250/1.300", Share(1250, 1300), id="thousands"),
        pytest.param("1 250/1 300", Share(1250, 1300), id="thousands-by-spaces"),
    ],
)
def test_reads_other_shares(text: str, share: Share) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("12", Ask((Count(12),), "total_missing"), id="no-total"),
        pytest.param("12 15", Ask((Share(12, 15),), "separator"), id="space"),
        pytest.param("12\n15", Ask((Share(12, 15),), "separator"), id="two-lines"),
        pytest.param("12:15", Ask((Share(12, 15),), "separator"), id="may-be-a-time"),
        pytest.param("12-15", Ask((Share(12, 15),), "separator"), id="may-be-a-range"),
        pytest.param("12 150", Ask((Share(12, 150), Count(12150)), "separator"), id="two-ways"),
        pytest.param("12 đạt 3 chưa", Ask((Share(12, 15),), "sum"), id="sum"),
        pytest.param("05/11", Ask((Share(5, 11),), "leading_zero"), id="may-be-a-date"),
        pytest.param("1,250/1,300", Ask((Share(1250, 1300),), "comma"), id="commas"),
        pytest.param("1,250", Ask((Count(1250),), "total_missing"), id="comma-alone"),
        pytest.param("khoảng 12/15", Ask((Share(12, 15),), "unsure"), id="about"),
        pytest.param("12/15?", Ask((Share(12, 15),), "unsure"), id="question"),
        pytest.param("12/15 (90%)", Ask((Share(12, 15),), "percent_mismatch"), id="mismatch"),
        pytest.param("0/0", Ask((), "no_object?"), id="nothing-of-nothing"),
        pytest.param("không", Ask((), "no_object?"), id="no"),
        pytest.param("chưa có thư viện nào đạt", Ask((Count(0),), "total_missing"), id="none-met"),
    ],
)
def test_asks_instead_of_guessing(text: str, asked: Ask) -> None:
    assert read_share(text) == asked


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("15/12", "over", id="more-than-all"),
        pytest.param("15 12", "over", id="more-than-all-by-space"),
        pytest.param("5/0", "zero_total", id="of-nothing"),
        pytest.param("80%", "percent", id="percentage"),
        pytest.param("80,5 phần trăm", "percent", id="percentage-in-words"),
        pytest.param("-5", "negative", id="negative"),
        pytest.param("−5/10", "negative", id="minus-sign"),
        pytest.param("5/-10", "negative", id="negative-total"),
        pytest.param("12,5/15", "decimal", id="decimal-comma"),
        pytest.param("12.5", "decimal", id="decimal-point"),
        pytest.param("0.125/1", "decimal", id="no-thousands-of-zero"),
        pytest.param("0903123456", "too_big", id="telephone"),
        pytest.param("0903 123 456", "too_big", id="telephone-spaced"),
        pytest.param("1/2000000", "too_big", id="two-million-libraries"),
    ],
)
def test_refuses_what_is_no_share(text: str, reason: str) -> None:
    assert read_share(text) == Refuse(reason)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        pytest.param("chưa có số liệu", NoData(), id="no-data"),
        pytest.param("chua thong ke", NoData(), id="not-counted"),
        pytest.param("Dạ đang tổng hợp ạ", NoData(), id="under-way"),
        pytest.param("không có đối tượng", NoObject(), id="no-object"),
        pytest.param("không có thư viện nào", NoObject(), id="no-library"),
        pytest.param("phường không có bảo tàng", NoObject(), id="ward-without-museum"),
    ],
)
def test_tells_no_data_from_no_object(text: str, reading: Reading) -> None:
    assert read_share(text) == reading
    assert read_count(text) == reading


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nhiều lắm",
        "5/11/2026",
        "2026-11-05",
        "5.11.2026",
        "O5",
        "l2/15",
        "12²",
        "½",
        "1\u03362/15",
        ".5/10",
        "٣/٥",
        "không đạt 12/15",
        "12/15 và 13/15",
        "chưa có số liệu, năm ngoái 12/15",
        "Đã tổ chức 3 lớp, 120 lượt người tham gia, 21/4",
        "12/15" + " " * 200,
    ],
)
def test_picks_nothing_out_of_what_it_cannot_read(text: str) -> None:
    assert read_share(text) == Unreadable()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("0", 0, id="zero"),
        pytest.param("1250", 1250, id="plain"),
        pytest.param("1.250", 1250, id="point"),
        pytest.param("1 250", 1250, id="space"),
        pytest.param("1_250", 1250, id="underscore"),
        pytest.param("1’250", 1250, id="apostrophe"),
        pytest.param("1.234.567", 1234567, id="two-points"),
        pytest.param("Tổng cộng 1.250 lượt người", 1250, id="visits"),
        pytest.param("1,2 triệu", 1_200_000, id="million-comma"),
        pytest.param("1.2tr", 1_200_000, id="million-point"),
        pytest.param("1tr2", 1_200_000, id="million-and-two"),
        pytest.param("1 triệu 2", 1_200_000, id="million-and-two-spaced"),
        pytest.param("12 nghìn", 12_000, id="thousand"),
        pytest.param("12k5", 12_500, id="k-and-five"),
    ],
)
def test_reads_a_count(text: str, value: int) -> None:
    assert read_count(text) == Count(value)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("1,250", Ask((Count(1250),), "comma"), id="comma"),
        pytest.param("1,234,567", Ask((Count(1234567),), "comma"), id="commas"),
        pytest.param("0125", Ask((Count(125),), "leading_zero"), id="leading-zero"),
        pytest.param("khoảng 1250", Ask((Count(1250),), "unsure"), id="about"),
        pytest.param("1.250 nghìn", Ask((Count(1250), Count(1250000)), "scale"), id="two-scales"),
        pytest.param("1tr25", Ask((Count(1250000), Count(1000025)), "scale"), id="two-endings"),
    ],
)
def test_asks_which_count(text: str, asked: Ask) -> None:
    assert read_count(text) == asked


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("1.234,5", "decimal", id="decimal-comma"),
        pytest.param("12.5", "decimal", id="decimal-point"),
        pytest.param("1,2345 nghìn", "decimal", id="half-a-visit"),
        pytest.param("1000-1200", "range", id="range"),
        pytest.param("từ 1000 đến 1200 lượt", "range", id="range-in-words"),
        pytest.param("-5", "negative", id="negative"),
        pytest.param("10%", "percent", id="growth-typed"),
        pytest.param("0903123456", "phone", id="telephone"),
        pytest.param("+84 903 123 456", "phone", id="telephone-abroad"),
        pytest.param("99999999999", "too_big", id="more-than-mankind"),
        pytest.param("90 tỷ", "too_big", id="billions"),
    ],
)
def test_refuses_what_is_no_count(text: str, reason: str) -> None:
    assert read_count(text) == Refuse(reason)


@examined
@given(text=ANYTHING)
def test_never_raises(text: str) -> None:
    assert isinstance(read_share(text), Reading)
    assert isinstance(read_count(text), Reading)


@examined
@given(text=ANYTHING)
def test_makes_no_figure_up(text: str) -> None:
    reading = read_share(text)
    if isinstance(reading, Share) and "%" not in text and "％" not in text:
        typed = sorted(str(int(sign)) for sign in text if sign.isdecimal())
        assert typed == sorted(f"{reading.numerator}{reading.denominator}")


@examined
@given(total=st.integers(1, 1_000_000), data=st.data())
def test_reads_back_what_it_shows(total: int, data: st.DataObject) -> None:
    met = data.draw(st.integers(0, total))
    percent = round(Fraction(100 * met, total), 1)
    shown = f"{met:,}/{total:,} ({float(percent):.1f}%)".replace(".", ";")
    assert read_share(shown.replace(",", ".").replace(";", ",")) == Share(met, total)


@examined
@given(value=st.integers(0, 999_999_999))
def test_reads_back_a_count_it_shows(value: int) -> None:
    assert read_count(f"{value:,}".replace(",", ".")) == Count(value)
    assert read_count(str(value)) == Count(value)
