"""`/hoilai`: the agency asks what is meant, the official answers, and the day stays."""

import pytest

from bot.app import App
from sandbox.person import Person
from storage.inquiries import OFFICE, Inquiries
from storage.tables import Inquiry
from tests.handlers.approval.conftest import REASON, Court, say
from tests.handlers.scenes import FIGURES, STATUSES, Office

ASKS = "Mẫu số có tính điểm đọc sách không?"
ANSWER = "Chỉ tính thư viện cấp xã"


@pytest.fixture
async def back(hoa: Person, sent: Person) -> Person:
    """Lan, to whom TV1.3 was sent back."""
    await say(hoa, f"/tralai quan 1 TV1.3 {REASON}", "20/09", "trả lại")
    return sent


def waiting(app: App) -> list[Inquiry]:
    with app.database.transaction() as session:
        found = [inquiry for inquiry, _ in Inquiries(session).waiting(asked_of=OFFICE)]
        session.expunge_all()
        return found


async def test_by_one_tap_and_the_answer_comes_back(
    hoa: Person, back: Person, court: Court
) -> None:
    assert f"Lý do trả lại: “{REASON}”" in await back.click("Hỏi lại cán bộ Sở")
    said = await back.send(ASKS)
    assert "Đã gửi câu hỏi số 1 về TV1.3 đến cán bộ Sở" in said
    assert "Hạn sửa không đổi: hết thứ Sáu, 20/09/2024" in said
    assert f"TV1.3 (Nguyễn Thị Lan, 09:00 16/09/2024): “{ASKS}”" in hoa.last.text
    await hoa.click("Trả lời (số 1)")
    assert "Đã trả lời Ủy ban nhân dân Quận 1" in await hoa.send(ANSWER)
    assert f"Trả lời (Phạm Thị Hoa, 09:00 16/09/2024): “{ANSWER}”" in back.last.text
    assert "Câu 2/10 · TV1.3" in await back.click("Sửa TV1.3")
    assert court.state() == "returned"


@pytest.mark.parametrize(
    "said", [f"/hoilai TV1.3 {ASKS}", f"/hoilai tv 1.3: {ASKS}", "Hỏi lại cán bộ Sở", "/hoilai"]
)
async def test_it_may_be_typed(back: Person, app: App, said: str) -> None:
    await say(back, said, *([] if ASKS in said else [ASKS]))
    assert [(each.code, each.question) for each in waiting(app)] == [("TV1.3", ASKS)]


async def test_of_several_one_is_named(hoa: Person, sent: Person, app: App) -> None:
    await say(hoa, f"/tralai quan 1 TV1.3 VH2 {REASON}", "20/09", "trả lại")
    assert "Anh/chị hỏi về nội dung nào?" in await sent.click("Hỏi lại cán bộ Sở")
    assert "“TV2.3” không phải nội dung bị trả lại" in await sent.send("TV2.3")
    await say(sent, "vh2", ASKS)
    assert [each.code for each in waiting(app)] == ["VH2"]


async def test_a_text_may_be_asked_about(
    hoa: Person, lan: Person, office: Office, app: App
) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    office.submit("quan-1")
    await say(hoa, "/tralai quan 1", "Kiến nghị", "tiếp tục", REASON, "20/09", "trả lại")
    await lan.click("Hỏi lại cán bộ Sở")
    assert "về Kiến nghị" in await lan.send(ASKS)
    assert [each.code for each in waiting(app)] == ["proposals"]


@pytest.mark.parametrize("said", ["sao", "?????????????", "x" * 501])
async def test_a_question_that_asks_nothing_is_none(back: Person, app: App, said: str) -> None:
    await say(back, "/hoilai TV1.3", said)
    assert "ký tự; cần viết bằng lời" in "".join(each.text for each in back.messages[-2:])
    assert waiting(app) == []


async def test_nothing_is_sent_back(sent: Person, app: App) -> None:
    assert "không có nội dung nào bị trả lại" in await sent.send(f"/hoilai TV1.3 {ASKS}")
    assert waiting(app) == []


async def test_it_is_listed_and_on_the_card(hoa: Person, thu: Person, back: Person) -> None:
    await back.send(f"/hoilai TV1.3 {ASKS}")
    for person in (hoa, thu, back):
        listed = await person.send("/giaitrinh")
        assert f"Số 1 – Quận 1, năm 2024, TV1.3: “{ASKS}”" in listed
    assert "Trả lời (số 1)" in str(thu.buttons)
    assert "Trả lời (số 1)" not in str(back.buttons)
    assert f"Đơn vị hỏi: “{ASKS}” Trả lời bằng /giaitrinh 1" in await hoa.send("/duyet quan 1")


async def test_it_is_answered_also_after_the_report_has_come_again(
    hoa: Person, back: Person
) -> None:
    await say(back, f"/hoilai TV1.3 {ASKS}", "/sua TV1.3 9/10", "đúng", "nộp")
    await say(hoa, "/giaitrinh 1", ANSWER)
    assert f"“{ANSWER}”" in back.last.text
    assert "Hạn sửa" not in back.last.text


async def test_the_agency_does_not_answer_itself(back: Person, leader: Person, app: App) -> None:
    await back.send(f"/hoilai TV1.3 {ASKS}")
    for person in (back, leader):
        assert "Không có đề nghị giải trình số 1" in await person.send("/giaitrinh 1")
    assert len(waiting(app)) == 1


async def test_the_right_to_answer_is_asked_for_at_the_answer(
    hoa: Person, back: Person, office: Office, app: App
) -> None:
    await back.send(f"/hoilai TV1.3 {ASKS}")
    await hoa.send("/giaitrinh 1")
    office.revoke(hoa)
    office.appoint(hoa, "quan-3", "official")
    await hoa.send(ANSWER)
    assert len(waiting(app)) == 1


async def test_it_is_withdrawn_by_whoever_asked(
    vy: Person, back: Person, hoa: Person, app: App
) -> None:
    await back.send(f"/hoilai TV1.3 {ASKS}")
    for person in (vy, hoa):
        await person.send("/hoilai rut 1")
    assert len(waiting(app)) == 1
    await back.click("Rút")
    assert waiting(app) == []
    assert "rút" in await hoa.send("/giaitrinh 1")


async def test_it_can_be_left(back: Person, app: App) -> None:
    assert "Chưa gửi" in await say(back, "/hoilai TV1.3", "không")
    assert "Chưa gửi" in await say(back, "/hoilai TV1.3", "/huy")
    assert waiting(app) == []
