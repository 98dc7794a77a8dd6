"""`/tiendo` of one agency: where it stands, for those who may know."""

from datetime import UTC, datetime

import pytest

from plan.answers import Count, NoData, NoObject, Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, STATUSES, Given, Office, said_since

OWN_ONLY = "chỉ xem được thông tin của đơn vị đang phụ trách"


async def test_a_focal_point_sees_where_its_agency_stands(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": Share(12, 15), "TV1.3": NoData()}, {"IV.10.a": "done"})
    said = await lan.send("/tiendo")
    assert "Ủy ban nhân dân Quận 1 – báo cáo năm 2024" in said
    assert "Hạn nộp: trước 05/11/2024 (hết thứ Hai, 04/11/2024, còn 35 ngày làm việc)" in said
    assert "bản nháp, chưa nộp" in said
    assert "Bản nháp, tạm tính: đạt mục tiêu 2025 (70%), mục tiêu 2030: không còn đối tượng" in said
    assert "12/15 (80,0%) · số liệu đến ngày 16/09/2024 · bản nháp, chưa nộp" in said
    assert "có dịch vụ học tập suốt đời: chưa có số liệu" in said
    assert "đã hoàn thành 1/3" in said
    assert "Còn thiếu: TV2.2, TV2.3, TV3, VH1, VH2, IV.10.b, IV.10.c." in said


async def test_what_needs_attention_comes_first(lan: Person, office: Office) -> None:
    shares = {"TV1.3": Share(10, 10), "TV2.3": Share(1, 15), "VH2": Share(13, 20)}
    office.reported("quan-1", 2024, shares)
    said = await lan.send("/tiendo")
    places = [said.index(f"– {code} ") for code in ("TV2.3", "VH2", "TV1.3")]
    assert places == sorted(places)
    assert max(places) < said.index("• TV1.2")


@pytest.mark.parametrize("typed", ["/tiendo quận 3", "tien do quan 3", "/tiendo sở vhtt 2023"])
async def test_a_focal_point_never_sees_another_agency(lan: Person, typed: str) -> None:
    said = await lan.send(typed)
    assert OWN_ONLY in said
    assert "Hạn nộp" not in said


async def test_the_report_can_be_begun_from_here(lan: Person) -> None:
    await lan.send("/tiendo")
    assert "Câu 1/10" in await lan.click("Báo cáo năm")


async def test_nothing_to_count_is_not_zero(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": NoObject()})
    said = await hoa.send("/tiendo quận 1")
    assert "không có đối tượng" in said
    assert "0,0%" not in said


async def test_an_official_sees_any_agency(hoa: Person) -> None:
    assert "Ủy ban nhân dân Quận 1 – báo cáo năm 2024" in await hoa.send("/tiendo q1")
    assert "chưa bắt đầu nhập báo cáo" in hoa.last.text
    assert "Báo cáo năm" not in str(hoa.buttons)


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


async def test_two_targets_met_are_said_once(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.3": Share(10, 10)})
    office.approve("quan-1")
    said = await hoa.send("/tiendo quan 1")
    assert "Đạt cả mục tiêu 2025 (40%) và 2030 (60%) – TV1.3" in said


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


async def test_how_far_it_is_to_the_target(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV2.3": Share(1, 10)})
    said = await hoa.send("/tiendo quan 1")
    assert "So với mục tiêu 2025: còn thiếu 10,0 điểm phần trăm, cần tăng thêm 10,0 điểm" in said
    assert "So với mục tiêu 2030: còn thiếu 20,0 điểm phần trăm, cần tăng thêm 3,4 điểm" in said


async def test_tasks_stand_beside_the_indicators(hoa: Person, office: Office) -> None:
    office.drafted("quan-1", {}, STATUSES)
    said = await hoa.send("/tiendo quan 1")
    assert "đã hoàn thành 1/3, đang thực hiện 1, có khó khăn 0" in said


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "TV1.3 Thư viện cấp xã có dịch vụ học tập suốt đời: chưa đến kỳ"),
        ({"TV1.3": NoData()}, "học tập suốt đời: chưa có số liệu"),
        ({"TV1.3": NoObject()}, "học tập suốt đời: không có đối tượng"),
        ({"TV1.3": Share(0, 0)}, "học tập suốt đời: không có đối tượng"),
        ({"TV1.3": Share(0, 5)}, "Chờ duyệt, tạm tính: đang thực hiện mục tiêu 2025 (40%)"),
    ],
)
async def test_nothing_has_many_reasons_and_none_is_zero(
    hoa: Person, office: Office, answers: dict[str, Given], told: str
) -> None:
    office.reported("quan-1", 2024, answers)
    assert told in await hoa.send("/tiendo quan 1")


async def test_after_the_deadline_what_is_missing_is_not_reported(
    hoa: Person, clock: PushedClock
) -> None:
    clock.push_to(datetime(2024, 11, 6, 2, 0, tzinfo=UTC))
    assert "học tập suốt đời: chưa báo cáo" in await hoa.send("/tiendo quan 1")


async def test_what_has_ended_is_judged_by_its_last_count(
    hoa: Person, office: Office, clock: PushedClock
) -> None:
    office.reported("quan-1", 2024, {"TV1.2": Share(3, 4)})
    office.approve("quan-1")
    clock.push_to(datetime(2026, 9, 16, 2, 0, tzinfo=UTC))
    said = await hoa.send("/tiendo TV1.2")
    assert "Đạt mục tiêu 2025 (70%), mục tiêu 2030: không còn đối tượng từ 01/07/2025" in said
    assert "Mục tiêu 2025 xét theo lần thống kê cuối, ngày 16/09/2024" in said


async def test_between_the_targets_there_is_a_guide_and_it_says_what_it_is(
    hoa: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(datetime(2026, 9, 16, 2, 0, tzinfo=UTC))
    office.reported("so-gddt", 2026, {"TV1.6": Share(75, 100)})
    said = await hoa.send("/tiendo so gddt")
    assert "mức tham khảo năm 2026, không phải mục tiêu của Kế hoạch: 74,0%" in said
