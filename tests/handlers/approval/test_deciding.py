"""`/duyet`: only what was looked at is approved, by whoever may, and never one's own."""

import pytest

from plan.answers import Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.handlers.approval.conftest import Court, say
from tests.handlers.scenes import FIGURES, STATUSES, Office, button


async def test_what_waits_is_listed_oldest_first_and_marked(
    hoa: Person, office: Office, clock: PushedClock
) -> None:
    office.reported("quan-3", 2024, FIGURES)
    clock.push_to(clock.now().replace(month=11, day=20))
    office.reported("quan-1", 2024, FIGURES)
    said = await hoa.send("/duyet")
    assert "2 báo cáo chờ duyệt" in said
    assert said.index("Quận 3") < said.index("Quận 1")
    assert said.endswith("Anh/chị bấm vào một báo cáo, hoặc nhập /duyet và tên đơn vị.")
    assert "Quận 1, 2024: nộp 09:00 20/11/2024; trễ hạn" in said


async def test_an_extension_is_marked_as_such(
    hoa: Person, thu: Person, office: Office, clock: PushedClock
) -> None:
    await say(thu, "/giahan quan 1 30/11 mưa lũ làm hỏng sổ sách", "ghi nhận")
    clock.push_to(clock.now().replace(month=11, day=20))
    office.reported("quan-1", 2024, FIGURES)
    assert "; trong thời gian gia hạn" in await hoa.send("/duyet")


async def test_nothing_waits(hoa: Person) -> None:
    assert "Không có báo cáo nào chờ duyệt" in await hoa.send("/duyet")


async def test_one_report_shows_last_year_warnings_and_the_version_before(
    hoa: Person, lan: Person, office: Office
) -> None:
    office.reported("quan-1", 2023, {"TV1.3": Share(2, 10)})
    office.reported("quan-1", 2024, {"TV1.3": Share(8, 10)})
    await say(lan, "/sua TV1.3 9/10", "có", "đúng", "không", "nộp")
    said = await say(hoa, "/duyet quan 1")
    assert "TV1.3" in said
    assert "2023: 2/10 (20,0%)" in said
    assert "Bản trước: 8/10 (80,0%)" in said
    assert "BC-2024-0002/2" in said


async def test_approved_it_is_locked_and_the_agency_told(
    hoa: Person, sent: Person, court: Court
) -> None:
    await hoa.send("/duyet quan 1")
    assert "Đã duyệt: Ủy ban nhân dân Quận 1" in await hoa.click("Duyệt tất cả")
    assert court.state() == "approved"
    assert "đã được duyệt: số liệu nay là chính thức" in sent.last.text
    assert "đã được duyệt" in await sent.send("/sua TV1.3 1/10")


@pytest.mark.parametrize("words", ["1", "duyệt", "Duyệt tất cả", "ok"])
@pytest.mark.usefixtures("sent")
async def test_it_may_be_typed(hoa: Person, court: Court, words: str) -> None:
    await say(hoa, "/duyet q1", words)
    assert court.state() == "approved"


async def test_nobody_approves_their_own(sent: Person, office: Office, court: Court) -> None:
    office.appoint(sent, "so-vhtt", "official")
    said = await sent.send("/duyet quan 1")
    assert "cán bộ khác sẽ duyệt" in said
    assert "Duyệt tất cả" not in str(sent.buttons)
    assert court.state() == "submitted"


async def test_nor_whoever_answered_after_the_card_was_shown(
    hoa: Person, sent: Person, office: Office, court: Court
) -> None:
    await hoa.send("/duyet quan 1")
    office.appoint(hoa, "quan-1", "focal")
    card, approve = hoa.last, button(hoa.last, "Duyệt tất cả")
    await say(sent, "/sua TV1.3 9/10", "có", "đúng", "không", "nộp")
    await office.press(card, approve)
    assert "không còn như lúc anh/chị xem" in hoa.messages[-2].text + hoa.last.text
    assert court.state() == "submitted"


async def test_what_has_changed_is_shown_instead_of_approved(
    hoa: Person, sent: Person, court: Court
) -> None:
    await hoa.send("/duyet quan 1")
    await say(sent, "/sua TV1.3 9/10", "có", "đúng", "nộp")
    said = await hoa.click("Duyệt tất cả")
    assert "Anh/chị đã xem bản 1, nay là bản 2" in said
    assert "TV1.3: 8/10 (80,0%) → 9/10 (90,0%)" in said
    assert court.state() == "submitted"
    await hoa.click("Duyệt tất cả")
    assert court.state() == "approved"


async def test_what_the_author_is_editing_is_not_approved(
    hoa: Person, sent: Person, court: Court
) -> None:
    await hoa.send("/duyet quan 1")
    await say(sent, "/sua TV1.3", "có")
    assert "Hiện nay: đơn vị đang sửa lại" in await hoa.click("Duyệt tất cả")
    assert court.state() == "draft"


async def test_approved_while_the_author_is_asked_whether_to_edit(
    hoa: Person, sent: Person, court: Court
) -> None:
    await sent.send("/sua TV1.3 9/10")
    await say(hoa, "/duyet quan 1", "duyệt")
    assert "đã được duyệt" in await sent.send("có")
    assert court.state() == "approved"


@pytest.mark.usefixtures("sent")
async def test_the_right_is_asked_for_at_the_press(
    hoa: Person, office: Office, court: Court
) -> None:
    await hoa.send("/duyet quan 1")
    office.revoke(hoa)
    office.appoint(hoa, "quan-3", "official")
    assert "không còn quyền" in await hoa.click("Duyệt tất cả")
    assert court.state() == "submitted"


async def test_a_focal_point_cannot_open_it(sent: Person, court: Court) -> None:
    for command in ("/duyet quan 1", "/tralai quan 1 TV1.3"):
        assert "Lệnh này không có" in await sent.send(command)
    assert court.decisions() == []


@pytest.mark.usefixtures("sent")
async def test_altered_data_decides_nothing(hoa: Person, office: Office, court: Court) -> None:
    await hoa.send("/duyet quan 1")
    card, approve = hoa.last, button(hoa.last, "Duyệt tất cả")
    token = approve.split(":")[1]
    for forged in (approve.replace(token, "AAAA"), f"s:{token}:9", "s::0", "c:duyet quan-99"):
        await office.press(card, forged)
    assert court.state() == "submitted"


@pytest.mark.usefixtures("sent")
async def test_the_leader_agrees_first_and_the_office_sees_it(
    leader: Person, hoa: Person, court: Court
) -> None:
    assert "1 báo cáo chờ duyệt" in await leader.send("/duyet")
    await leader.send("/duyet quan 1")
    assert "Đã ghi nhận anh/chị đồng ý" in await leader.click("Đồng ý")
    assert (court.state(), [each.kind for each in court.decisions()]) == ("submitted", ["endorsed"])
    assert "lãnh đạo đơn vị đã đồng ý" in await hoa.send("/duyet")
    assert "Lãnh đạo đơn vị đã đồng ý: Bùi Quang Hải" in await hoa.send("/duyet quan 1")


async def test_the_leader_is_told_of_what_was_sent(
    leader: Person, lan: Person, office: Office
) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    await say(lan, "/baocao", "nộp")
    assert "đã được Nguyễn Thị Lan nộp" in leader.last.text
    assert "Anh/chị có đồng ý với báo cáo này của đơn vị không?" in await leader.click(
        "Xem báo cáo"
    )


async def test_an_approved_report_leads_to_opening_it_again(hoa: Person, sent: Person) -> None:
    await say(hoa, "/duyet quan 1", "duyệt", "/duyet quan 1")
    assert "Không cần quyết định gì: đã duyệt" in hoa.last.text
    assert "Lý do mở lại là gì?" in await hoa.click("Mở lại")
    assert "đã được duyệt" in sent.last.text


@pytest.mark.usefixtures("sent")
async def test_a_leader_sees_no_other_agency(leader: Person, office: Office) -> None:
    office.reported("quan-3", 2024, FIGURES)
    assert "Quận 3" not in await leader.send("/duyet")
    assert "chỉ xem được báo cáo của đơn vị anh/chị" in await leader.send("/duyet quan 3")
    assert "Lệnh này không có" in await leader.send("/tralai quan 1 TV1.3")


@pytest.mark.usefixtures("sent")
async def test_what_was_open_comes_back(hoa: Person) -> None:
    await hoa.send("/duyet quan 1")
    assert "Chưa quyết định gì" in await hoa.send("/huy")
    assert "Chưa quyết định gì" in await say(hoa, "/duyet quan 1", "để sau")


async def test_many_come_page_by_page(hoa: Person, office: Office) -> None:
    for n in (1, 3, 4, 5, 6, 7, 8, 10, 11):
        office.reported(f"quan-{n}", 2024, FIGURES)
    said = await hoa.send("/duyet")
    assert "8. " in said
    assert "9. " not in said
    assert "9. " in await hoa.click("Xem tiếp")


async def test_what_was_never_sent_is_said_to_be_so(hoa: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    assert "chưa nộp báo cáo năm 2024" in await hoa.send("/duyet quan 1")
