"""`/nhatky`: what was sent, what was not, and why."""

from datetime import date, time

import pytest

from bot.app import App
from handlers.language import words_for
from handlers.reminding.diary import reason
from plan.calendars import moment
from plan.reminding.deciding import Why
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.easings import Easings
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
    assert "• thứ Sáu, 20/09/2024: báo cáo năm 2024 (mở đợt báo cáo) – đã gửi lúc 08:00" in said


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


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_told_in_words(why: Why) -> None:
    assert reason(words_for("vi"), why.value) != why.value
