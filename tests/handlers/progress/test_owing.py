"""`/chuanop`: who has not reported, whether they can be reached, and one press to remind them."""

from datetime import UTC, datetime, timedelta

import pytest

from plan.answers import Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.people import People
from tests.handlers.scenes import FIGURES, STATUSES, Office, said_since
from tests.security.traces import dump

EVENING = datetime(2024, 9, 16, 13, 0, tzinfo=UTC)


async def test_who_has_not_reported_with_those_nobody_reaches_first(
    hoa: Person, lan: Person, office: Office
) -> None:
    office.reported("quan-3", 2024, {"TV1.3": Share(1, 2)})
    said = await hoa.send("/chuanop")
    assert "26 đơn vị chưa nộp; trong đó 25 đơn vị không liên lạc được" in said
    assert "Quận 3" not in said
    assert "KHÔNG liên lạc được: chưa có đầu mối" in said
    last = await hoa.send("/chuanop trang 9")
    assert "Quận 1 – chưa bắt đầu" in last
    assert "chưa nhắc lần nào · chưa phản hồi lần nào · liên lạc được" in last
    assert lan


async def test_a_draft_is_told_from_nothing(hoa: Person, lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.3": Share(1, 2)}, {})
    said = await hoa.send("/chuanop trang 9")
    assert "Quận 1 – đang nhập, đã có 1 số liệu" in said
    assert "phản hồi gần nhất 09:00 16/09/2024" in said
    assert lan


async def test_who_blocked_the_bot_is_named(hoa: Person, lan: Person, office: Office) -> None:
    with office.app.database.transaction() as session:
        People(session).unreachable("telegram", str(lan.chat_id), "blocked", office.now)
    said = "".join([await hoa.send(f"/chuanop trang {page}") for page in range(1, 6)])
    assert "KHÔNG liên lạc được: Nguyễn Thị Lan, từ 09:00 16/09/2024" in said


async def test_one_press_reminds_and_is_written_down(
    hoa: Person, lan: Person, office: Office
) -> None:
    await hoa.send("/chuanop trang 9")
    assert "Hệ thống sẽ nhắc Quận 1: 1 người, lúc 09:00" in await hoa.click("Nhắc Quận 1")
    assert "cơ quan thường trực đề nghị đơn vị nộp báo cáo năm 2024" in lan.last.text
    assert "còn 10/10 câu chưa trả lời" in lan.last.text
    assert "report.nudged" in dump(office.app.database)
    assert "cán bộ đề nghị nhắc" in await hoa.send("/nhatky quan 1")
    assert "nhắc gần nhất 09:00 16/09/2024" in await hoa.send("/chuanop trang 9")


@pytest.mark.parametrize("typed", ["/nhac quan 1", "Nhắc Quận 1", "nhac q1"])
async def test_it_can_be_typed(hoa: Person, lan: Person, typed: str) -> None:
    assert "sẽ nhắc Quận 1" in await hoa.send(typed)
    assert lan


async def test_once_a_day_is_enough(hoa: Person, lan: Person, clock: PushedClock) -> None:
    await hoa.send("/nhac quan 1")
    before = len(lan.messages)
    assert "Mỗi ngày chỉ nhắc một lần" in await hoa.send("/nhac quan 1")
    assert len(lan.messages) == before
    clock.push_to(datetime(2024, 9, 17, 2, 0, tzinfo=UTC))
    assert "sẽ nhắc Quận 1" in await hoa.send("/nhac quan 1")


async def test_who_reports_meanwhile_is_not_reminded(
    hoa: Person, lan: Person, office: Office, clock: PushedClock
) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    clock.push_to(EVENING)
    assert "lúc 07:30 17/09/2024" in await hoa.send("/nhac quan 1")
    office.submit("quan-1")
    before = len(lan.messages)
    clock.push_to(EVENING + timedelta(hours=12))
    await office.tick()
    assert said_since(lan, before) == []


@pytest.mark.parametrize("said", ["/nhac quan 3", "/nhac quan 4"])
async def test_nobody_to_remind_is_said(hoa: Person, office: Office, said: str) -> None:
    office.reported("quan-3", 2024, {"TV1.3": Share(1, 2)})
    told = await hoa.send(said)
    assert "không còn nợ báo cáo" in told or "không liên lạc được với ai ở Quận 4" in told


async def test_an_unclear_agency_is_asked_about(hoa: Person) -> None:
    assert "Có nhiều đơn vị khớp" in await hoa.send("/nhac binh")
    assert "ở Quận Bình Tân" in await hoa.click("Quận Bình Tân")


@pytest.mark.parametrize("said", ["/chuanop", "/nhac quan 3"])
async def test_focal_points_neither_see_nor_remind_others(lan: Person, said: str) -> None:
    assert "không thuộc vai trò" in await lan.send(said)
    assert "Quận 3" not in lan.last.text
