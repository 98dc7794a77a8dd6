"""`/mocnhac`: the ladder as it is, and changed in the chat."""

import pytest

from bot.app import App
from plan.deadlines import Weekend
from plan.reminding.ladder import Ladder
from plan.reminding.rules import Escalation, Reviewing, Rules
from sandbox.person import Person


def rules(app: App) -> Rules:
    app.clockwork.tick()
    return app.services.rules


async def settle(thu: Person, typed: str) -> str:
    said = await thu.send(f"/mocnhac {typed}")
    await thu.click("Ghi nhận")
    return said


async def test_everything_that_holds_is_shown_with_its_days(thu: Person) -> None:
    said = await thu.send("mốc nhắc")
    assert "• Số ngày làm việc trước hạn: 30, 14, 7, 3, 1" in said
    assert "• Báo lãnh đạo đơn vị: từ 3 ngày làm việc sau hạn" in said
    assert "07:30–11:30, 13:00–17:00" in said
    assert "• thứ Sáu, 20/09/2024: mở đợt báo cáo" in said


async def test_a_ladder_is_shown_beside_the_old_one_and_confirmed(thu: Person, app: App) -> None:
    said = await settle(thu, "45 20 10 2 0 +2 +4")
    assert "Số ngày làm việc trước hạn: 30, 14, 7, 3, 1 → 20, 10, 2" in said
    assert "Số ngày làm việc sau hạn: 1, 3, 5 → 2, 4" in said
    assert "(trước 30 ngày làm việc): không nhắc nữa" in said
    assert rules(app).ladder == Ladder(45, (20, 10, 2), (2, 4), again=True)
    assert "trước hạn: 20, 10, 2" in await thu.click("Xem hiện trạng")


async def test_it_says_how_many_letters_that_makes(lan: Person, thu: Person) -> None:
    assert lan.chat
    said = await thu.send("/mocnhac 45 30 14 7 3 1 0 +1 +3")
    assert "12 tháng tới: hiện nay" in said


async def test_it_is_undone(thu: Person, app: App) -> None:
    await settle(thu, "khongmo 5")
    assert rules(app).ladder == Ladder(0, (5,), (), again=True)
    await thu.send("/mocnhac hoàn tác")
    assert rules(app).ladder == Ladder()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("leothang 2 4", Escalation(2, 4)),
        ("leo thang 1 60", Escalation(1, 60)),
    ],
)
async def test_who_hears_later_on(thu: Person, app: App, typed: str, told: Escalation) -> None:
    await settle(thu, typed)
    assert rules(app).escalation == told


async def test_that_nobody_would_hear_is_said(thu: Person) -> None:
    assert "(chưa có mốc nào muộn như vậy nên không ai được báo)" in await settle(
        thu, "leothang 3 9"
    )


async def test_everything_else_that_can_be_settled(thu: Person, app: App) -> None:
    words = ("choduyet 1 3", "noi bo 25/10", "cuoituan sau", "chieu khong", "kehoach 28/02")
    for typed in (*words, "sơ kết 30/11"):
        await settle(thu, typed)
    found = rules(app)
    assert found.reviewing == Reviewing(1, 3)
    assert found.terms.internal == (10, 25)
    assert found.terms.weekend is Weekend.NEXT
    assert not found.ladder.again
    assert (found.plan_by, found.review_by) == ((2, 28), (11, 30))
    await settle(thu, "macdinh")
    assert rules(app).ladder == Ladder()
    assert rules(app).terms.internal is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("45 abc", "“abc” không phải là số ngày."),
        ("45 7 14", "Các mốc trước hạn phải giảm dần"),
        ("45 14 14", "Các mốc trước hạn phải giảm dần"),
        ("45 14 0 +3 +1", "Các mốc sau hạn phải tăng dần"),
        ("45 14 0 +500", "Mỗi số phải từ 1 đến 120."),
        ("45 0 14", "Mỗi số phải từ 1 đến 120."),
        ("45 13 12 11 10 9 8 7 6 5 4 3 2 1", "không quá 12"),
        ("leothang 5 3", "số trước không lớn hơn số sau"),
        ("leothang 3", "số trước không lớn hơn số sau"),
        ("noibo 05/11", "Ngày nội bộ phải trước ngày cuối"),
        ("noibo 31/02", "Đề nghị nhập thêm ngày và tháng"),
        ("cuoituan nghỉ", "som, sau hoặc giu"),
        ("chieu", "“co” hoặc “khong”"),
    ],
)
async def test_what_makes_no_sense_is_told_with_an_example(
    thu: Person, app: App, typed: str, told: str
) -> None:
    said = await thu.send(f"/mocnhac {typed}")
    assert told in said
    assert "/mocnhac 45 30 14 7 3 1 0 +1 +3 +5" in said
    assert rules(app).ladder == Ladder()


async def test_what_holds_already_asks_nothing(thu: Person) -> None:
    assert "không có gì thay đổi" in await thu.send("/mocnhac leothang 3 5")


async def test_officials_look_only(hoa: Person, lan: Person) -> None:
    assert "Mốc nhắc báo cáo năm" in await hoa.send("/mocnhac")
    assert "Chỉ quản trị viên" in await hoa.send("/mocnhac 45 7")
    assert "không thuộc vai trò" in await lan.send("/mocnhac")
