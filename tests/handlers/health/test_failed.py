"""`/tindi`: letters that were not sent."""

from datetime import timedelta

import pytest

from sandbox.person import Person
from tests.handlers.health.ward import Ward


@pytest.mark.parametrize("words", ["/tindi", "tin đi", "Tin gửi không được"])
async def test_failed_letters_are_listed(thu: Person, lan: Person, ward: Ward, words: str) -> None:
    ward.letter(lan, "failed", "reply", "Bad Request: message is too long")
    said = await thu.send(words)
    assert "Gửi không được trong 30 ngày qua: 1 tin" in said
    assert "Tin trả lời – Nguyễn Thị Lan (Quận 1), 08:59 16/09/2024: Telegram không chấp" in said
    assert "too long" not in said


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ("cannot be put into words", "không soạn được nội dung tin"),
        ("Internal Server Error: restart", "đã thử nhiều lần nhưng không được"),
        ("Forbidden: bot was blocked by the user", "khi đó không liên lạc được với người nhận"),
    ],
)
async def test_the_reason_is_in_words(
    thu: Person, lan: Person, ward: Ward, error: str, why: str
) -> None:
    ward.letter(lan, "failed", error=error)
    assert why in await thu.send("/tindi")


async def test_a_failed_letter_is_tried_again(thu: Person, lan: Person, ward: Ward) -> None:
    number = ward.letter(lan, "failed", "reply")
    await thu.send("/tindi")
    assert "Đang gửi thử lại 1 tin." in await thu.click("Thử lại")
    assert lan.last.text == "Đã ghi nhận."
    assert ward.noted() == [("letters.retried", str(number), "failed", "queued")]


@pytest.mark.parametrize("words", ["2", "Bỏ", "bo", "bỏ 1"])
async def test_a_failed_letter_is_dropped(thu: Person, lan: Person, ward: Ward, words: str) -> None:
    number = ward.letter(lan, "failed", "reply")
    await thu.send("/tindi")
    said = await thu.send(words)
    assert "Đã bỏ 1 tin." in said
    assert "không có tin nào gửi không được" in said
    assert ward.states() == ["cancelled"]
    assert ward.noted() == [("letters.dropped", str(number), "failed", "cancelled")]


async def test_all_are_dropped_after_a_second_word(
    thu: Person, lan: Person, vy: Person, ward: Ward
) -> None:
    for person in (lan, vy):
        ward.letter(person, "failed")
    await thu.send("/tindi")
    assert "Bỏ 2 tin này? Tin đã bỏ sẽ không được gửi nữa." in await thu.send("bỏ tất cả")
    assert "Đã bỏ 2 tin." in await thu.send("bỏ")


async def test_what_is_too_late_can_only_be_dropped(thu: Person, lan: Person, ward: Ward) -> None:
    ward.letter(lan, "failed", send_by_at=ward.now - timedelta(hours=1))
    assert "đã quá hạn gửi" in await thu.send("/tindi")
    assert thu.buttons == [["1. Bỏ", "2. Để sau"]]


async def test_letters_to_people_who_cannot_be_reached_are_left_out(
    thu: Person, lan: Person, ward: Ward
) -> None:
    ward.letter(lan, "failed", error="Forbidden: bot was blocked by the user")
    await lan.block()
    assert "không có tin nào gửi không được" in await thu.send("/tindi")


async def test_letters_of_two_months_ago_are_left_out(thu: Person, lan: Person, ward: Ward) -> None:
    ward.letter(lan, "failed", not_before_at=ward.now - timedelta(days=60))
    assert "không có tin nào gửi không được" in await thu.send("/tindi")


async def test_a_letter_to_a_stranger_names_nobody(thu: Person, an: Person, ward: Ward) -> None:
    ward.letter(an, "failed", "reply")
    assert "Tin trả lời – người chưa đăng ký" in await thu.send("/tindi")
