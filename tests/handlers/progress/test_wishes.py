"""What is typed after the command, in any order and spelling."""

import pytest

from handlers.progress.wishes import Wish, read
from plan.catalogue import Catalogue

TV1 = tuple(f"TV1.{n}" for n in range(1, 7))


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", Wish("", 2026)),
        ("quan 1 2025", Wish("quan 1", 2025)),
        ("TV1.3", Wish("", 2026, ("TV1.3",))),
        ("tv 1.3 q1", Wish("q1", 2026, ("TV1.3",))),
        ("q1 tv13", Wish("q1", 2026, ("TV1.3",))),
        ("TV 1 3 2025", Wish("", 2025, ("TV1.3",))),
        ("TV3 sở vhtt", Wish("sở vhtt", 2026, ("TV3",))),
        ("TV1", Wish("", 2026, TV1)),
        ("TV9", Wish("", 2026, unknown="TV9")),
        ("so vhtt", Wish("so vhtt", 2026)),
        ("TV1.3 2025 trang 2", Wish("", 2025, ("TV1.3",), page=2)),
        ("TV1.3 TRANG 0", Wish("", 2026, ("TV1.3",), page=1)),
    ],
)
def test_what_is_meant(typed: str, wish: Wish, catalogue: Catalogue) -> None:
    assert read(typed, catalogue, 2026) == wish


def test_the_city_has_several_names(catalogue: Catalogue) -> None:
    assert read("toàn Thành phố 2025", catalogue, 2026).of_city
    assert not read("thành phố Thủ Đức", catalogue, 2026).of_city


def test_a_wish_is_told_with_the_agency_first(catalogue: Catalogue) -> None:
    wish = read("TV1.3 quan 1 2025 trang 2", catalogue, 2026)
    assert wish.command("tiendo").argument == "quan 1 TV1.3 2025 trang 2"
