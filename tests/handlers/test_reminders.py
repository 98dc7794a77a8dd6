"""What people are reminded of, in which words, and when not."""

from datetime import datetime

import pytest

from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office, said_since


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=ZONE)


async def test_a_reminder_says_what_until_when_and_what_to_do(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    office.drafted("quan-1", {**FIGURES, "TV3": None, "VH1": None}, STATUSES)
    clock.push_to(at(11, 1))
    await office.tick()
    said = lan.last.text
    assert said.startswith("Kính gửi anh/chị Lan (Quận 1),")
    assert "còn thiếu 2 câu: TV3, VH1." in said
    assert "Hạn nộp: trước 05/11/2024 (hết thứ Hai, 04/11/2024, còn 1 ngày làm việc)" in said
    assert len(said) <= 600


async def test_the_button_begins_the_report(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(at(11, 1))
    await office.tick()
    assert "Câu 1/10" in await lan.click("Bắt đầu báo cáo")


async def test_on_the_last_working_day(lan: Person, office: Office, clock: PushedClock) -> None:
    clock.push_to(at(11, 4))
    await office.tick()
    assert "Hôm nay là ngày làm việc cuối cùng trước khi hết hạn" in lan.last.text
    assert "trước 05/11/2024" in lan.last.text


async def test_after_the_deadline(lan: Person, office: Office, clock: PushedClock) -> None:
    clock.push_to(at(11, 5))
    await office.tick()
    assert "trước 05/11/2024 (hết thứ Hai, 04/11/2024), nay đã quá hạn" in lan.last.text
    assert "nộp muộn" in lan.last.text


async def test_who_has_reported_is_left_in_peace(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    office.reported("quan-1", 2024, {})
    clock.push_to(at(11, 4))
    await office.tick()
    assert not lan.messages


async def test_who_reports_while_the_reminder_waits_does_not_get_it(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(at(11, 4, 11, 45))
    await office.tick()
    office.reported("quan-1", 2024, {})
    clock.push_to(at(11, 4, 13))
    await office.tick()
    assert not lan.messages


async def test_nothing_is_sent_at_noon(lan: Person, office: Office, clock: PushedClock) -> None:
    clock.push_to(at(11, 4, 12))
    await office.tick()
    assert not lan.messages
    clock.push_to(at(11, 4, 13))
    await office.tick()
    assert len(lan.messages) == 1


@pytest.mark.parametrize("moment", [at(11, 2, 9), at(11, 4, 7), at(11, 4, 22)])
async def test_nothing_is_sent_outside_office_hours(
    lan: Person, office: Office, clock: PushedClock, moment: datetime
) -> None:
    clock.push_to(at(11, 1))
    await office.tick()
    before = len(lan.messages)
    clock.push_to(moment)
    await office.tick()
    assert said_since(lan, before) == []


async def test_after_a_long_silence_there_is_no_burst(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(at(11, 7, 10))
    await office.tick()
    await office.tick()
    assert len(lan.messages) == 1


async def test_who_is_only_requested_is_asked_politely(
    cast: Cast, office: Office, clock: PushedClock
) -> None:
    friend = cast.member(120, "Ngô Thị Mai", "hoi-khuyen-hoc", "focal")
    office.assign("hoi-khuyen-hoc", "VH1")
    clock.push_to(at(11, 1))
    await office.tick()
    assert "Trân trọng đề nghị quý cơ quan gửi kết quả thực hiện" in friend.last.text
    assert "chưa gửi" not in friend.last.text
    clock.push_to(at(11, 5))
    await office.tick()
    assert len(friend.messages) == 1


async def test_who_reports_on_request_is_not_reminded(
    cast: Cast, office: Office, clock: PushedClock
) -> None:
    soldier = cast.member(121, "Lý Văn Quân", "bo-tu-lenh", "focal")
    clock.push_to(at(11, 4))
    await office.tick()
    assert not soldier.messages


async def test_officials_and_administrators_are_not_reminded(
    hoa: Person, thu: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(at(11, 4))
    await office.tick()
    assert not hoa.messages
    # An administrator hears of the steps that nobody was there to send, and of nothing else.
    assert not any("Kính gửi" in message.text for message in thu.messages)


async def test_a_campaign_day_is_announced_a_week_before(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(at(11, 15))
    await office.tick()
    (said,) = [message.text for message in lan.messages if "Ngày Di sản" in message.text]
    assert "Sắp đến Ngày Di sản văn hóa Việt Nam: thứ Bảy, 23/11/2024" in said
    assert "mục II.1.b" in said


async def test_a_week_whose_dates_are_not_certain_says_so(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(at(9, 24))
    await office.tick()
    (said,) = [message.text for message in lan.messages if "Tuần lễ" in message.text]
    assert "từ 01/10/2024 đến hết thứ Hai, 07/10/2024" in said
    assert "còn chờ văn bản thông báo chính thức" in said


async def test_signs_in_a_name_do_not_break_a_reminder(
    cast: Cast, office: Office, clock: PushedClock
) -> None:
    odd = cast.member(122, "Trần <b>&Co", "quan-3", "focal")
    clock.push_to(at(11, 4))
    await office.tick()
    assert odd.last.text.startswith("Kính gửi anh/chị <b>&Co (Quận 3),")


async def test_who_has_tasks_only_is_not_told_it_has_not_begun(
    cast: Cast, office: Office, clock: PushedClock
) -> None:
    friend = cast.member(124, "Vũ Thị Tài", "so-tc", "focal")
    office.drafted("so-tc", {}, dict.fromkeys(office.led_by("so-tc"), "done"))
    clock.push_to(at(11, 1))
    await office.tick()
    assert "Đơn vị chưa nộp báo cáo năm 2024" in friend.last.text


async def test_a_task_without_an_answer_is_missing_too(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    office.drafted("quan-1", FIGURES, {"IV.10.a": "done", "IV.10.b": "skipped"})
    clock.push_to(at(11, 1))
    await office.tick()
    assert "còn thiếu 2 câu: IV.10.b, IV.10.c." in lan.last.text


async def test_who_is_asked_nothing_is_not_reminded(
    cast: Cast, office: Office, clock: PushedClock
) -> None:
    friend = cast.member(125, "Ngô Thị Mai", "hoi-thu-vien", "focal")
    clock.push_to(at(11, 1))
    await office.tick()
    assert not friend.messages
