"""`/giahan` and `/tatnhac`: an administrator extends, exempts and mutes, and takes it back."""

from datetime import date, datetime

import pytest

from bot.app import App
from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.easings import Easings
from tests.handlers.scenes import Office, said_since

WHY = "mưa lũ làm hỏng sổ sách"


def until(app: App, agency_id: str = "quan-1") -> date | None:
    with app.database.transaction() as session:
        return Easings(session).extended_until(agency_id, 2024)


async def say(person: Person, *words: str) -> str:
    said = ""
    for word in words:
        said = await person.send(word)
    return said


@pytest.mark.parametrize(
    "ways",
    [
        [f"/giahan quan 1 15/11/2024 {WHY}", "ghi nhận"],
        ["/giahan Quận 1", "15/11", WHY, "có"],
        ["/giahan quận 1 15/11", WHY, "Ghi nhận"],
        [f"/giahan q1 15/11 {WHY}", "ghi nhận"],
    ],
)
async def test_an_administrator_extends_by_name(
    thu: Person, lan: Person, app: App, ways: list[str]
) -> None:
    said = await say(thu, *ways[:-1])
    assert "Ủy ban nhân dân Quận 1\nHạn nộp: hết thứ Hai, 04/11/2024 → hết thứ Sáu" in said
    assert until(app) is None
    assert "Đã ghi nhận mục số 1" in await thu.send(ways[-1])
    assert f"Lý do: {WHY}" in lan.last.text
    assert until(app) == date(2024, 11, 15)


async def test_an_official_grants_nothing_by_their_own_leave(hoa: Person, app: App) -> None:
    assert "Chỉ quản trị viên" in await hoa.send(f"/giahan quan 1 15/11 {WHY}")
    assert "Chỉ quản trị viên" in await hoa.send(f"/tatnhac quan 1 15/11 {WHY}")
    assert until(app) is None


async def test_or_exempts(thu: Person, lan: Person) -> None:
    said = await thu.send("/giahan quan 1 miễn Đơn vị sáp nhập trong năm")
    assert "hạn nộp hết thứ Hai, 04/11/2024 → được miễn" in said
    await thu.send("ghi nhận")
    assert "được miễn báo cáo năm 2024. Lý do: Đơn vị sáp nhập trong năm" in lan.last.text
    await say(thu, "/giahan quan 3")
    assert "đề nghị nêu lý do" in await thu.click("Miễn báo cáo")


async def test_taken_back_and_restored(thu: Person, lan: Person, app: App) -> None:
    await say(thu, f"/giahan quan 1 15/11 {WHY}", "ghi nhận")
    assert "Đã thu hồi mục số 1" in await thu.click("Thu hồi số 1")
    assert "gia hạn báo cáo năm 2024 đã được thu hồi. Hạn nộp báo cáo: hết thứ Hai" in lan.last.text
    assert until(app) is None
    assert "đã được thu hồi trước đó" in await thu.send("/giahan thuhoi 1")
    await thu.click("Khôi phục số 1")
    assert "được gia hạn đến hết thứ Sáu, 15/11/2024" in lan.last.text
    assert until(app) == date(2024, 11, 15)


@pytest.mark.parametrize("said", ["/tatnhac thuhoi 1", "/giahan bật 1"])
async def test_each_command_has_its_own_word(thu: Person, lan: Person, said: str, app: App) -> None:
    await say(thu, f"/giahan quan 1 15/11 {WHY}", "ghi nhận")
    told = await thu.send(said)
    assert "/giahan thuhoi 1" in told
    assert "/tatnhac bat 1" in told
    assert until(app) == date(2024, 11, 15)
    assert "Đã thu hồi mục số 1" in await thu.send("/giahan thu hồi 1")
    assert lan.messages


async def test_a_name_that_may_be_two_is_asked_about(thu: Person, app: App) -> None:
    assert "đơn vị nào" in (await thu.send(f"/giahan binh 15/11 {WHY}")).lower()
    await thu.send("1")
    await thu.send("ghi nhận")
    with app.database.transaction() as session:
        assert len(Easings(session).granted(2024, "extension")) == 1


async def test_the_day_is_looked_at_again_when_it_is_recorded(
    thu: Person, app: App, clock: PushedClock
) -> None:
    await thu.send(f"/giahan quan 1 15/11 {WHY}")
    clock.push_to(datetime(2024, 11, 18, 9, tzinfo=ZONE))
    assert "(thứ Sáu, 15/11/2024) đã qua" in await thu.send("ghi nhận")
    assert until(app) is None


async def test_the_reminders_of_one_agency_are_paused_and_resumed(
    thu: Person, lan: Person, office: Office, clock: PushedClock
) -> None:
    await say(thu, "/tatnhac quan 1 30/9 Chuyển trụ sở làm việc", "ghi nhận")
    assert "Tạm dừng nhắc đơn vị đến hết thứ Hai, 30/09/2024" in lan.last.text
    assert "• Số 1, Quận 1. Tạm dừng nhắc" in await thu.send("tắt nhắc")
    clock.push_to(datetime(2024, 9, 20, 8, tzinfo=ZONE))
    before = len(lan.messages)
    await office.tick()
    assert said_since(lan, before) == []
    await thu.click("Nhắc lại (số 1)")
    assert "lại được nhắc theo lịch" in lan.last.text
    assert "mọi đơn vị đều được nhắc" in await thu.send("/tatnhac")


async def test_the_open_question_of_an_administrator_waits(thu: Person) -> None:
    await thu.send("/thongbao")
    said = await say(thu, f"/giahan quan 1 15/11 {WHY}", "không ghi nhận")
    assert "Không ghi nhận thay đổi nào" in said
    assert "nhập nội dung thông báo" in thu.last.text
