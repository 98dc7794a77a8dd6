"""`/tinden`: messages that could not be handled."""

import pytest

from sandbox.person import Person
from tests.handlers.health.ward import Ward

WRITTEN = "TV1.2: 12/15, số điện thoại của tôi là 0900"


@pytest.mark.parametrize("words", ["/tinden", "tin đến", "Tin đến bị lỗi"])
async def test_dead_updates_are_listed(thu: Person, lan: Person, ward: Ward, words: str) -> None:
    await ward.dead(lan, "xin chào")
    said = await thu.send(words)
    assert "Tin đến chưa xử lý được: 1 tin nhắn" in said
    assert "Nguyễn Thị Lan, 09:00 16/09/2024: lỗi KeyError" in said


async def test_what_people_wrote_is_never_shown(thu: Person, lan: Person, ward: Ward) -> None:
    await ward.dead(lan, WRITTEN)
    for words in ("/tinden", "để sau", "/suckhoe", "/tinden", "bỏ"):
        await thu.send(words)
    assert not any("0900" in message.text or "12/15" in message.text for message in thu.messages)


async def test_after_a_retry_the_person_gets_the_normal_answer(
    thu: Person, lan: Person, ward: Ward
) -> None:
    await ward.dead(lan, "/baocao")
    await thu.send("/tinden")
    assert "Đang xử lý lại 1 tin nhắn." in await thu.click("Thử lại")
    assert "Câu 1/10" in lan.last.text
    assert ward.noted() == [("updates.retried", "1", "dead", "waiting")]


@pytest.mark.parametrize("words", ["2", "Bỏ", "bỏ 1"])
async def test_a_dropped_update_is_not_answered(
    thu: Person, lan: Person, ward: Ward, words: str
) -> None:
    await ward.dead(lan, "/baocao")
    await thu.send("/tinden")
    assert "Đã bỏ 1 tin nhắn." in await thu.send(words)
    assert not lan.messages
    assert ward.noted() == [("updates.dropped", "1", "dead", "dropped")]


async def test_who_has_gone_on_is_not_answered_late(thu: Person, lan: Person, ward: Ward) -> None:
    await ward.dead(lan, "12/15")
    await lan.send("/baocao")
    assert "không thử lại được vì sau đó người gửi đã làm tiếp việc khác" in (
        await thu.send("/tinden")
    )
    assert thu.buttons == [["1. Bỏ", "2. Để sau"]]


async def test_who_went_on_after_the_list_was_shown_is_not_answered_late(
    thu: Person, lan: Person, ward: Ward
) -> None:
    await ward.dead(lan, "12/15")
    await thu.send("/tinden")
    await lan.send("/baocao")
    before = len(lan.messages)
    said = await thu.click("Thử lại")
    assert "1 tin nhắn không thử lại được: sau đó người gửi đã làm tiếp việc khác" in said
    assert len(lan.messages) == before
    assert ward.noted() == []


async def test_those_alike_are_tried_again_together(
    thu: Person, lan: Person, vy: Person, ward: Ward
) -> None:
    for person in (lan, vy):
        await ward.dead(person, "/baocao")
    assert "2 tin nhắn, 09:00 16/09/2024: lỗi KeyError" in await thu.send("/tinden")
    assert "Thử xử lý lại 2 tin nhắn này?" in await thu.send("thử lại tất cả")
    await thu.send("đúng")
    assert all("Câu 1/10" in person.last.text for person in (lan, vy))
    assert ward.noted() == [("updates.retried", "1-2", "dead", "waiting")]


async def test_what_somebody_else_dropped_is_not_tried_again(
    thu: Person, boss: Person, lan: Person, ward: Ward
) -> None:
    for words in ("/start", "đúng", "đồng ý", "Sếp Lớn"):
        await boss.send(words)
    await ward.dead(lan, "/baocao")
    for admin in (thu, boss):
        await admin.send("/tinden")
    await boss.send("bỏ")
    said = await thu.send("thử lại")
    assert "1 tin nhắn đã được người khác quyết định trước." in said
    assert not lan.messages


async def test_a_restored_update_says_so(thu: Person, an: Person, ward: Ward) -> None:
    await ward.dead(an, "xin chào", error="restored from a backup")
    said = await thu.send("/tinden")
    assert "người chưa đăng ký, 09:00 16/09/2024: dữ liệu được phục hồi từ bản sao lưu" in said
