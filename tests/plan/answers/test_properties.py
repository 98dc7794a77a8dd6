"""What holds of every answer, whoever types it and however."""

import re
import unicodedata
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.answers import Ask, Count, Day, Given, Growth, Kind, Reading, Share, Text, Value, read
from tests.plan.answers.spelling import DIGITS, SPEECHES, Speech, spell
from tests.plan.answers.table import Case, cases

FIGURES = (Kind.SHARE, Kind.COUNT, Kind.VISITS, Kind.GROWTH)
KINDS = [kind for kind in Kind if kind != "agency"]
MOST = 999_999_999
LITERAL = [case for case in cases() if case.expected.startswith("value") and case.kind in FIGURES]

# No digits, no names of days, and of number words only the one that also means no.
WORDS = re.findall(
    r"\S+",
    "đạt tổng trên trong chưa có không số liệu thư viện bảo tàng phường lượt người dạ em gửi ạ "
    "nhé tăng giảm khoảng hơn gần nhầm sửa bỏ đúng rồi sai , . : / - + % ( ) ?",
)
NUMBERS = ["12", "15", "3", "1.250", "12.5", "12,5", "1,250", "0", "12/15", "15/12", "05", "5/11"]
SPELT = ["hai", "mươi", "trăm", "nghìn", "triệu", "rưỡi", "k", "tr", "năm", "phẩy", "lẻ", "hăm"]
DAYS = ["mai", "hôm qua", "thứ sáu", "tháng", "mùng", "ngày", "tuần sau", "MẬT", "l2", "TV1.2"]


def mixed(*vocabularies: list[str]) -> st.SearchStrategy[str]:
    words = [word for vocabulary in vocabularies for word in vocabulary]
    return st.lists(st.sampled_from(words), max_size=8).map(" ".join)


def heard(kind: Kind, text: str) -> Reading:
    return read(kind, text, today=date(2026, 10, 20), year=2026)


def is_no_other(reading: Reading, figure: Given) -> bool:
    return not isinstance(reading, Value) or reading.given == figure


def is_offered(reading: Reading, figure: Given) -> bool:
    return isinstance(reading, Ask) and figure in reading.readings


def is_stored(reading: Reading, figure: Given) -> bool:
    return isinstance(reading, Value) and reading.given == figure and not reading.estimate


def dotted(number: int, mark: str = ".") -> str:
    return f"{number:,}".replace(",", mark)


def bare(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def printed(text: str) -> set[Fraction]:
    """Every figure that stands in the text; of "12.5" it is 12, 5 and 12.5, never 125."""
    figures = {Fraction(group) for group in re.findall(r"\d+", text)}
    figures |= {Fraction(f"{a}.{b}") for a, b in re.findall(r"(\d+)[.,](\d+)", text)}
    runs = re.findall(r"\d{1,3}(?:[., ]\d{3})+", text)
    return figures | {Fraction(re.sub(r"\D", "", run)) for run in runs}


def told(figure: Given) -> set[Fraction]:
    match figure:
        case Share(numerator, denominator):
            return {Fraction(numerator), Fraction(denominator)}
        case Count(value):
            return {Fraction(value)}
        case Growth(percent):
            return {abs(percent)}
        case Day(on):
            return {Fraction(on.day), Fraction(on.month)}
        case Text():
            return set()


numbers = st.one_of(st.integers(0, 1300), st.integers(0, MOST))
objects = st.one_of(st.integers(0, 30), st.integers(0, 999_999))
pairs = st.tuples(objects, objects).map(sorted).filter(lambda pair: pair[1] > 0)
examined = settings(deadline=None, max_examples=200)


@examined
@given(number=numbers, kind=st.sampled_from([Kind.COUNT, Kind.VISITS]))
def test_reads_back_a_number_with_dots(number: int, kind: Kind) -> None:
    assert is_stored(heard(kind, dotted(number)), Count(number))


@examined
@given(number=numbers, mark=st.sampled_from(["", " ", "\u00a0", "'", "_"]))
def test_reads_back_or_asks_a_number_otherwise_marked(number: int, mark: str) -> None:
    reading = heard(Kind.VISITS, dotted(number, mark))
    assert is_stored(reading, Count(number)) or is_offered(reading, Count(number))


@examined
@given(number=numbers)
def test_never_lets_commas_pass_unseen(number: int) -> None:
    reading = heard(Kind.VISITS, dotted(number, ","))
    assert is_no_other(reading, Count(number))
    if isinstance(reading, Value) and number > 999:
        assert reading.confirm


@examined
@given(
    pair=pairs,
    form=st.sampled_from(
        [
            "{} trên {}",
            "{} trên tổng số {}",
            "đạt {} tổng {}",
            "tổng {1}, đạt {0}",
            "dạ {} của {} ạ",
        ]
    ),
)
def test_reads_back_a_share_in_words_and_figures(pair: list[int], form: str) -> None:
    attained, total = pair
    text = form.format(dotted(attained), dotted(total))
    assert is_stored(heard(Kind.SHARE, text), Share(attained, total))


@examined
@given(pair=pairs)
def test_reads_back_or_asks_a_share_with_a_stroke(pair: list[int]) -> None:
    attained, total = pair
    reading = heard(Kind.SHARE, f"{dotted(attained)}/{dotted(total)}")
    assert is_stored(reading, Share(*pair)) or is_offered(reading, Share(*pair))


@examined
@given(pair=pairs)
def test_never_stores_more_attained_than_there_are(pair: list[int]) -> None:
    attained, total = pair
    if attained < total:
        for form in ("{}/{}", "{} trên {}", "đạt {} tổng {}"):
            assert not isinstance(heard(Kind.SHARE, form.format(total, attained)), Value)


@examined
@given(tenths=st.integers(-999, 9999), mark=st.sampled_from(",."))
def test_reads_back_a_growth_with_one_decimal(tenths: int, mark: str) -> None:
    whole, part = divmod(abs(tenths), 10)
    text = f"{'-' if tenths < 0 else ''}{whole}{mark}{part}%"
    assert is_stored(heard(Kind.GROWTH, text), Growth(Fraction(tenths, 10)))


@examined
@given(day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), mark=st.sampled_from("/-."))
def test_reads_back_a_day_of_the_year_reported(day: date, mark: str) -> None:
    for text in (day.strftime(f"%d{mark}%m{mark}%Y"), day.strftime(f"%d{mark}%m")):
        assert is_stored(heard(Kind.DATE, text), Day(day))


def is_clear(number: int) -> bool:
    """But for nought, and for "hai triệu một trăm", which is asked about."""
    street = number >= 10**6 and number % 10**6 < 10**3 and number % 10**3 >= 100
    return number > 0 and not street


@examined
@given(number=numbers.filter(is_clear), speech=st.sampled_from(SPEECHES))
def test_reads_back_a_number_spelled_out(number: int, speech: Speech) -> None:
    assert is_stored(heard(Kind.VISITS, spell(number, speech)), Count(number))


@examined
@given(pair=pairs.filter(lambda pair: pair[0] > 0), speech=st.sampled_from(SPEECHES))
def test_reads_back_a_share_spelled_out(pair: list[int], speech: Speech) -> None:
    text = " trên ".join(spell(number, speech) for number in pair)
    assert is_stored(heard(Kind.SHARE, text), Share(*pair))


@examined
@given(number=numbers.filter(bool), speech=st.sampled_from(SPEECHES))
def test_hears_no_other_number_without_accents(number: int, speech: Speech) -> None:
    assert is_no_other(heard(Kind.VISITS, bare(spell(number, speech))), Count(number))


@pytest.mark.parametrize("speech", SPEECHES)
@pytest.mark.parametrize("tens", range(2, 10))
@pytest.mark.parametrize("ones", range(1, 10))
def test_hears_no_other_number_cut_short(tens: int, ones: int, speech: Speech) -> None:
    words = spell(10 * tens + ones, speech)
    short = words.replace(" mươi", "")
    assert is_no_other(heard(Kind.COUNT, short), Count(10 * tens + ones))
    thousands = f"{spell(tens, speech)} {speech['nghìn']} {DIGITS[ones]}"
    assert is_no_other(heard(Kind.VISITS, thousands), Count(1000 * tens + 100 * ones))


@examined
@given(case=st.sampled_from(list(cases())))
def test_hears_the_same_decomposed_and_widely_spaced(case: Case) -> None:
    reading = heard(case.kind, case.text)
    assert heard(case.kind, unicodedata.normalize("NFD", case.text)) == reading
    if case.kind is not Kind.TEXT:
        assert heard(case.kind, f"  {case.text.replace(' ', '  ')}  ") == reading


@examined
@given(case=st.sampled_from(LITERAL))
def test_hears_no_other_figure_in_capitals_or_without_accents(case: Case) -> None:
    reading = heard(case.kind, case.text)
    if isinstance(reading, Value):
        for text in (bare(case.text), case.text.upper(), bare(case.text).upper()):
            assert is_no_other(heard(case.kind, text), reading.given), text


@examined
@given(kind=st.sampled_from(KINDS), text=st.one_of(st.text(), mixed(WORDS, NUMBERS, SPELT, DAYS)))
def test_has_an_answer_to_anything(kind: Kind, text: str) -> None:
    assert isinstance(heard(kind, text), Reading)


@examined
@given(case=st.sampled_from(list(cases())), at=st.integers(0, 40), sign=st.characters())
def test_has_an_answer_to_any_slip_of_the_finger(case: Case, at: int, sign: str) -> None:
    for kind in KINDS:
        for text in (case.text[:at] + sign + case.text[at:], case.text[:at] + case.text[at + 1 :]):
            assert isinstance(heard(kind, text), Reading)


@examined
@given(kind=st.sampled_from(KINDS), text=mixed(WORDS))
def test_finds_no_figure_where_there_is_none(kind: Kind, text: str) -> None:
    reading = heard(kind, text)
    if isinstance(reading, Value):
        assert told(reading.given) <= {Fraction(0)}


@settings(deadline=None, max_examples=500)
@given(kind=st.sampled_from(KINDS), text=mixed(WORDS, NUMBERS))
def test_stores_only_figures_that_stand_in_the_text(kind: Kind, text: str) -> None:
    reading = heard(kind, text)
    if isinstance(reading, Value) and reading.note != "sum":
        assert told(reading.given) <= printed(text) | {Fraction(0)}
