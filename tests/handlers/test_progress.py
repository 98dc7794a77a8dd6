"""`/tiendo`: where an agency or the city stands, for those who may know."""

from datetime import UTC, datetime

import pytest

from plan.answers import Count, NoData, NoObject, Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, STATUSES, Office, said_since

OWN_ONLY = "chỉ xem được thông tin của đơn vị đang phụ trách"


async def test_a_focal_point_sees_where_its_agency_stands(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": Share(12, 15), "TV1.3": NoData()}, {"IV.10.a": "done"})
    said = await lan.send("/tiendo")
    assert "Ủy ban nhân dân Quận 1 – báo cáo năm 2024" in said
    assert "Hạn gửi: trước 05/11/2024 (hết thứ Hai, 04/11/2024, còn 35 ngày làm việc)" in said
    assert "bản nháp, chưa nộp" in said
    assert "Đạt mục tiêu 2025 (70%), chưa đạt mục tiêu 2030 (90%) – TV1.2" in said
    assert "12/15 (80,0%) · số liệu đến ngày 16/09/2024" in said
    assert "có dịch vụ học tập suốt đời: chưa có số liệu" in said
    assert "đã hoàn thành 1/3" in said
    assert "Còn thiếu: TV2.2, TV2.3, TV3, VH1, VH2, IV.10.b, IV.10.c." in said


async def test_what_needs_attention_comes_first(lan: Person, office: Office) -> None:
    shares = {"TV1.2": Share(10, 10), "TV1.3": Share(1, 15), "TV2.2": Share(13, 20)}
    office.drafted("quan-1", shares, {})
    said = await lan.send("/tiendo")
    places = [said.index(f"– {code} ") for code in ("TV1.3", "TV2.2", "TV1.2")]
    assert places == sorted(places)
    assert max(places) < said.index("• TV2.3")


@pytest.mark.parametrize("typed", ["/tiendo quận 3", "tien do quan 3", "/tiendo sở vhtt 2023"])
async def test_a_focal_point_never_sees_another_agency(lan: Person, typed: str) -> None:
    said = await lan.send(typed)
    assert OWN_ONLY in said
    assert "Hạn gửi" not in said


async def test_the_report_can_be_begun_from_here(lan: Person) -> None:
    await lan.send("/tiendo")
    assert "Câu 1/10" in await lan.click("Báo cáo năm")


async def test_an_official_sees_the_city_with_its_coverage(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": Share(12, 15)})
    office.reported("quan-3", 2024, {"TV1.2": Share(2, 5)})
    office.drafted("quan-4", {"TV1.2": Share(5, 5)}, {})
    said = await hoa.send("/tiendo")
    assert "Thành phố Hồ Chí Minh – năm 2024" in said
    assert "2/27 đơn vị" in said
    assert "tạm tính" in said
    assert "Đạt mục tiêu 2025 (70%), chưa đạt mục tiêu 2030 (90%) – TV1.2" in said
    assert "14/20 (70,0%) · 2/22 đơn vị đã báo cáo" in said
    assert "Chưa báo cáo: Sở GD&ĐT" in said


async def test_one_missing_library_is_not_a_hundred_percent(hoa: Person, office: Office) -> None:
    office.reported("so-gddt", 2024, {"TV1.4": Share(2999, 3000)})
    assert "2.999/3.000 (99,9%)" in await hoa.send("/tiendo")


async def test_growth_counts_only_who_has_both_years(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(1000)})
    office.reported("quan-1", 2024, {"TV3": Count(1200)})
    office.reported("quan-3", 2024, {"TV3": Count(90_000)})
    said = await hoa.send("/tiendo")
    assert "tăng 20,0% so với năm 2023" in said
    assert "1/2 đơn vị có số liệu cả hai năm" in said
    assert "vượt khoảng mục tiêu 2030 (10–15%)" in said


async def test_nothing_to_count_is_not_zero(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": NoObject()})
    said = await hoa.send("/tiendo quận 1")
    assert "không có đối tượng" in said
    assert "0,0%" not in said


async def test_an_official_sees_any_agency(hoa: Person) -> None:
    assert "Ủy ban nhân dân Quận 1 – báo cáo năm 2024" in await hoa.send("/tiendo q1")
    assert "chưa bắt đầu nhập báo cáo" in hoa.last.text
    assert not hoa.last.keyboard


async def test_an_earlier_year_can_be_seen(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.2": Share(12, 15)})
    said = await hoa.send("/tiendo 2023")
    assert "năm 2023" in said
    assert "trước 05/11/2023 (hết thứ Bảy, 04/11/2023), nay đã quá hạn" in said
    assert "12/15 (80,0%)" in await hoa.send("/tiendo quận 1 2023")


@pytest.mark.parametrize("year", ["0000", "1999", "2025", "2031", "9999"])
async def test_other_years_are_refused(hoa: Person, year: str) -> None:
    said = await hoa.send(f"/tiendo {year}")
    assert "một năm trong thời gian thực hiện Kế hoạch" in said


async def test_an_unclear_agency_is_asked_about(hoa: Person) -> None:
    said = await hoa.send("Tiến độ bình 2023")
    assert "Có nhiều đơn vị khớp với “bình”" in said
    assert hoa.buttons[0][0].startswith("1. ")
    said = await hoa.click("Quận Bình Tân")
    assert "Ủy ban nhân dân Quận Bình Tân – báo cáo năm 2023" in said


async def test_an_unknown_agency_is_named_as_typed(hoa: Person) -> None:
    assert "Không tìm thấy đơn vị “<b>xyz” & co" in await hoa.send("/tiendo <b>xyz” & co")


async def test_messages_stay_short(hoa: Person, office: Office) -> None:
    for agency_id in ("quan-1", "quan-3", "so-vhtt"):
        office.reported(agency_id, 2023, {"TV3": Count(1000), "TV1.2": Share(1, 3)})
        office.reported(
            agency_id, 2024, {code: answer for code, answer in FIGURES.items() if answer}
        )
    before = len(hoa.messages)
    await hoa.send("/tiendo")
    pages = said_since(hoa, before)
    assert len(pages) > 1
    assert max(map(len, pages)) < 2000


async def test_on_the_last_working_day_it_says_so(lan: Person, clock: PushedClock) -> None:
    clock.push_to(datetime(2024, 11, 4, 2, 0, tzinfo=UTC))
    assert "Hôm nay là ngày làm việc cuối cùng" in await lan.send("/tiendo")


async def test_after_a_report_nothing_is_missing(lan: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    await lan.send("/baocao")
    await lan.send("nộp")
    said = await lan.send("/tiendo")
    assert "Báo cáo đã nộp" in said
    assert "Còn thiếu" not in said


async def test_long_difficulties_are_told_in_messages_that_arrive(
    hoa: Person, office: Office
) -> None:
    notes = {code: f"{code} " + "thiếu kinh phí <tạm> " * 70 for code in STATUSES}
    office.drafted("quan-1", {}, dict.fromkeys(STATUSES, "blocked"), notes=notes)
    before = len(hoa.messages)
    await hoa.send("/tiendo quận 1")
    said = said_since(hoa, before)
    assert " ".join(said).count("thiếu kinh phí <tạm>") == 3 * 70
    assert max(map(len, said)) < 2000


async def test_coverage_tells_figures_from_answers_without_one(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": Share(9, 10)})
    for district in ("quan-3", "quan-4", "quan-5"):
        office.reported(district, 2024, {"TV1.2": NoData()})
    said = await hoa.send("/tiendo")
    assert "9/10 (90,0%) · 4/22 đơn vị đã báo cáo, 3 chưa có số liệu" in said


async def test_two_targets_met_are_said_once(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": Share(10, 10)})
    said = await hoa.send("/tiendo quan 1")
    assert "Đạt cả mục tiêu 2025 (70%) và 2030 (90%) – TV1.2" in said


@pytest.mark.parametrize("typed", ["/tiendo", "/tiendo quan 1"], ids=["city", "agency"])
async def test_growth_from_nothing_is_said_as_it_is(
    hoa: Person, office: Office, typed: str
) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(0)})
    office.reported("quan-1", 2024, {"TV3": Count(1200)})
    assert "năm 2023 là 0 lượt, không tính được tỷ lệ tăng" in await hoa.send(typed)


async def test_chatter_about_progress_names_no_agency(hoa: Person) -> None:
    assert "Không tìm thấy đơn vị “thế nào rồi”" in await hoa.send("tiến độ thế nào rồi")


async def test_a_likeness_is_asked_about(hoa: Person) -> None:
    assert "Có phải anh/chị muốn chọn đơn vị dưới đây" in await hoa.send("/tiendo cu cih")
    assert "Huyện Củ Chi – báo cáo năm 2024" in await hoa.send("1")


@pytest.mark.parametrize("typed", ["2", "Quận 3", "q3"])
async def test_one_of_two_agencies_is_chosen_by_typing(
    lan: Person, office: Office, typed: str
) -> None:
    office.appoint(lan, "quan-3", "focal")
    await lan.send("/tiendo   2023")
    assert "Ủy ban nhân dân Quận 3 – báo cáo năm 2023" in await lan.send(typed)


async def test_choosing_an_agency_in_between_keeps_the_open_question(
    lan: Person, office: Office
) -> None:
    office.appoint(lan, "quan-3", "focal")
    await lan.send("/baocao quan 1")
    await lan.send("/tiendo")
    await lan.send("/nhiemvu")
    assert "Câu 1/10" in await lan.send("quận 3")
    assert "12/15 (80,0%)" in await lan.send("12/15")


async def test_spaces_do_not_change_what_is_meant(hoa: Person) -> None:
    await hoa.send("/tiendo  bình    2023")
    assert "Quận Bình Tân – báo cáo năm 2023" in await hoa.click("Quận Bình Tân")
