"""`/nhiemvu`: what the plan assigns to whom, with its clause."""

import pytest

from sandbox.person import Person
from tests.cast import Cast

OWN_ONLY = "chỉ xem được thông tin của đơn vị đang phụ trách"


async def test_shows_what_an_agency_leads_and_shares(lan: Person) -> None:
    said = await lan.send("/nhiemvu")
    lead, _, share = said.partition("Phối hợp")
    assert "Ủy ban nhân dân Quận 1" in lead
    assert "• IV.10.a – Kế hoạch hàng năm" in lead
    assert "• II.1.a – Tuyên truyền" in share
    assert "(đề xuất)" in share


async def test_long_texts_are_folded_and_at_hand(lan: Person) -> None:
    assert "xây dựng kế hoạch hàng năm" not in await lan.send("/nhiemvu")
    said = await lan.click("Nguyên văn IV.10.a")
    assert said.startswith("IV.10.a của Kế hoạch")
    assert "xây dựng kế hoạch hàng năm triển khai thực hiện tại địa phương" in said


@pytest.mark.parametrize("typed", ["/nhiemvu iv.10.A", "nhiem vu IV.10.a", "Nhiệm vụ iv.10.a"])
async def test_the_full_wording_can_be_typed(lan: Person, typed: str) -> None:
    assert "xây dựng kế hoạch hàng năm" in await lan.send(typed)


async def test_two_clauses_may_differ_by_a_stroke_only(lan: Person) -> None:
    assert (await lan.send("/nhiemvu II.2.đ")).startswith("II.2.đ ")
    assert (await lan.send("/nhiemvu ii.2.d")).startswith("II.2.d ")


async def test_the_wording_of_an_indicator_says_how_to_count(lan: Person) -> None:
    said = await lan.send("/nhiemvu vh1")
    assert "Tỷ lệ trung tâm văn hóa" in said
    assert "cộng tử số, cộng mẫu số" in said


@pytest.mark.parametrize("other", ["quận 3", "so vhtt", "không có đâu", "<b>"])
async def test_a_focal_point_sees_its_own_agency_only(lan: Person, other: str) -> None:
    said = await lan.send(f"/nhiemvu {other}")
    assert OWN_ONLY in said
    assert "Chủ trì" not in said


async def test_a_focal_point_may_name_its_own_agency(lan: Person) -> None:
    assert "Ủy ban nhân dân Quận 1" in await lan.send("/nhiemvu q1")


async def test_an_official_sees_any_agency(hoa: Person) -> None:
    assert "Ủy ban nhân dân Huyện Củ Chi" in await hoa.send("/nhiemvu cu chi")
    assert "Sở Văn hóa và Thể thao" in await hoa.send("/nhiemvu")


async def test_the_longest_list_is_a_short_message(cast: Cast, hoa: Person) -> None:
    await hoa.send("/nhiemvu so vhtt")
    duc = cast.member(112, "Đỗ Văn Đức", "so-vhtt", "focal")
    await duc.send("/nhiemvu")
    assert max(len(message.text) for message in [*hoa.messages, *duc.messages]) < 2000


@pytest.mark.parametrize("typed", ["Nguyên văn IV.10.a", "nguyen van iv.10.a"])
async def test_the_button_of_a_wording_can_be_typed(lan: Person, typed: str) -> None:
    await lan.send("/nhiemvu")
    assert "xây dựng kế hoạch hàng năm" in await lan.send(typed)


async def test_an_unclear_agency_is_a_question(hoa: Person) -> None:
    await hoa.send("/nhiemvu bình")
    assert hoa.buttons[0][0].startswith("1. ")
    assert "Ủy ban nhân dân Quận Bình Thạnh" in await hoa.send("binh thanh")
