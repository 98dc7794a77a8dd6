"""A focal point sees its own agency and the city's totals, whatever the button says."""

import pytest

from plan.answers import Share
from sandbox.person import Person
from tests.handlers.scenes import Office

OWN_ONLY = "chỉ xem được thông tin của đơn vị đang phụ trách"


@pytest.fixture(autouse=True)
def others(office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.3": Share(12, 20)})
    office.reported("quan-3", 2024, {"TV1.3": Share(2, 20)})


@pytest.mark.parametrize(
    "command",
    [
        "tiendo quan-3",
        "tiendo quan-3 TV1.3 2024",
        "tiendo quan-3 TV1.3 2024 trang 2",
        "visao quan-3 TV1.3 2024",
        "tiendo quận 3 2023",
    ],
)
async def test_altered_buttons_open_nothing(lan: Person, office: Office, command: str) -> None:
    await lan.send("/tiendo")
    await office.press(lan.last, f"c:{command}")
    assert OWN_ONLY in lan.last.text
    assert "2/20" not in lan.last.text


@pytest.mark.parametrize(
    "said", ["/tiendo tp", "/tiendo tp TV1.3", "/visao tp TV1.3", "/tiendo tp TV1.3 trang 2"]
)
async def test_the_city_is_shown_to_focal_points_without_names(lan: Person, said: str) -> None:
    shown = await lan.send(said)
    assert "14" in shown
    assert "40" in shown
    assert "Quận 3" not in shown
    assert "2/20" not in shown


async def test_ones_own_figure_stands_beside_the_total(lan: Person) -> None:
    said = await lan.send("/tiendo TV1.3")
    assert "12/20 (60,0%)" in said
    assert "14/40 (35,0%)" in said


async def test_an_official_who_was_one_yesterday_sees_nothing(hoa: Person, office: Office) -> None:
    await hoa.send("/tiendo TV1.3")
    card = hoa.last
    office.revoke(hoa)
    await office.press(card, "c:tiendo quan-3 TV1.3 2024")
    assert "2/20" not in hoa.last.text


async def test_a_stranger_learns_nothing(an: Person) -> None:
    assert "Quận" not in await an.send("/tiendo tp TV1.3")
