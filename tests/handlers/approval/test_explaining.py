"""`/giaitrinh`: an official asks about one figure; the answer stands beside it."""

from datetime import date, time

import pytest

from plan.calendars import moment
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.handlers.approval.conftest import Court, say
from tests.handlers.scenes import FIGURES, Office

WHY = "Vì sao tăng nhiều so với năm trước?"
ANSWER = "Phường mở thêm hai thư viện trong năm"


@pytest.fixture
async def asked(hoa: Person, sent: Person) -> Person:
    await say(hoa, f"/giaitrinh quan 1 TV1.3 {WHY}", "20/09", "gửi")
    return sent


async def test_the_agency_is_asked_and_answers_in_the_chat(
    hoa: Person, asked: Person, office: Office
) -> None:
    assert "Đề nghị giải trình – Ủy ban nhân dân Quận 1" in asked.last.text
    assert f"TV1.3 (Phạm Thị Hoa, 09:00 16/09/2024): “{WHY}”" in asked.last.text
    await asked.click("Giải trình (số 1)")
    assert f"“{ANSWER}”" in await asked.send(ANSWER)
    assert f"Trả lời (Nguyễn Thị Lan, 09:00 16/09/2024): “{ANSWER}”" in hoa.last.text
    assert f"Trả lời: “{ANSWER}”" in await hoa.click("Xem báo cáo")
    assert office.figures()["TV1.3"].numerator == 8


async def test_step_by_step(hoa: Person, sent: Person) -> None:
    assert "Nội dung cần giải trình là gì?" in await hoa.send("/giaitrinh quan 1 TV1.3")
    assert "Nội dung cần giải trình là gì?" in await hoa.send("sao vậy")
    await hoa.send(WHY)
    assert "là ngày nghỉ" in await hoa.send("21/09")
    await hoa.click("18/09/2024")
    assert "Đã gửi đề nghị giải trình số 1" in await hoa.click("Gửi đề nghị")
    assert "Hạn giải trình: hết thứ Tư, 18/09/2024" in sent.last.text


async def test_what_waits_is_listed_for_each(
    hoa: Person, asked: Person, vy: Person, office: Office
) -> None:
    office.reported("quan-3", 2024, FIGURES)
    await say(hoa, f"/giaitrinh quan 3 TV1.3 {WHY}", "18/09", "gửi")
    said = await hoa.send("/giaitrinh")
    assert said.index("Số 2 – Quận 3") < said.index("Số 1 – Quận 1")
    assert "Quận 3" not in await asked.send("/giaitrinh")
    assert "Số 1 – Quận 1" in await vy.send("/giaitrinh")


@pytest.mark.parametrize("answer", ["ngắn", "x" * 1501])
async def test_an_answer_that_cannot_be_kept_is_asked_for_again(asked: Person, answer: str) -> None:
    await asked.send("/giaitrinh 1")
    assert "từ 10 đến 1.500 ký tự" in await asked.send(answer)
    assert f"“{ANSWER}”" in await asked.send(ANSWER)


async def test_the_second_answer_does_not_replace_the_first(asked: Person, vy: Person) -> None:
    await asked.send("/giaitrinh 1")
    await say(vy, "/giaitrinh 1", ANSWER)
    said = await asked.send("Số liệu đã được kiểm tra lại")
    assert f"đã được trả lời: “{ANSWER}”" in said


async def test_it_can_be_withdrawn(hoa: Person, asked: Person) -> None:
    await hoa.click("Rút đề nghị số 1")
    assert "anh/chị không cần giải trình" in asked.last.text
    assert "đã được rút" in await asked.send("/giaitrinh 1")
    assert "không còn chờ trả lời" in await hoa.send("/giaitrinh rut 1")


async def test_others_neither_ask_nor_answer(
    hoa: Person, leader: Person, asked: Person, office: Office
) -> None:
    assert "nhập /giaitrinh để xem" in await leader.send(f"/giaitrinh quan 1 TV1.3 {WHY}")
    assert "Không có đề nghị giải trình số 1" in await hoa.send("/giaitrinh 1")
    await asked.send("/giaitrinh 1")
    office.revoke(asked)
    await asked.send(ANSWER)
    assert "Số 1 – Quận 1" in await hoa.send("/giaitrinh")


async def test_the_right_to_ask_is_asked_for_at_the_press(
    hoa: Person, sent: Person, office: Office, court: Court
) -> None:
    await say(hoa, f"/giaitrinh quan 1 TV1.3 {WHY}", "20/09")
    office.revoke(hoa)
    office.appoint(hoa, "quan-1", "official")
    assert "không còn quyền" in await hoa.click("Gửi đề nghị")
    assert "Không có đề nghị" in await sent.send("/giaitrinh")
    assert court.state() == "submitted"


async def test_the_morning_calls_for_it_and_late_the_office_hears(
    hoa: Person, asked: Person, office: Office, clock: PushedClock
) -> None:
    for day in (19, 20):
        clock.push_to(moment(date(2024, 9, day), time(8)))
        await office.tick()
    assert "giải trình chỉ tiêu TV1.3" in asked.last.text
    heard = len(hoa.messages)
    clock.push_to(moment(date(2024, 9, 23), time(8)))
    await office.tick()
    assert "Hạn trả lời là hết thứ Sáu, 20/09/2024" in asked.last.text
    assert any(
        "đã quá hạn mà chưa có trả lời: Quận 1 (TV1.3)" in m.text for m in hoa.messages[heard:]
    )
    await asked.send("/giaitrinh 1")
    await asked.send(ANSWER)
    heard = len(asked.messages)
    clock.push_to(moment(date(2024, 9, 25), time(8)))
    await office.tick()
    assert not any("giải trình" in m.text for m in asked.messages[heard:])
