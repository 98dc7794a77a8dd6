"""`/dubao`: where 2030 would end, told apart from every figure."""

import pytest

from plan.answers import Count, Share
from sandbox.person import Person
from tests.handlers.scenes import Office

MARKED = "Đây là dự báo, không phải số liệu báo cáo hay kết quả đánh giá"


@pytest.fixture(autouse=True)
def two_years(office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.3": Share(2, 20), "TV3": Count(1000)})
    office.reported("quan-3", 2023, {"TV1.3": Share(2, 20)})
    office.reported("quan-1", 2024, {"TV1.3": Share(5, 20), "TV3": Count(1200)})
    office.reported("quan-3", 2024, {"TV1.3": Share(3, 20)})
    office.restate("quan-1", 2023, "TV3", 900)


async def test_an_official_sees_where_the_city_would_end(hoa: Person) -> None:
    said = await hoa.send("/dubao TV1.3")
    assert "năm 2030 khoảng 80,0%, đạt mục tiêu 60%" in said
    assert "Tốc độ: +10,0 điểm phần trăm mỗi năm từ 2023 đến 2024, của 2 đơn vị" in said
    assert MARKED in said


async def test_who_moves_the_city_most_comes_first(hoa: Person) -> None:
    said = await hoa.send("/dubao TV1.3")
    assert said.index("Quận 3: +42,5") < said.index("Quận 1: +37,5")


async def test_growth_goes_on_as_it_did(hoa: Person) -> None:
    said = await hoa.send("Dự báo TV3")
    assert "năm 2030 khoảng 20,0%, đạt mục tiêu 10–15%" in said
    assert "Quận 1: +20,0" in said


async def test_all_indicators_at_once_for_ones_own_agency(lan: Person) -> None:
    said = await lan.send("/dubao")
    assert "DỰ BÁO năm 2030 – Ủy ban nhân dân Quận 1" in said
    assert "• TV1.3 Thư viện cấp xã có dịch vụ học tập suốt đời: nếu giữ tốc độ" in said
    assert MARKED in said


async def test_a_focal_point_sees_the_city_without_names(lan: Person) -> None:
    said = await lan.send("/dubao tp TV1.3")
    assert "năm 2030 khoảng 80,0%" in said
    assert "Quận 3" not in said


async def test_another_agencys_forecast_is_not_for_a_focal_point(lan: Person) -> None:
    assert "chỉ xem được thông tin của đơn vị" in await lan.send("/dubao quan 3 TV1.3")


async def test_without_two_years_there_is_none(hoa: Person) -> None:
    assert "Chưa dự báo được" in await hoa.send("/dubao BT1")
    assert "Không dự báo: không còn đối tượng" in await hoa.send("/dubao TV1.2")


async def test_it_stands_beside_the_judgement_and_says_what_it_is(hoa: Person) -> None:
    said = await hoa.send("/tiendo TV1.3")
    assert "Dự báo, không phải số liệu hay kết quả đánh giá: nếu giữ tốc độ" in said
