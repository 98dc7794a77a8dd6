"""`/tiendo` of the whole city: sums with their coverage, and the way down to an agency."""

from datetime import UTC, datetime

from plan.answers import Count, NoData, Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, Office, said_since

STARTS = ("TV1.3 – ", "Vì sao – TV1.3, toàn", "DỰ BÁO năm 2030 – TV1.3, toàn")
"""Of what the buttons under an indicator lead to."""


async def test_an_official_sees_the_city_with_its_coverage(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.3": Share(12, 20)})
    office.reported("quan-3", 2024, {"TV1.3": Share(2, 20)})
    office.drafted("quan-4", {"TV1.3": Share(5, 5)}, {})
    said = await hoa.send("/tiendo")
    assert "Thành phố Hồ Chí Minh – năm 2024" in said
    assert "2/27 đơn vị" in said
    assert "Chờ duyệt, tạm tính: đang thực hiện mục tiêu 2025 (40%)" in said
    assert "14/40 (35,0%) · 2/22 đơn vị đã báo cáo · tạm tính, chưa duyệt" in said
    assert "Chưa báo cáo: Sở GD&ĐT" in said


async def test_approved_and_provisional_figures_stand_apart(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.3": Share(12, 20)})
    office.reported("quan-3", 2024, {"TV1.3": Share(2, 20)})
    office.approve("quan-1")
    said = await hoa.send("/tiendo")
    assert "12/20 (60,0%)" in said
    assert "đã duyệt 1/2 số liệu; tính cả số chưa duyệt: 14/40 (35,0%)" in said


async def test_growth_counts_only_who_has_both_years(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(1000)})
    office.restate("quan-1", 2023, "TV3", 900)
    office.reported("quan-1", 2024, {"TV3": Count(1200)})
    office.reported("quan-3", 2024, {"TV3": Count(90_000)})
    said = await hoa.send("/tiendo")
    assert "Bình quân tăng 15,5% mỗi năm từ 2022 đến 2024 · tăng 20,0% so với năm 2023" in said
    assert "1/2 đơn vị có số liệu cả hai năm" in said
    assert "đạt mục tiêu 2025 (10%), mục tiêu 2030: chưa đến kỳ" in said


async def test_a_year_to_compare_with_that_lacks_is_named_once(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(1000)})
    said = await hoa.send("/tiendo 2023")
    assert said.count("không có số liệu năm 2022 để so sánh") == 1
    assert "chưa có số liệu năm 2022" not in said


async def test_coverage_tells_figures_from_answers_without_one(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.3": Share(9, 10)})
    for district in ("quan-3", "quan-4", "quan-5"):
        office.reported(district, 2024, {"TV1.3": NoData()})
    said = await hoa.send("/tiendo")
    assert "9/10 (90,0%) · 4/22 đơn vị đã báo cáo, 3 chưa có số liệu" in said


async def test_messages_stay_short(hoa: Person, office: Office) -> None:
    for agency_id in ("quan-1", "quan-3", "so-vhtt"):
        office.reported(agency_id, 2023, {"TV3": Count(1000), "TV1.2": Share(1, 3)})
        office.reported(
            agency_id, 2024, {code: answer for code, answer in FIGURES.items() if answer}
        )
    for said in ("/tiendo", "/tiendo TV1.3", "/visao TV1.3"):
        before = len(hoa.messages)
        await hoa.send(said)
        assert max(map(len, said_since(hoa, before))) < 2000


async def test_the_list_of_agencies_goes_on_by_press_and_by_typing(
    hoa: Person, office: Office
) -> None:
    office.reported("quan-7", 2024, {"TV1.3": Share(1, 9)})
    said = await hoa.send("/tiendo TV1.3")
    assert said.index("Quận 7: 1/9 (11,1%) · tạm tính") < said.index("Trang 1/2.")
    assert "Trang 2/2." in await hoa.click("Tiến độ TV1.3 trang 2")
    assert "Trang 2/2." in await hoa.send("tien do tv1.3 trang 9")


async def test_what_a_button_says_can_be_typed(hoa: Person, office: Office) -> None:
    office.reported("quan-7", 2024, {"TV1.3": Share(1, 9)})
    await hoa.send("/tiendo TV1.3")
    for label in [label for row in hoa.buttons for label in row]:
        said = await hoa.send(label)
        assert said.startswith(STARTS)


async def test_a_sentence_of_the_plan_is_not_one_indicator(hoa: Person) -> None:
    assert "Có nhiều chỉ tiêu khớp" in await hoa.send("/tiendo TV1")
    assert "TV1.3 – toàn Thành phố" in await hoa.click("Tiến độ TV1.3")


async def test_an_unknown_code_is_named_with_those_there_are(hoa: Person) -> None:
    assert "Không có chỉ tiêu mang mã TV9. Các mã chỉ tiêu: TV1.1" in await hoa.send("/tiendo tv9")


async def test_a_past_year_is_judged_for_good(
    hoa: Person, office: Office, clock: PushedClock
) -> None:
    office.reported("quan-1", 2025, {"TV1.3": Share(1, 10)})
    office.approve("quan-1", 2025)
    clock.push_to(datetime(2026, 9, 16, 2, 0, tzinfo=UTC))
    said = await hoa.send("/tiendo 2025")
    assert "Chưa đạt mục tiêu 2025 (40%), đang thực hiện mục tiêu 2030 (60%) – TV1.3" in said
