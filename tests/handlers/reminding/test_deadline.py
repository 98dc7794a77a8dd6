"""`/han`: by when the report is due."""

from datetime import date

import pytest

from bot.app import App
from sandbox.person import Person
from storage.choices import Choices
from storage.easings import Easings
from tests.handlers.scenes import Office


def granted(app: App, kind: str, until: date | None, reason: str) -> None:
    with app.database.transaction() as session:
        Easings(session).grant("quan-1", 2024, kind, until, reason=reason, now=app.clock())


async def test_a_focal_point_is_told_every_date_with_its_weekday(lan: Person) -> None:
    said = await lan.send("/han")
    assert "Ủy ban nhân dân Quận 1 – hạn nộp báo cáo năm 2024" in said
    assert "Theo Kế hoạch, báo cáo nộp trước ngày 05 tháng 11" in said
    assert "Thời điểm muộn nhất còn đúng hạn: 23:59 thứ Hai, 04/11/2024." in said
    assert "Ngày làm việc cuối cùng trước hạn: thứ Hai, 04/11/2024." in said
    assert "Số liệu tính đến hết thứ Năm, 31/10/2024." in said


@pytest.mark.parametrize(
    ("year", "last", "working"),
    [
        (2026, "thứ Tư, 04/11/2026", "thứ Tư, 04/11/2026"),
        (2027, "thứ Năm, 04/11/2027", "thứ Năm, 04/11/2027"),
        (2028, "thứ Bảy, 04/11/2028", "thứ Sáu, 03/11/2028"),
        (2029, "Chủ nhật, 04/11/2029", "thứ Sáu, 02/11/2029"),
        (2030, "thứ Hai, 04/11/2030", "thứ Hai, 04/11/2030"),
    ],
)
async def test_a_weekend_does_not_move_the_deadline(
    lan: Person, year: int, last: str, working: str
) -> None:
    said = await lan.send(f"/han {year}")
    assert f"23:59 {last}." in said
    assert f"trước hạn: {working}." in said


async def test_an_extension_is_told_with_its_reason(lan: Person, app: App) -> None:
    granted(app, "extension", date(2024, 11, 15), "bão <số 3>")
    said = await lan.send("hạn")
    assert "được gia hạn đến hết thứ Sáu, 15/11/2024. Lý do: bão <số 3>" in said
    assert "23:59 thứ Sáu, 15/11/2024." in said


async def test_who_is_exempt_is_told_no_dates(lan: Person, app: App) -> None:
    granted(app, "exemption", None, "sáp nhập")
    said = await lan.send("/han")
    assert "được miễn báo cáo năm 2024. Lý do: sáp nhập" in said
    assert "23:59" not in said


async def test_the_internal_date_is_told(hoa: Person, app: App, office: Office) -> None:
    with app.database.transaction() as session:
        Choices(session).settle("internal", [10, 25], app.clock())
    await office.tick()
    assert "Cơ quan thường trực đề nghị nộp" in await hoa.send("/han")
    assert "thứ Sáu, 25/10/2024" in await hoa.send("/han")


async def test_an_official_may_name_an_agency_and_a_focal_point_may_not(
    hoa: Person, lan: Person, app: App
) -> None:
    granted(app, "mute", date(2024, 10, 1), "chuyển trụ sở")
    assert "Tạm dừng nhắc đơn vị đến hết thứ Ba, 01/10/2024" in await hoa.send("/han quận 1")
    assert "Thành phố Hồ Chí Minh – hạn nộp báo cáo năm 2025" in await hoa.send("/han 2025")
    assert "chỉ xem được thông tin của đơn vị" in await lan.send("/han quận 3")


async def test_a_year_outside_the_plan_is_refused(lan: Person) -> None:
    assert "/han 2024" in await lan.send("/han 2041")


async def test_the_open_question_comes_again(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Câu 1/10" in await lan.send("/han")
