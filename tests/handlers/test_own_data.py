"""`/dulieucuatoi` and `/xoadulieu`: what is held about whoever asks is told and erased."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.people import People
from storage.tables import DataRequest
from tests.handlers.scenes import Office, button, said_since

HEAD = "Dữ liệu cá nhân của anh/chị"
POLITE = "Hệ thống chỉ phục vụ người được mời"
GONE = "Dữ liệu cá nhân của anh/chị đã được xóa"
DUE = "17:00 18/09/2024"
"""The close of the second working day after Monday."""
MOST = 2000


def register(office: Office) -> list[tuple[str, str]]:
    with office.app.database.transaction() as session:
        rows = session.exec(select(DataRequest).order_by(col(DataRequest.id)))
        return [(row.kind, row.state) for row in rows]


async def until_due(office: Office, clock: PushedClock) -> None:
    clock.push_to(clock.now() + timedelta(days=2, hours=8))
    await office.tick()


@pytest.mark.parametrize(
    "words", ["/dulieucuatoi", "/DữLiệuCủaTôi", "dữ liệu của tôi", "du lieu cua toi"]
)
async def test_everything_held_is_told_in_plain_words(lan: Person, words: str) -> None:
    said = await lan.send(words)
    for part in (
        *(HEAD, "Họ và tên: Nguyễn Thị Lan", "Ngôn ngữ: Tiếng Việt", "Telegram: 101"),
        *("đầu mối báo cáo của Ủy ban nhân dân Quận 1, từ 16/09/2024", "Dòng trong nhật ký"),
        *("Sự đồng ý: lúc 09:00 16/09/2024, theo thông báo ngày 24/11/2026", "30 ngày"),
        *("Bên kiểm soát", "Sở Văn hóa và Thể thao", "/xoadulieu", "thuộc về đơn vị"),
    ):
        assert part in said
    assert max(len(message.text) for message in lan.messages) < MOST


async def test_it_counts_what_was_done(lan: Person, office: Office) -> None:
    for said in ("/baocao", "12/15", "đúng", "8/10", "đúng"):
        await lan.send(said)
    await lan.send_photo()
    for said in ("mai gửi", "đúng"):
        await lan.send(said)
    said = await lan.send("/dulieucuatoi")
    assert "(kể cả đã sửa): năm 2024: 2" in said
    assert "Tệp đã gửi: 1" in said
    assert "Lời nhắc riêng đang chờ: 1" in said
    assert "Câu hỏi đang mở: 1, lúc 09:00 16/09/2024" in said
    assert "Câu 4/10" in lan.last.text
    assert register(office) == [("view", "done")]


async def test_it_comes_as_a_file_as_well(lan: Person, office: Office) -> None:
    for said in ("/baocao", "12 trên 15", "đúng", "/dulieucuatoi"):
        await lan.send(said)
    tables = exported(office, lan)["tables"]
    assert tables["person"][0]["full_name"] == "Nguyễn Thị Lan"
    assert tables["figure"][0]["words"] == "12 trên 15"
    assert [row["role"] for row in tables["membership"]] == ["focal"]
    assert "12 trên 15" in str(tables["inbox"])


async def test_the_file_holds_nobody_else_and_opens_nothing(
    lan: Person, vy: Person, hoa: Person, office: Office
) -> None:
    for person in (vy, hoa, lan):
        await person.send("/dulieucuatoi")
    text = json.dumps(exported(office, lan), ensure_ascii=False)
    assert "Đỗ Tường Vy" not in text
    assert "Phạm Thị Hoa" not in text
    assert '"token' not in text


def exported(office: Office, person: Person) -> dict[str, Any]:
    """The newest file that was sent, read."""
    sent = [each.attachment for each in person.messages if "document" in each.attachment]
    document = sent[-1]["document"]
    assert document["file_name"] == "du-lieu-cua-toi.json"
    upload = office.telegram.world.files.find(document["file_id"]).upload
    found: dict[str, Any] = json.loads(upload.data)
    return found


async def test_two_roles_are_told_and_one_that_ended(lan: Person, office: Office) -> None:
    office.appoint(lan, "so-vhtt", "admin")
    office.revoke(lan)
    office.appoint(lan, "quan-3", "focal")
    said = await lan.send("/dulieucuatoi")
    assert "quản trị viên của Sở Văn hóa và Thể thao, từ 16/09/2024 đến 16/09/2024" in said
    assert "đầu mối báo cáo của Ủy ban nhân dân Quận 3, từ 16/09/2024" in said


async def test_a_stranger_is_told_what_little_there_is(an: Person, office: Office) -> None:
    said = await an.send("/dulieucuatoi")
    assert "không có hồ sơ về anh/chị" in said
    assert "Telegram 105" in said
    assert "3 ngày" in said
    assert register(office) == [("view", "done")]


async def test_a_stranger_is_told_once_a_minute(an: Person) -> None:
    await an.send("/tiendo")
    await an.send("/dulieucuatoi")
    await an.send("/dulieucuatoi")
    assert [message.text.partition("\n")[0] for message in an.messages][1:] == [HEAD]


async def test_who_lost_every_role_still_sees_it(lan: Person, office: Office) -> None:
    office.revoke(lan)
    assert "Họ và tên: Nguyễn Thị Lan" in await lan.send("/dulieucuatoi")


@pytest.mark.parametrize(
    "ways",
    [["/dulieucuatoi ten", "Nguyễn Ngọc  Lan"], ["/dulieucuatoi ten Nguyễn Ngọc Lan"]],
    ids=["asked", "at once"],
)
async def test_a_name_is_corrected(lan: Person, office: Office, ways: list[str]) -> None:
    await lan.send("/baocao")
    for said in ways:
        await lan.send(said)
    assert "Đã ghi nhận họ và tên: Nguyễn Ngọc Lan" in lan.messages[-1].text
    assert "Câu 1/10" in lan.last.text
    assert "Nguyễn Ngọc Lan" in await lan.send("/dulieucuatoi")
    assert register(office)[0] == ("correct", "done")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Lan", "đầy đủ họ, tên đệm và tên"),
        ("Giữ nguyên", "vẫn giữ là Nguyễn Thị Lan"),
        ("/huy", "vẫn giữ là Nguyễn Thị Lan"),
    ],
)
async def test_what_is_no_name_is_not_taken_for_one(lan: Person, said: str, told: str) -> None:
    await lan.send("/dulieucuatoi")
    await lan.click("Sửa họ tên")
    assert told in await lan.send(said)
    assert "Nguyễn Thị Lan" in await lan.send("/dulieucuatoi")


async def test_before_erasing_it_is_said_what_goes_and_what_stays(lan: Person, thu: Person) -> None:
    said = await lan.send("/xoadulieu")
    for part in ("bị xóa", "được giữ lại vì thuộc về đơn vị", "Người dùng đã xóa số", DUE):
        assert part in said
    assert "người duy nhất giữ vai trò đầu mối báo cáo của Ủy ban nhân dân Quận 1" in said
    assert "Quản trị viên sẽ được báo" in said
    assert lan.buttons == [["Xóa", "Không xóa"]]
    assert not thu.messages


@pytest.mark.parametrize("words", ["ok", "đúng", "vâng", "12/15", "xóa dữ liệu của tôi"])
async def test_only_the_very_word_confirms(lan: Person, office: Office, words: str) -> None:
    await lan.send("/xoadulieu")
    await lan.send(words)
    assert register(office) == []


@pytest.mark.parametrize("words", ["không", "Không xóa", "/huy"])
async def test_who_thinks_better_of_it_goes_on(lan: Person, office: Office, words: str) -> None:
    await lan.send("/baocao")
    await lan.send("/xoadulieu")
    said = await lan.send(words)
    assert "Chưa có dữ liệu nào bị xóa" in said
    assert "Câu 1/10" in said
    assert register(office) == []


@pytest.mark.parametrize("words", ["XÓA", "xoa", "Xoá", "đồng ý xóa"])
async def test_it_is_done_when_it_is_due_and_not_before(
    lan: Person, office: Office, clock: PushedClock, words: str
) -> None:
    await lan.send("/xoadulieu")
    assert DUE in await lan.send(words)
    clock.push_to(clock.now() + timedelta(days=2, hours=7, minutes=59))
    await office.tick()
    assert "Câu 1/10" in await lan.send("/baocao")
    clock.push_to(clock.now() + timedelta(minutes=1))
    await office.tick()
    assert GONE in lan.last.text
    assert POLITE in await lan.send("/baocao")
    assert register(office) == [("erase", "done")]


async def test_the_button_does_the_same_once(lan: Person, office: Office) -> None:
    await lan.send("/xoadulieu")
    card = lan.last
    await office.press(card, button(card, "Xóa"), times=2)
    assert register(office) == [("erase", "open")]


@pytest.mark.parametrize("words", ["Rút lại đề nghị", "rut lai"])
async def test_it_is_withdrawn_in_time(
    lan: Person, thu: Person, office: Office, clock: PushedClock, words: str
) -> None:
    await lan.send("/xoadulieu")
    await lan.send("xóa")
    assert "muốn rút lại" in await lan.send("/xoadulieu")
    assert "vai trò của anh/chị giữ nguyên" in await lan.send(words)
    await until_due(office, clock)
    assert "Họ và tên: Nguyễn Thị Lan" in await lan.send("/dulieucuatoi")
    assert "đã được rút lại" in thu.last.text
    assert register(office)[0] == ("erase", "withdrawn")


async def test_a_request_that_stands_is_seen_and_asked_once(lan: Person, office: Office) -> None:
    await lan.send("/xoadulieu")
    await lan.send("xóa")
    assert f"thực hiện lúc {DUE}" in await lan.send("/dulieucuatoi")
    await lan.send("/xoadulieu")
    assert "vẫn giữ nguyên" in await lan.send("không")
    assert register(office) == [("erase", "open"), ("view", "done")]


async def test_withdrawing_too_late_is_told(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    await lan.send("/xoadulieu")
    await lan.send("xóa")
    await lan.send("/xoadulieu")
    await until_due(office, clock)
    assert POLITE in await lan.send("rút lại")


async def test_the_administrators_hear_of_it_without_a_name(lan: Person, thu: Person) -> None:
    await lan.send("/xoadulieu")
    await lan.send("xóa")
    told = thu.last.text
    assert "Đề nghị xóa dữ liệu cá nhân số 1" in told
    assert "không còn ai giữ vai trò: đầu mối báo cáo của Ủy ban nhân dân Quận 1" in told
    assert DUE in told
    assert "Lan" not in told


async def test_where_a_colleague_stays_nobody_is_missing(
    lan: Person, vy: Person, thu: Person
) -> None:
    assert vy
    assert "người duy nhất" not in await lan.send("/xoadulieu")
    await lan.send("xóa")
    assert "không còn ai" not in thu.last.text


async def test_the_colleague_sees_a_number_instead(
    lan: Person, vy: Person, office: Office, clock: PushedClock
) -> None:
    await vy.send("/baocao")
    for said in ("/baocao", "12/15", "đúng", "/xoadulieu", "xóa"):
        await lan.send(said)
    await until_due(office, clock)
    await vy.send("13/15")
    assert "Người dùng đã xóa số 1 vừa nhập 12/15" in await vy.send("đúng")
    assert office.figures()["TV1.2"].numerator == 12


async def test_the_last_administrator_is_told_that_nobody_can_be(
    boss: Person, office: Office, clock: PushedClock
) -> None:
    for said in ("/start", "đồng ý", "Trần Sếp"):
        await boss.send(said)
    said = await boss.send("/xoadulieu")
    assert "không còn quản trị viên nào khác" in said
    assert "ADMIN_IDS" in said
    await boss.send("xóa")
    clock.push_to(clock.now() + timedelta(days=4))
    await office.tick()
    assert GONE in boss.last.text
    assert "Thông báo xử lý dữ liệu" in await boss.send("/start")


async def test_an_administrator_with_two_roles_loses_both(
    lan: Person, thu: Person, office: Office, clock: PushedClock
) -> None:
    office.appoint(lan, "so-vhtt", "admin")
    said = await lan.send("/xoadulieu")
    assert "người duy nhất giữ vai trò đầu mối báo cáo của Ủy ban nhân dân Quận 1." in said
    await lan.send("xóa")
    await until_due(office, clock)
    assert thu.messages
    with office.app.database.transaction() as session:
        assert People(session).at("telegram", "101") is None


async def test_without_a_role_it_is_done_at_once(lan: Person, office: Office) -> None:
    office.revoke(lan)
    assert "Thời điểm thực hiện" not in await lan.send("/xoadulieu")
    assert GONE in await lan.send("xóa")
    assert register(office) == [("erase", "done")]
    assert "không có hồ sơ" in await lan.send("/dulieucuatoi")


async def test_a_stranger_s_messages_are_deleted_at_once(an: Person, office: Office) -> None:
    await an.send("/tiendo")
    assert "Telegram 105" in await an.send("/xoadulieu")
    before = len(an.messages)
    await an.send("xóa")
    assert ["Đã xóa." in said for said in said_since(an, before)] == [True]
    assert register(office) == [("erase", "done")]


async def test_a_stranger_may_think_better_of_it(an: Person) -> None:
    await an.send("/xoadulieu")
    assert "chưa hiểu" in await an.send("là sao")
    assert "Chưa có dữ liệu nào" in await an.send("không")


async def test_it_is_told_in_the_language_of_the_chat(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    await lan.send("/ngonngu en")
    assert "Full name: Nguyễn Thị Lan" in await lan.send("my data")
    await lan.send("delete my data")
    await lan.send("DELETE")
    await until_due(office, clock)
    assert "have been deleted" in lan.last.text
