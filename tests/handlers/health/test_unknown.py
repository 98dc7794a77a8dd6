"""`/khongro`: letters of which nobody knows whether they arrived."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import PushedClock
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.health.ward import BROKE, STOPPED, Ward
from tests.handlers.scenes import Office, button, said_since

REMINDED = "còn thiếu 10 câu"


@pytest.fixture
def phuc(cast: Cast) -> Person:
    """The other administrator."""
    return cast.member(107, "Hồ Ngọc Phúc", "so-vhtt", "admin")


async def test_says_what_to_whom_when_and_why(thu: Person, lan: Person, ward: Ward) -> None:
    ward.letter(lan)
    said = await thu.send("/khongro")
    assert "Chưa rõ đã đến người nhận hay chưa: 1 tin" in said
    assert (
        "Tin nhắc việc buổi sáng – Nguyễn Thị Lan (Quận 1), 08:59 16/09/2024: mất kết nối khi"
        in said
    )
    assert "Nếu gửi lại, người nhận có thể nhận hai lần." in said
    assert thu.buttons == [["1. Gửi lại", "2. Coi như đã gửi"], ["3. Để sau"]]


async def test_an_empty_list_asks_nothing(thu: Person) -> None:
    assert "Không có tin nào chưa rõ kết quả gửi." in await thu.send("/khongro")
    assert thu.buttons == []


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (STOPPED, "Hệ thống dừng khi đang gửi"),
        (BROKE, "mất kết nối khi đang gửi"),
        ("restored from a backup", "dữ liệu được phục hồi từ bản sao lưu"),
    ],
)
async def test_the_reason_is_in_words(
    thu: Person, lan: Person, ward: Ward, error: str, why: str
) -> None:
    ward.letter(lan, error=error)
    assert why in await thu.send("/khongro")


@pytest.mark.parametrize("words", ["1", "Gửi lại", "gui lai", "gửi lại 1", "resend"])
async def test_a_letter_is_sent_again(thu: Person, lan: Person, ward: Ward, words: str) -> None:
    number = ward.letter(lan)
    await thu.send("/khongro")
    said = await thu.send(words)
    assert "Đang gửi lại 1 tin; người nhận có thể nhận hai lần." in said
    assert "Không có tin nào chưa rõ kết quả gửi." in said
    assert "Kính gửi anh/chị Lan (Quận 1)" in lan.last.text
    assert ward.noted() == [("letters.resent", str(number), "unknown", "queued")]


@pytest.mark.parametrize("words", ["2", "Coi như đã gửi", "coi nhu da gui", "đã đến"])
async def test_a_letter_is_taken_as_sent(thu: Person, lan: Person, ward: Ward, words: str) -> None:
    number = ward.letter(lan)
    await thu.send("/khongro")
    assert "Đã ghi nhận 1 tin coi như đã gửi." in await thu.send(words)
    assert ward.states() == ["sent"]
    assert not lan.messages
    assert ward.noted() == [("letters.accepted", str(number), "unknown", "sent")]


@pytest.mark.parametrize("words", ["3", "Để sau", "/huy"])
async def test_a_decision_can_wait(thu: Person, lan: Person, ward: Ward, words: str) -> None:
    ward.letter(lan)
    await thu.send("/khongro")
    await thu.send(words)
    assert ward.states() == ["unknown"]
    assert "chưa hiểu" in await thu.send("gửi lại")


async def test_those_alike_are_shown_and_decided_on_together(
    thu: Person, lan: Person, vy: Person, ward: Ward
) -> None:
    for person in (lan, vy):
        ward.letter(person)
    ward.letter(lan, error=STOPPED)
    said = await thu.send("/khongro")
    assert "2. Tin nhắc việc buổi sáng – 2 tin, 08:59 16/09/2024: mất kết nối khi đang gửi" in said
    assert "Coi 2 tin này như đã gửi?" in await thu.send("coi như đã gửi 2")
    await thu.send("đúng")
    assert sorted(ward.states()) == ["sent", "sent", "unknown"]


async def test_a_group_can_be_looked_into(thu: Person, lan: Person, vy: Person, ward: Ward) -> None:
    for person in (lan, vy):
        ward.letter(person)
    await thu.send("/khongro")
    said = await thu.click("Tin nhắc việc buổi sáng: 2 tin")
    assert "1. Tin nhắc việc buổi sáng – Đỗ Tường Vy (Quận 1)" in said
    assert "Đang gửi lại 1 tin" in await thu.send("gửi lại 2")
    assert lan.messages
    assert not vy.messages


async def test_one_of_a_group_can_be_looked_at(
    thu: Person, lan: Person, vy: Person, ward: Ward
) -> None:
    for person in (lan, vy):
        ward.letter(person)
    for words in ("/khongro", "1", "Tin nhắc việc buổi sáng: Đỗ Tường Vy"):
        await thu.send(words)
    assert thu.buttons == [["1. Gửi lại", "2. Coi như đã gửi"], ["3. Quay lại"]]
    assert "1. Tin nhắc việc buổi sáng: 2 tin" in str((await thu.send("quay lại"), thu.buttons))


@pytest.mark.parametrize("words", ["Giữ nguyên", "không"])
async def test_all_can_be_left_as_they_are(
    thu: Person, lan: Person, vy: Person, ward: Ward, words: str
) -> None:
    for person in (lan, vy):
        ward.letter(person)
    await thu.send("/khongro")
    assert "Gửi lại 2 tin này? Người nhận có thể nhận hai lần." in await thu.send("gửi lại tất cả")
    assert "Chưa có gì thay đổi." in await thu.send(words)
    assert ward.states() == ["unknown", "unknown"]


async def test_all_are_sent_again_after_a_second_word(
    thu: Person, lan: Person, vy: Person, ward: Ward
) -> None:
    for person in (lan, vy):
        ward.letter(person)
    await thu.send("/khongro")
    await thu.click("Gửi lại tất cả")
    assert "Đang gửi lại 2 tin" in await thu.click("Gửi lại (2)")
    assert [len(person.messages) for person in (lan, vy)] == [1, 1]


async def test_what_came_since_is_not_decided_on(
    thu: Person, lan: Person, vy: Person, ward: Ward
) -> None:
    for _ in range(2):
        ward.letter(lan)
    await thu.send("/khongro")
    ward.letter(vy)
    await thu.send("coi tất cả như đã gửi")
    await thu.send("có")
    assert ward.states() == ["sent", "sent", "unknown"]


async def test_what_is_too_late_is_not_sent_again(
    thu: Person, lan: Person, vy: Person, ward: Ward
) -> None:
    ward.letter(lan, send_by_at=ward.now - timedelta(seconds=1))
    ward.letter(vy)
    assert "Nguyễn Thị Lan (Quận 1), 08:59 16/09/2024: mất kết nối khi đang gửi; đã quá hạn" in (
        await thu.send("/khongro")
    )
    await thu.send("gửi lại tất cả")
    said = await thu.send("đúng")
    assert "Đang gửi lại 1 tin" in said
    assert "1 tin đã quá hạn gửi nên không gửi lại, giữ nguyên trong danh sách." in said
    assert thu.buttons == [["1. Coi như đã gửi", "2. Để sau"]]
    assert not lan.messages


async def test_outside_office_hours_it_is_sent_later(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    clock.push_to(datetime(2024, 9, 20, 14, 0, tzinfo=UTC))
    ward.letter(lan)
    await thu.send("/khongro")
    assert "trong giờ hành chính, bắt đầu từ 07:30 23/09/2024" in await thu.send("gửi lại")
    assert not lan.messages


async def test_who_decides_second_is_told_what_the_first_did(
    thu: Person, phuc: Person, lan: Person, ward: Ward
) -> None:
    ward.letter(lan)
    for admin in (thu, phuc):
        await admin.send("/khongro")
    await thu.send("coi như đã gửi")
    said = await phuc.send("gửi lại")
    assert "1 tin đã được Trần Minh Thu quyết định trước: coi như đã gửi." in said
    assert "Không có tin nào chưa rõ kết quả gửi." in said
    assert not lan.messages
    assert len(ward.noted()) == 1


async def test_a_letter_that_was_sent_meanwhile_awaits_nothing(
    thu: Person, phuc: Person, lan: Person, ward: Ward
) -> None:
    ward.letter(lan)
    for admin in (thu, phuc):
        await admin.send("/khongro")
    await thu.send("gửi lại")
    assert "1 tin không còn chờ quyết định." in await phuc.send("gửi lại")
    assert len(lan.messages) == 1


async def test_taps_in_haste_send_once(
    thu: Person, lan: Person, ward: Ward, office: Office
) -> None:
    ward.letter(lan)
    await thu.send("/khongro")
    card, before = thu.last, len(thu.messages)
    await office.press(card, button(card, "Gửi lại"), times=3)
    assert len(lan.messages) == 1
    assert any("Nút này đã được sử dụng" in said for said in said_since(thu, before))


async def test_an_old_card_decides_nothing(
    thu: Person, lan: Person, ward: Ward, office: Office
) -> None:
    ward.letter(lan)
    await thu.send("/khongro")
    old = thu.last
    await thu.send("để sau")
    await office.press(old, "s:t1:0")
    assert ward.states() == ["unknown"]


async def test_who_lost_the_role_decides_nothing(
    thu: Person, lan: Person, ward: Ward, office: Office
) -> None:
    ward.letter(lan)
    await thu.send("/khongro")
    office.revoke(thu)
    assert "chỉ phục vụ người được mời" in await thu.click("Gửi lại")
    assert ward.states() == ["unknown"]


async def test_a_number_that_is_not_there_is_refused(thu: Person, lan: Person, ward: Ward) -> None:
    ward.letter(lan)
    await thu.send("/khongro")
    said = await thu.send("gửi lại 7")
    assert "Trong danh sách không có số này." in said
    assert "Tin nhắc việc buổi sáng" in said


async def test_chatter_at_the_list_asks_again(thu: Person, lan: Person, ward: Ward) -> None:
    ward.letter(lan)
    await thu.send("/khongro")
    said = await thu.send("sao cũng được")
    assert "chưa hiểu" in said
    assert "Tin nhắc việc buổi sáng" in said


async def test_a_notice_on_a_broken_line_comes_to_the_list(
    thu: Person, lan: Person, telegram: Telegram, office: Office, clock: PushedClock
) -> None:
    for words in ("/thongbao", "Mời họp", "2"):
        await thu.send(words)
    telegram.faults.add(Fault(Kind.RESET_DELIVERED, "sendMessage", lan.chat_id))
    await thu.send("gửi")
    clock.push_to(clock.now() + timedelta(seconds=31))
    await office.tick()
    assert "Thông báo số 1 – Nguyễn Thị Lan (Quận 1)" in await thu.send("/khongro")
    await thu.send("gửi lại")
    assert [message.text[-7:] for message in lan.messages] == ["Mời họp", "Mời họp"]
