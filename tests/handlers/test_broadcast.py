"""`/thongbao`: compose, choose who, preview, confirm once, watch."""

from datetime import UTC, datetime

import pytest

from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.scenes import Office, button, said_since

NOTICE = "Mời họp <b>9h & 14h</b> ngày 20/9"
HEAD = "Thông báo của cơ quan thường trực"


async def compose(admin: Person, audience: str = "2") -> str:
    await admin.send("/thongbao")
    await admin.send(NOTICE)
    return await admin.send(audience)


async def test_shows_the_notice_and_the_exact_count_first(thu: Person, lan: Person) -> None:
    said = await compose(thu)
    assert "Xem trước" in said
    assert NOTICE in said
    assert "gửi đến 1 người thuộc 1 đơn vị" in said
    assert not lan.messages


async def test_a_confirmed_notice_arrives_as_typed(thu: Person, lan: Person) -> None:
    await compose(thu)
    assert "Đã tiếp nhận thông báo số 1, gửi đến 1 người" in await thu.click("Gửi")
    assert lan.last.text == f"{HEAD}\n\n{NOTICE}"


async def test_a_notice_can_be_sent_by_typing_alone(thu: Person, lan: Person) -> None:
    await thu.send("thong bao")
    assert "Anh/chị gửi thông báo này đến ai" in await thu.send(NOTICE)
    await thu.send("tat ca moi nguoi")
    await thu.send("gui di")
    assert HEAD in lan.last.text


async def test_a_double_tap_sends_once(thu: Person, lan: Person, office: Office) -> None:
    await compose(thu)
    card, before = thu.last, len(thu.messages)
    await office.press(card, button(card, "1. Gửi"), times=2)
    assert [HEAD in message.text for message in lan.messages] == [True]
    assert any(
        "Nút này đã được sử dụng hoặc đã hết hiệu lực" in said for said in said_since(thu, before)
    )


async def test_the_result_is_told(thu: Person, lan: Person, office: Office) -> None:
    await compose(thu)
    await thu.send("gửi")
    await office.tick()
    assert lan.messages
    assert "Đã gửi: 1/1" in thu.last.text
    before = len(thu.messages)
    await office.tick()
    assert said_since(thu, before) == []


async def test_outside_office_hours_it_waits(
    thu: Person, lan: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(datetime(2024, 9, 20, 14, 0, tzinfo=UTC))
    await compose(thu)
    assert "trong giờ hành chính, bắt đầu từ 07:30 23/09/2024" in await thu.send("gửi")
    await office.tick()
    assert not lan.messages
    assert "Đang chờ gửi: 1" in thu.last.text
    clock.push_to(datetime(2024, 9, 23, 0, 30, tzinfo=UTC))
    await office.tick()
    assert HEAD in lan.last.text


async def test_the_text_can_be_changed_before_sending(thu: Person, lan: Person) -> None:
    await compose(thu)
    assert "nhập nội dung thông báo" in await thu.send("sửa")
    await thu.send("Hoãn họp")
    await thu.send("2")
    await thu.send("1")
    assert lan.last.text.endswith("Hoãn họp")


@pytest.mark.parametrize("words", ["không gửi", "3", "bỏ", "/huy"])
async def test_a_notice_can_be_dropped(
    thu: Person, lan: Person, office: Office, words: str
) -> None:
    await compose(thu)
    await thu.send(words)
    await office.tick()
    assert not lan.messages


@pytest.mark.parametrize("notice", ["Hủy lịch họp ngày 20/9", "Báo cáo gửi sớm", "Menu mới", "1"])
async def test_a_notice_may_begin_like_a_command(thu: Person, lan: Person, notice: str) -> None:
    await thu.send("/thongbao")
    for words in (notice, "2", "gửi"):
        await thu.send(words)
    assert lan.last.text.endswith(notice)


async def test_a_notice_has_a_length(thu: Person) -> None:
    await thu.send("/thongbao")
    assert "1.501 ký tự, vượt mức tối đa 1.500" in await thu.send("<" * 1501)
    await thu.send("<" * 1500)
    assert "Xem trước" in await thu.send("1")
    assert len(thu.last.text) < 2000


async def test_audiences_are_told_apart(thu: Person, lan: Person, cast: Cast) -> None:
    minh = cast.minh()
    assert "1 người" in await compose(thu, "Đầu mối của các sở, ngành")
    await thu.send("gửi")
    assert minh.messages
    assert not lan.messages


async def test_who_has_reported_is_not_called_late(
    thu: Person, lan: Person, cast: Cast, office: Office
) -> None:
    minh = cast.minh()
    office.reported("quan-1", 2024, {})
    await compose(thu, "3")
    await thu.send("gửi")
    assert minh.messages
    assert not lan.messages


async def test_a_group_without_anybody_is_not_chosen(thu: Person) -> None:
    said = await compose(thu, "4")
    assert "Chưa liên lạc được với ai trong nhóm này" in said
    assert "đến ai" in said


async def test_blocked_people_are_not_counted(thu: Person, lan: Person, cast: Cast) -> None:
    cast.minh()
    await lan.block()
    said = await compose(thu)
    assert "gửi đến 1 người thuộc 1 đơn vị" in said
    assert "Còn 34 đơn vị chưa liên lạc được với ai" in said


@pytest.mark.parametrize("words", ["/thongbao", "thông báo", "Gửi thông báo"])
async def test_only_administrators_send_notices(lan: Person, hoa: Person, words: str) -> None:
    assert "không thuộc vai trò" in await lan.send(words)
    assert "không thuộc vai trò" in await hoa.send(words)


async def test_who_lost_the_role_sends_nothing(thu: Person, lan: Person, office: Office) -> None:
    await compose(thu)
    office.revoke(thu)
    assert "chỉ phục vụ người được mời" in await thu.click("Gửi")
    await office.tick()
    assert not lan.messages
