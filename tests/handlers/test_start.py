"""`/start`: how a stranger becomes a member, and how everybody else stays a stranger."""

from datetime import date, timedelta

import pytest

from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.people import People
from storage.tables import Agency
from tests.handlers.scenes import Office, button, said_since

POLITE = "Hệ thống chỉ phục vụ người được mời"
INVALID = "không hợp lệ, đã được sử dụng hoặc đã hết hạn"


async def test_welcomes_an_invited_person(an: Person, office: Office) -> None:
    office.invite("thu-moi")
    said = await an.send("/start thu-moi")
    assert "đầu mối báo cáo" in said
    assert "Ủy ban nhân dân Quận 3" in said
    assert "dữ liệu cá nhân" in await an.click("Đúng")
    assert "họ và tên" in await an.click("Đồng ý")
    said = await an.send("Võ Thị Bình An")
    assert "Cảm ơn anh/chị Võ Thị Bình An" in said
    assert "Ủy ban nhân dân Quận 3" in said
    assert an.buttons == [["Báo cáo năm", "Nhiệm vụ"], ["Tiến độ", "Trợ giúp"]]


async def test_an_invitation_can_be_accepted_by_typing_alone(an: Person, office: Office) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    await an.send("dung roi a")
    await an.send("toi dong y")
    assert "Cảm ơn anh/chị" in await an.send("Vo Binh An")


async def test_keeps_the_name_of_the_profile(an: Person, office: Office) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    await an.click("Đúng")
    await an.click("Đồng ý")
    assert "Cảm ơn anh/chị Võ Bình An" in await an.click("Võ Bình An")


async def test_somebody_called_huy_may_say_so(an: Person, office: Office) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    await an.send("đúng")
    await an.send("đồng ý")
    assert "Cảm ơn anh/chị Huy Trần" in await an.send("Huy Trần")


async def test_an_invitation_serves_once(an: Person, office: Office, telegram: Telegram) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    for word in ("đúng", "đồng ý", "Võ Bình An"):
        await an.send(word)
    other = telegram.person(106, "Kẻ Khác")
    said = await other.send("/start thu-moi")
    assert INVALID in said
    assert "Quận 3" not in said


async def test_two_people_with_one_link_get_one_seat(
    an: Person, office: Office, telegram: Telegram
) -> None:
    office.invite("thu-moi")
    other = telegram.person(106, "Kẻ Khác")
    for word in ("/start thu-moi", "đúng", "đồng ý"):
        await an.send(word)
        await other.send(word)
    assert "Cảm ơn" in await an.send("Võ Bình An")
    assert "vừa được người khác sử dụng" in await other.send("Kẻ Khác")
    assert POLITE in await other.send("/tiendo")


@pytest.mark.parametrize("token", ["", "doan-bua", "<b>"], ids=["none", "guessed", "markup"])
async def test_without_a_valid_invitation_no_agency_is_named(
    an: Person, office: Office, token: str
) -> None:
    office.invite("thu-moi")
    said = await an.send(f"/start {token}".strip())
    assert POLITE in said or INVALID in said
    assert "Quận" not in said


async def test_an_invitation_expires(an: Person, office: Office, clock: PushedClock) -> None:
    office.invite("thu-moi", days=7)
    clock.push_to(clock.now() + timedelta(days=7))
    assert INVALID in await an.send("/start thu-moi")


async def test_who_is_not_meant_says_so_and_the_link_still_works(
    an: Person, office: Office
) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    assert "chưa ghi nhận vai trò nào" in await an.click("Không phải tôi")
    assert "Quận 3" in await an.send("/start thu-moi")


async def test_without_consent_nobody_becomes_a_member(an: Person, office: Office) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    await an.click("Đúng")
    assert "chưa ghi nhận vai trò nào" in await an.click("Không đồng ý")
    assert POLITE in await an.send("/tiendo")


async def test_the_privacy_notice_says_what_the_law_asks(an: Person, office: Office) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    said = await an.send("đúng")
    for words in ("Bên kiểm soát", "Dữ liệu được lưu", "Mục đích", "xóa", "nước ngoài", "mật"):
        assert words in said
    assert an.buttons == [["Đồng ý", "Không đồng ý"]]


async def test_a_doubled_press_on_agreeing_does_not_skip_the_name(
    an: Person, office: Office
) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    await an.send("đúng")
    await office.press(an.last, button(an.last, "Đồng ý"), times=2)
    assert not any("Cảm ơn" in message.text for message in an.messages)
    assert "Cảm ơn anh/chị Võ Bình An" in await an.send("Võ Bình An")


async def test_chatter_in_the_middle_asks_again(an: Person, office: Office) -> None:
    office.invite("thu-moi")
    await an.send("/start thu-moi")
    said = await an.send("là sao?")
    assert "chưa hiểu" in said
    assert "Thông tin này có đúng không" in said


@pytest.mark.parametrize("words", ["xin chào", "/baocao", "/tiendo quận 1", "/trogiup", "12/15"])
async def test_strangers_get_one_polite_line(an: Person, words: str) -> None:
    said = await an.send(words)
    assert said.startswith(POLITE)
    assert len(an.messages) == 1


async def test_the_first_administrator_comes_from_the_settings(boss: Person) -> None:
    assert "dữ liệu cá nhân" in await boss.send("/start")
    await boss.click("Đồng ý")
    assert "quản trị viên của Sở Văn hóa và Thể thao" in await boss.send("Trần Sếp")
    assert "Anh/chị nhập nội dung thông báo" in await boss.send("/thongbao")


async def test_nobody_else_becomes_administrator_by_start(an: Person) -> None:
    assert POLITE in await an.send("/start")


async def test_a_member_who_starts_again_gets_the_menu(lan: Person) -> None:
    assert "Anh/chị cần thực hiện việc gì" in await lan.send("/start")


async def test_who_lost_every_role_is_a_stranger_again(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    office.revoke(lan)
    before = len(lan.messages)
    await lan.send("12/15")
    await lan.send("/start")
    assert all(said.startswith(POLITE) for said in said_since(lan, before))


async def test_who_has_agreed_before_is_not_asked_again(lan: Person, office: Office) -> None:
    office.invite("thu-moi", "so-vhtt", "official")
    assert "cán bộ tổng hợp" in await lan.send("/start thu-moi")
    said = await lan.send("đúng")
    assert "Cảm ơn anh/chị Nguyễn Thị Lan" in said
    assert "Ủy ban nhân dân Quận 3" in await lan.send("/tiendo quận 3")


@pytest.mark.parametrize(
    ("name", "why"), [("An", "đầy đủ họ, tên đệm và tên"), ("An " * 21, "dài quá giới hạn")]
)
async def test_a_name_is_a_full_name(an: Person, office: Office, name: str, why: str) -> None:
    office.invite("thu-moi")
    for word in ("/start thu-moi", "đúng", "đồng ý"):
        await an.send(word)
    assert why in await an.send(name)
    assert "Cảm ơn anh/chị Võ Bình An" in await an.send("Võ Bình An")


async def test_an_older_notice_is_shown_again_and_agreed_to_anew(
    office: Office, lan: Person
) -> None:
    with office.app.database.transaction() as session:
        People(session).consent(1, "an older wording", office.now)
    office.invite("thu-moi", "quan-3", "focal")
    await lan.send("/start thu-moi")
    assert "dữ liệu cá nhân" in await lan.click("Đúng")
    with office.app.database.transaction() as session:
        kept = People(session).at("telegram", "101")
        assert kept
        assert kept.consent_version == "an older wording"


async def test_an_invitation_to_an_agency_that_has_ended_is_answered(
    office: Office, an: Person
) -> None:
    office.invite("thu-moi", "quan-3", "focal")
    with office.app.database.transaction() as session:
        session.get_one(Agency, "quan-3").valid_to = date(2024, 1, 1)
    assert "không hợp lệ" in await an.send("/start thu-moi")


async def test_an_invitation_gives_back_the_question_it_interrupted(
    lan: Person, office: Office
) -> None:
    office.invite("vai-hai")
    await lan.send("/baocao")
    await lan.send("12/15")
    await lan.send("/start vai-hai")
    assert "Hệ thống hiểu là 12/15" in await lan.click("Đúng")
    await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 12


@pytest.mark.parametrize("said", ["không phải tôi", "/huy"])
async def test_a_declined_invitation_gives_it_back_too(
    lan: Person, office: Office, said: str
) -> None:
    office.invite("vai-hai")
    await lan.send("/baocao")
    await lan.send("12/15")
    await lan.send("/start vai-hai")
    await lan.send("/start vai-hai")
    assert "Hệ thống hiểu là 12/15" in await lan.send(said)


async def test_it_is_not_given_back_to_who_lost_the_role(lan: Person, office: Office) -> None:
    office.invite("vai-hai")
    await lan.send("/baocao")
    await lan.send("/start vai-hai")
    office.revoke(lan)
    assert "TV1.2" not in await lan.click("Đúng")
