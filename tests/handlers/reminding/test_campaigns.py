"""`/lich dot`: campaign days, the learning week above all."""

from datetime import date

import pytest

from bot.app import App
from sandbox.person import Person

WEEK = "Tuần lễ hưởng ứng học tập suốt đời"


def first_day(app: App, day_id: str, year: int) -> date:
    app.clockwork.tick()
    rules = app.services.rules
    day = rules.day(day_id)
    assert day
    return rules.span(day, year).first_on


async def test_the_learning_week_awaits_the_dispatch(thu: Person) -> None:
    said = await thu.send("/lich dot 2026")
    assert "1. Ngày Sách và Văn hóa đọc Việt Nam: thứ Ba, 21/04/2026" in said
    assert f"{WEEK}: từ 01/10/2026 đến hết thứ Tư, 07/10/2026 (chờ công văn)" in said


async def test_it_is_moved_and_so_confirmed(thu: Person, app: App) -> None:
    said = await thu.send("/lich dot tuanle 14/10/2024 20/10/2024")
    assert "(chờ công văn) → từ 14/10/2024 đến hết Chủ nhật, 20/10/2024" in said
    assert f"• {WEEK}, năm 2024 (trước 7 ngày): 24/09/2024 → thứ Hai, 07/10/2024" in said
    await thu.click("Ghi nhận")
    said = await thu.click("Xem hiện trạng")
    assert f"{WEEK}: từ 14/10/2024 đến hết Chủ nhật, 20/10/2024\n" in said
    assert first_day(app, "tuan-le-hoc-tap-suot-doi", 2024) == date(2024, 10, 14)
    assert first_day(app, "tuan-le-hoc-tap-suot-doi", 2025) == date(2025, 10, 1)


async def test_its_days_are_confirmed_as_they_are(thu: Person) -> None:
    await thu.send("/lich dot tuanle xác nhận 2024")
    await thu.click("Ghi nhận")
    assert "07/10/2024\n" in await thu.send("/lich dot 2024")
    await thu.send("/lich dot tuanle macdinh 2024")
    await thu.click("Ghi nhận")
    assert "07/10/2024 (chờ công văn)" in await thu.send("/lich dot 2024")


async def test_a_day_of_ones_own_comes_and_goes(thu: Person, app: App) -> None:
    said = await thu.send("/lich dot thêm 24/11 Ngày Văn hóa Việt Nam")
    assert "• thêm: Ngày Văn hóa Việt Nam, 24/11 hằng năm" in said
    await thu.click("Ghi nhận")
    assert "6. Ngày Văn hóa Việt Nam: thứ Hai, 24/11/2025" in await thu.send("/lich dot 2025")
    assert first_day(app, "ngay-van-hoa-viet-nam", 2025) == date(2025, 11, 24)
    await thu.send("/lich dot bỏ 6")
    await thu.click("Ghi nhận")
    assert "6. Ngày Văn hóa" not in await thu.send("/lich dot 2025")
    await thu.send("/lich hoàn tác")
    assert "6. Ngày Văn hóa" in await thu.send("/lich dot 2025")


async def test_of_two_days_of_one_name_both_stay(thu: Person) -> None:
    for day in ("24/11", "25/11"):
        await thu.send(f"/lich dot them {day} Ngày hội")
        await thu.click("Ghi nhận")
    said = await thu.send("/lich dot 2025")
    assert "6. Ngày hội: thứ Hai, 24/11/2025" in said
    assert "7. Ngày hội: thứ Ba, 25/11/2025" in said


async def test_what_stands_in_the_plan_stays(thu: Person) -> None:
    assert "có trong Kế hoạch nên không bỏ được" in await thu.send("/lich dot bo 1")


@pytest.mark.parametrize(
    "typed",
    [
        "/lich dot 9 14/10/2024",
        "/lich dot tuanle",
        "/lich dot tuanle 20/10/2024 14/10/2024",
        "/lich dot tuanle 30/12/2024 02/01/2025",
        "/lich dot tuanle 01/10/2024 31/12/2024",
        "/lich dot 2050",
        "/lich dot them 29/02 Ngày nhuận",
        "/lich dot them 24/11",
        "/lich dot bo",
    ],
)
async def test_what_is_not_understood_gets_examples(thu: Person, typed: str) -> None:
    said = await thu.send(typed)
    assert "/lich dot 5 12/10/2024 18/10/2024 – thời gian chính thức của mục 5" in said
    assert thu.buttons == []


async def test_officials_look_only(hoa: Person) -> None:
    assert WEEK in await hoa.send("/lich dot")
    assert "Chỉ quản trị viên" in await hoa.send("/lich dot bo 1")
