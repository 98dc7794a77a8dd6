"""`/lich viec`: when tasks are due."""

from datetime import date

import pytest

from bot.app import App
from plan.reminding.rules import TaskTiming, Timing
from sandbox.person import Person


def timing(app: App, code: str) -> TaskTiming | None:
    app.clockwork.tick()
    return app.services.rules.tasks.get(code)


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("18/05 14", TaskTiming(Timing.DATE, "05-18", 14), "18/05 hằng năm, nhắc trước 14 ngày"),
        ("18/05", TaskTiming(Timing.DATE, "05-18", 14), "18/05 hằng năm, nhắc trước 14 ngày"),
        (
            "18/05/2027 7",
            TaskTiming(Timing.DATE, "2027-05-18", 7),
            "thứ Ba, 18/05/2027, nhắc trước 7 ngày",
        ),
        (
            "tháng 6 10",
            TaskTiming(Timing.MONTH, "6", 10),
            "hết tháng 6 hằng năm, nhắc trước 10 ngày",
        ),
        (
            "dot 3 30",
            TaskTiming(Timing.EVENT, "ngay-quoc-te-bao-tang", 30),
            "Ngày Quốc tế bảo tàng, nhắc trước 30 ngày",
        ),
    ],
)
async def test_a_task_gets_a_date_a_month_or_an_event(
    thu: Person, app: App, typed: str, kept: TaskTiming, told: str
) -> None:
    said = await thu.send(f"/lich viec IV.10.a {typed}")
    assert f"không có thời hạn → {told}" in said
    await thu.click("Ghi nhận")
    assert told in await thu.click("Xem hiện trạng")
    assert timing(app, "IV.10.a") == kept


async def test_a_date_is_taken_away_and_given_back(thu: Person, app: App) -> None:
    said = await thu.send("/lich việc II.1.b bỏ")
    assert "Tuần lễ hưởng ứng học tập suốt đời, nhắc trước 30 ngày → không có thời hạn" in said
    await thu.click("Ghi nhận")
    assert timing(app, "II.1.b") == TaskTiming(Timing.NONE, "", 0)
    await thu.click("Hoàn tác")
    assert timing(app, "II.1.b") == TaskTiming(Timing.EVENT, "tuan-le-hoc-tap-suot-doi", 30)


async def test_the_programs_own_date_holds_again(thu: Person, app: App) -> None:
    for typed in ("18/05 14", "macdinh"):
        await thu.send(f"/lich viec IV.10.a {typed}")
        await thu.click("Ghi nhận")
    assert timing(app, "IV.10.a") is None


async def test_the_reminders_that_it_makes_are_counted(lan: Person, thu: Person) -> None:
    assert lan.chat
    said = await thu.send("/lich viec IV.10.a 14/10/2024 7")
    assert "• nhiệm vụ IV.10.a" in said
    assert "thêm, thứ Hai, 07/10/2024" in said
    assert "thêm, thứ Hai, 14/10/2024" in said


async def test_in_a_year_without_the_29th_it_is_the_28th(thu: Person, app: App) -> None:
    await thu.send("/lich viec IV.10.a 29/02 3")
    await thu.click("Ghi nhận")
    app.clockwork.tick()
    assert app.services.rules.task_on("IV.10.a", 2027) == date(2027, 2, 28)


@pytest.mark.parametrize(
    "typed",
    [
        "XX.1 18/05",
        "TV1.2 18/05",
        "IV.10.a 31/11",
        "IV.10.a thang 13",
        "IV.10.a dot 9",
        "IV.10.a 18/05 500",
        "IV.10.a 18/05 14 nữa",
        "IV.10.a lúc nào đó",
    ],
)
async def test_what_is_not_understood_gets_examples(thu: Person, app: App, typed: str) -> None:
    said = await thu.send(f"/lich viec {typed}")
    assert "/lich viec II.1.a 18/05 14 – hằng năm" in said
    assert timing(app, "IV.10.a") is None


async def test_officials_look_only(hoa: Person) -> None:
    assert "• II.1.b" in await hoa.send("/lich viec")
    assert "Chỉ quản trị viên" in await hoa.send("/lich viec IV.10.a bo")
