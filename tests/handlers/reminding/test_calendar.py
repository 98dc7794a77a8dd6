"""`/lich`: days off and days worked instead, as an administrator changes them in the chat."""

from datetime import date

import pytest
from sqlmodel import select

from bot.app import App
from sandbox.person import Person
from storage.daysoff import DaysOff
from storage.tables import AuditRow, CalendarDay
from tests.handlers.scenes import Office


def kept(app: App) -> dict[date, CalendarDay]:
    with app.database.transaction() as session:
        found = dict(DaysOff(session).all())
        session.expunge_all()
        return found


async def test_a_year_is_shown_by_month_with_weekdays(thu: Person) -> None:
    said = await thu.send("/lich 2026")
    assert "Lịch làm việc năm 2026" in said
    assert "• thứ Hai, 16/02/2026: nghỉ – Giao thừa Tết Nguyên Đán" in said
    assert "• thứ Bảy, 10/01/2026: đi làm – hoán đổi ngày làm việc" in said
    assert "nghỉ – Ngày nghỉ (thay cho ngày 22/08/2026)" in said
    assert "(dự kiến)" not in said


async def test_days_that_are_not_decided_yet_are_marked(thu: Person) -> None:
    said = await thu.send("/lich 2027")
    assert "• thứ Sáu, 05/02/2027: nghỉ – Giao thừa Tết Nguyên Đán (dự kiến)" in said
    assert "chờ quyết định" in said


async def test_a_day_off_is_shown_confirmed_and_followed_at_once(thu: Person, app: App) -> None:
    said = await thu.send("/lich nghỉ 04/11/2024 Bão lụt")
    assert "• thứ Hai, 04/11/2024: nghỉ – Bão lụt" in said
    assert "(trước 14 ngày làm việc): 15/10/2024 → thứ Hai, 14/10/2024" in said
    assert kept(app) == {}
    assert "Đã ghi nhận." in await thu.click("Ghi nhận")
    assert kept(app)[date(2024, 11, 4)].name == "Bão lụt"
    assert "Bão lụt" in await thu.click("Xem hiện trạng")


async def test_it_is_taken_back_by_a_press_and_noted(thu: Person, app: App) -> None:
    await thu.send("/lich nghi 04/11/2024 Bão")
    await thu.send("1")
    assert "Đã hoàn tác:" in await thu.click("Hoàn tác")
    assert kept(app) == {}
    with app.database.transaction() as session:
        rows = session.exec(select(AuditRow).where(AuditRow.action == "calendar.changed")).all()
        assert [(r.subject, r.before, r.after) for r in rows] == [
            ("2024-11-04", "", "off"),
            ("2024-11-04", "off", ""),
        ]
        assert all(row.person_id for row in rows)


async def test_an_old_undo_changes_nothing(thu: Person, app: App) -> None:
    await thu.send("/lich nghi 04/11/2024 Bão")
    await thu.click("Ghi nhận")
    first = thu.last
    await thu.send("/lich nghi 05/11/2024 Bão")
    await thu.click("Ghi nhận")
    assert "Không hoàn tác được nữa" in await thu.click("Hoàn tác", first)
    assert len(kept(app)) == 2


async def test_a_span_leaves_out_weekends(thu: Person, app: App) -> None:
    await thu.send("/lich nghi 31/10/2024 đến 04/11/2024 Bão")
    await thu.send("ghi nhận")
    assert sorted(day.day for day in kept(app)) == [1, 4, 31]


async def test_a_saturday_is_worked_instead(thu: Person, app: App) -> None:
    assert "• thứ Bảy, 02/11/2024: đi làm – Làm bù" in await thu.send("/lich lam bu 02/11/2024")
    await thu.click("Ghi nhận")
    assert kept(app)[date(2024, 11, 2)].kind == "work"


async def test_an_estimated_day_is_confirmed_by_entering_it(thu: Person, app: App) -> None:
    said = await thu.send("/lich nghi 08/02/2027")
    assert "(hiện nay: nghỉ – Mùng ba Tết Nguyên Đán)" in said
    await thu.click("Ghi nhận")
    assert kept(app)[date(2027, 2, 8)].name == "Mùng ba Tết Nguyên Đán"
    assert "08/02/2027: nghỉ – Mùng ba Tết Nguyên Đán\n" in await thu.send("/lich 2027")


async def test_what_was_entered_goes_and_the_general_calendar_stays(thu: Person, app: App) -> None:
    assert "theo lịch chung" in await thu.send("/lich bo 30/04/2024")
    await thu.send("/lich nghi 04/11/2024 Bão")
    await thu.click("Ghi nhận")
    assert "• thứ Hai, 04/11/2024: bỏ (nghỉ – Bão)" in await thu.send("/lich bỏ 04/11/2024")
    await thu.click("Ghi nhận")
    assert kept(app) == {}


async def test_the_day_of_culture_is_switched(thu: Person) -> None:
    assert "là ngày làm việc" in await thu.send("/lich ngày văn hóa không")
    await thu.click("Ghi nhận")
    assert "24/11/2026" not in await thu.send("/lich 2026")
    await thu.send("/lich ngayvanhoa co")
    await thu.click("Ghi nhận")
    assert "24/11/2026" in await thu.send("/lich 2026")


@pytest.mark.parametrize(
    "typed",
    [
        "/lich nghi",
        "/lich nghi 31/11/2024",
        "/lich nghi 04/11/2024 01/11/2024",
        "/lich nghi 04/11/2050",
        "/lich nghi mai",
        "/lich 20",
        "/lich ngayvanhoa có lẽ",
    ],
)
async def test_what_is_not_understood_gets_examples(thu: Person, app: App, typed: str) -> None:
    assert "/lich nghi 16/02/2024 20/02/2024 Tết – các ngày nghỉ" in await thu.send(typed)
    assert kept(app) == {}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/lich nghi 02/11/2024", "thứ Bảy, 02/11/2024 vốn không phải là ngày làm việc."),
        ("/lich lambu 04/11/2024", "thứ Hai, 04/11/2024 vốn là ngày làm việc."),
        ("/lich bo 04/11/2024", "Chưa có nội dung nào được nhập cho thứ Hai, 04/11/2024."),
    ],
)
async def test_what_stands_already_says_so(thu: Person, typed: str, told: str) -> None:
    assert told in await thu.send(typed)


async def test_officials_look_and_focal_points_do_not(hoa: Person, lan: Person) -> None:
    said = await hoa.send("/lich 2026")
    assert "Để thay đổi" not in said
    assert "Chỉ quản trị viên" in await hoa.send("/lich nghi 04/11/2024")
    assert "không thuộc vai trò" in await lan.send("/lich")


async def test_the_open_question_waits(thu: Person) -> None:
    await thu.send("/thongbao")
    await thu.send("/lich nghi 04/11/2024 Bão")
    assert "nhập nội dung thông báo" in await thu.send("/huy")
    await thu.send("/lich nghi 04/11/2024 Bão")
    assert "nhập nội dung thông báo" in await thu.click("Giữ nguyên")


async def test_of_two_who_settle_the_same_the_later_is_told(
    thu: Person, boss: Person, app: App
) -> None:
    await boss.send("/start")
    await boss.click("Đồng ý")
    await boss.send("Sếp Lớn")
    await thu.send("/lich nghi 04/11/2024 Bão")
    await boss.send("/lich nghi 04/11/2024 Lụt")
    await boss.click("Ghi nhận")
    assert "người khác đã thay đổi" in await thu.click("Ghi nhận")
    assert kept(app)[date(2024, 11, 4)].name == "Lụt"


async def test_who_is_no_administrator_any_more_confirms_nothing(
    thu: Person, app: App, office: Office
) -> None:
    await thu.send("/lich nghi 04/11/2024 Bão")
    office.revoke(thu)
    await thu.send("1")
    assert kept(app) == {}
