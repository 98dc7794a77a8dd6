"""Figures and days as they are written here, and text that stays text."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import Markup, Words, join, paged, plain, words_for
from sandbox import markup
from sandbox.person import Person

VI, EN = words_for("vi"), words_for("en")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(80), "80,0%"),
        (Fraction(200, 3), "66,7%"),
        (Fraction(0), "0,0%"),
        (Fraction(100), "100,0%"),
        (Fraction(99_999, 1000), "99,9%"),
        (Fraction(9996, 100), "99,9%"),
        (Fraction(10_004, 100), "100,0%"),
        (Fraction(179_900, 2000), "89,9%"),
        (Fraction(496, 100), "4,9%"),
        (Fraction(7996, 110), "72,7%"),
        (Fraction(123_456), "123.456,0%"),
    ],
)
def test_percentages(value: Fraction, shown: str) -> None:
    assert VI.percent(value) == shown


@given(total=st.integers(1, 10**6), missing=st.integers(1, 10**6))
def test_never_a_hundred_percent_unless_it_is_all(total: int, missing: int) -> None:
    met = max(0, total - missing)
    assert VI.percent(Fraction(100 * met, total)) != "100,0%"


@pytest.mark.parametrize(("words", "shown"), [(VI, "1.234.567"), (EN, "1,234,567")])
def test_numbers(words: Words, shown: str) -> None:
    assert words.number(1_234_567) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2024, 11, 4), "thứ Hai, 04/11/2024"),
        (date(2023, 11, 4), "thứ Bảy, 04/11/2023"),
        (date(2029, 11, 4), "Chủ nhật, 04/11/2029"),
    ],
)
def test_days_bear_their_weekday(day: date, shown: str) -> None:
    assert VI.weekday(day) == shown


def test_moments_are_told_in_the_citys_time() -> None:
    assert VI.moment(datetime(2024, 11, 4, 17, 30, tzinfo=UTC)) == "00:30 05/11/2024"


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_text(value: str) -> None:
    said = VI("• {code} {short}: <b>{answer}</b>", code=value, short="x", answer=value)
    text, entities = markup.parse(said)
    assert text == f"• {value} x: {value}"
    assert [entity["type"] for entity in entities] == (["bold"] if value else [])


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_plain_is_what_was_typed(value: str) -> None:
    assert markup.parse(plain(value)) == (value, [])


@pytest.mark.parametrize("value", ["{answer}", "{0}", "%(x)s", "{", "<b>{code}</b>"])
def test_values_are_not_templates(value: str) -> None:
    assert markup.parse(VI("Đã: {answer}", answer=value))[0] == f"Đã: {value}"


def test_long_texts_are_cut_between_their_parts() -> None:
    pages = paged([plain("a" * 900), plain("b" * 900), plain("c" * 900)])
    assert [len(page) for page in pages] == [1801, 900]
    assert join(pages).count("\n") == 2


async def test_a_person_may_prefer_english(lan: Person) -> None:
    await lan.send("/ngonngu")
    assert lan.buttons == [["Tiếng Việt", "English"]]
    assert "in English now" in await lan.click("English")
    assert "Question 1 of 10" in await lan.send("/baocao")
    assert "12/15 (80.0%)" in await lan.send("12/15")
    assert "Recorded" in await lan.send("yes")
    assert "tiếng Việt" in await lan.send("tiếng việt")


async def test_an_unknown_language_is_asked_about(lan: Person) -> None:
    assert "/ngonngu vi" in await lan.send("/ngonngu fr")


@pytest.mark.parametrize(
    "text",
    ["chữ " * 1200, "a" * 5000, "&lt;" * 1500, "<b>" + "đậm " * 1200 + "</b>", "dòng\n" * 1000],
    ids=["words", "no spaces", "entities", "bold", "lines"],
)
def test_a_part_that_is_too_long_is_cut_too(text: str) -> None:
    pages = paged([plain("đầu"), Markup(text)], "\n\n")
    said = "".join(markup.parse(page)[0] for page in pages)
    assert max(map(len, pages)) < 2000
    assert "".join(said.split()) == "".join(f"đầu{markup.parse(text)[0]}".split())


async def test_the_open_question_changes_its_language_too(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("/ngonngu en")
    assert "Question 1 of 10" in lan.last.text
    assert ["No data yet", "Nothing to count"] in lan.buttons


async def test_what_cannot_be_put_anew_is_announced(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    said = await lan.send("/ngonngu en")
    assert "stays in the language" in said
    assert "Recorded" in await lan.send("yes")
