"""`/nhatky`: what was sent, what was not, and why."""

from datetime import date, time

import pytest

from bot.app import App
from handlers.language import words_for
from handlers.reminding.fates import reason
from plan.calendars import moment
from plan.reminding.deciding import Why
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.easings import Easings
from tests.cast import Cast
from tests.handlers.papers import Papers
from tests.handlers.scenes import Office


async def opened(office: Office, clock: PushedClock, *days: date) -> None:
    for day in days or (date(2024, 9, 20),):
        clock.push_to(moment(day, time(8)))
        await office.tick()


async def test_what_was_sent_has_its_moment(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    await opened(office, clock)
    said = await lan.send("/nhatky")
    assert "Ủy ban nhân dân Quận 1 – nhật ký nhắc năm 2024" in said
    opened_on = "• thứ Sáu, 20/09/2024: báo cáo năm 2024 (mở đợt báo cáo)"
    assert f"{opened_on}, gửi Nguyễn Thị Lan – đã gửi lúc 08:00" in said


async def test_a_press_is_an_answer(lan: Person, office: Office, clock: PushedClock) -> None:
    await opened(office, clock)
    await lan.click("Bắt đầu báo cáo")
    assert "đã phản hồi lúc" in await lan.send("/nhatky")


async def test_what_was_not_sent_has_its_reason(
    hoa: Person, office: Office, clock: PushedClock, app: App
) -> None:
    with app.database.transaction() as session:
        Easings(session).grant("quan-1", 2024, "mute", None, reason="lũ", now=app.clock())
    await opened(office, clock)
    assert "không gửi: đang tạm dừng nhắc đơn vị" in await hoa.send("/nhatky quận 1")


async def test_the_newest_comes_first_and_the_older_on_the_next_page(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    days = [date(2024, 9, 20), date(2024, 9, 23), date(2024, 10, 15), date(2024, 10, 24)]
    late = [date(2024, 10, 30), date(2024, 11, 1), date(2024, 11, 4), date(2024, 11, 5)]
    await opened(office, clock, *days, *late, date(2024, 11, 7), date(2024, 11, 11))
    said = await lan.send("nhật ký")
    assert said.index("04/11/2024: báo cáo") < said.index("01/11/2024: báo cáo")
    assert "Trang 1/2." in said
    older = await lan.click("Lời nhắc cũ hơn")
    assert "mở đợt báo cáo" in older
    assert older == await lan.send("/nhatky 2024 trang 2")


async def test_a_year_without_reminders_says_so(lan: Person) -> None:
    assert "chưa có lời nhắc nào đến kỳ" in await lan.send("/nhatky 2023")


async def test_a_focal_point_sees_no_other_agency(lan: Person) -> None:
    assert "chỉ xem được thông tin của đơn vị" in await lan.send("/nhatky quận 3")


async def test_an_agencys_ledger_as_a_workbook(
    lan: Person, office: Office, clock: PushedClock, papers: Papers
) -> None:
    await opened(office, clock)
    await lan.send("/nhatky")
    await lan.click("Tải Excel")
    headings, line = papers.sheet(lan)
    assert headings[4:6] == ["Người nhận", "Kết quả"]
    assert line[:2] == ["20/09/2024", "Ủy ban nhân dân Quận 1"]
    assert line[2:6] == [
        "báo cáo năm 2024",
        "mở đợt báo cáo",
        lan.chat.name,
        "đã gửi, chưa phản hồi",
    ]
    assert line[6:] == ["08:00 20/09/2024", "08:00 20/09/2024", "", ""]
    assert papers.name(lan) == "nhat-ky-nhac-quan-1-2024.xlsx"


async def test_all_agencies_of_a_year_as_csv(
    thu: Person, lan: Person, office: Office, clock: PushedClock, papers: Papers
) -> None:
    await opened(office, clock)
    assert lan.messages
    said = await thu.send("/nhatky tất cả 2024")
    assert "• đã gửi, chưa phản hồi: 2" in said
    await thu.click("Tải CSV")
    _, *lines = papers.table(thu)
    assert {line[1] for line in lines} >= {"Ủy ban nhân dân Quận 1", "Ủy ban nhân dân Quận 3"}
    assert "chưa liên lạc được với người nhận" in {line[9] for line in lines if not line[4]}


async def test_a_name_is_no_formula_in_a_csv(
    cast: Cast, office: Office, clock: PushedClock, papers: Papers
) -> None:
    sly = cast.member(108, "=1+1", "quan-1", "focal")
    await opened(office, clock)
    await sly.send("/nhatky 2024 csv")
    assert papers.table(sly)[1][4] == "'=1+1"


@pytest.mark.parametrize("typed", ["/nhatky tatca 2024 csv", "/nhatky quận 3 2024 excel"])
async def test_a_focal_point_gets_no_file_of_others(
    lan: Person, papers: Papers, typed: str
) -> None:
    assert "chỉ xem được thông tin của đơn vị" in await lan.send(typed)
    assert papers.count(lan) == 0


async def test_a_file_is_not_for_whom_it_was_taken_from_meanwhile(
    lan: Person, office: Office, papers: Papers, telegram: Telegram, app: App
) -> None:
    telegram.world.say(lan.chat, "/nhatky excel")
    await app.intake.poll()
    await app.staff.handle_all()
    office.revoke(lan)
    await app.pump()
    assert papers.count(lan) == 0


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_told_in_words(why: Why) -> None:
    assert reason(words_for("vi"), why.value) != why.value
