"""Days as an administrator types them."""

from datetime import date

import pytest

from plan.typed import day_of, split_days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("16/02/2026", date(2026, 2, 16)),
        ("16-2-2026", date(2026, 2, 16)),
        ("16.02.2026", date(2026, 2, 16)),
        ("16/2", date(2027, 2, 16)),
        ("29/02", None),
        ("31/11/2026", None),
        ("2026-02-16", None),
        ("16/02/26", None),
        ("mai", None),
    ],
)
def test_a_day_is_exact_or_none(text: str, day: date | None) -> None:
    assert day_of(text, 2027) == day


def test_without_a_year_to_go_by_the_year_must_be_typed() -> None:
    assert day_of("16/02") is None


@pytest.mark.parametrize("between", [" ", " - ", " đến ", " – "])
def test_two_days_and_what_follows_them(between: str) -> None:
    days, rest = split_days(f"16/02/2026{between}20/02/2026 Tết Bính Ngọ".split())
    assert days == [date(2026, 2, 16), date(2026, 2, 20)]
    assert rest == ["Tết", "Bính", "Ngọ"]


def test_words_alone_are_no_days() -> None:
    assert split_days(["Tết", "16/02/2026"]) == ([], ["Tết", "16/02/2026"])
