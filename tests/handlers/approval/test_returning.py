"""`/tralai`: single figures go back with a reason and a day, and nothing else can be changed."""

from datetime import date

import pytest

from sandbox.person import Person
from storage.narratives import Narratives
from tests.handlers.approval.conftest import REASON, Court, say
from tests.handlers.scenes import FIGURES, STATUSES, Office


async def back(hoa: Person, *codes: str) -> str:
    return await say(hoa, f"/tralai quan 1 {' '.join(codes)} {REASON}", "20/09", "trả lại")


@pytest.mark.usefixtures("sent")
async def test_typed_at_once_it_is_shown_and_confirmed(hoa: Person, court: Court) -> None:
    said = await say(hoa, f"/tralai quan 1 TV1.3 {REASON}", "20/09")
    assert "• TV1.3: đã báo 8/10 (80,0%)" in said
    assert court.state() == "submitted"
    assert "Đã trả lại cho Ủy ban nhân dân Quận 1: TV1.3" in await hoa.click("Trả lại")
    assert court.state() == "returned"


async def test_the_author_reads_the_reason_first_and_changes_it_by_one_tap(
    hoa: Person, sent: Person, office: Office
) -> None:
    await back(hoa, "TV1.3")
    text = sent.last.text
    assert f"Lý do (Phạm Thị Hoa, 09:00 16/09/2024): “{REASON}”" in text
    assert text.index("Lý do") < text.index("TV1.3: đã báo")
    assert "Hạn sửa: hết thứ Sáu, 20/09/2024" in text
    assert "Câu 2/10 · TV1.3" in await sent.click("Sửa TV1.3")
    said = await say(sent, "9/10", "đúng")
    assert "Lý do trả lại" in said
    assert "Đã nộp báo cáo" in await sent.send("nộp")
    assert office.figures()["TV1.3"].numerator == 9


async def test_sent_again_the_official_sees_the_difference(
    hoa: Person, thu: Person, sent: Person
) -> None:
    await back(hoa, "TV1.3")
    heard = len(thu.messages)
    await say(sent, "/sua TV1.3 9/10", "đúng", "nộp")
    assert "Đã sửa và nộp lại – Ủy ban nhân dân Quận 1" in hoa.last.text
    assert "TV1.3: 8/10 (80,0%) → 9/10 (90,0%)" in hoa.last.text
    assert len(thu.messages) == heard, "only who sent it back is told"
    assert "Bản trước: 8/10" in await hoa.click("Xem báo cáo")


@pytest.mark.parametrize(
    "said", ["/sua TV2.3 6/20", "/sua TV2.3", "TV2.3: 6/20", "/viec IV.10.b xong"]
)
async def test_the_others_stay_locked(hoa: Person, sent: Person, office: Office, said: str) -> None:
    await back(hoa, "TV1.3")
    answered = await say(sent, said)
    assert "giữ nguyên như đã nộp" in answered
    assert office.figures()["TV2.3"].numerator == 5
    assert office.statuses()["IV.10.b"].status == "ongoing"


async def test_an_edited_message_does_not_slip_by(lan: Person, hoa: Person, office: Office) -> None:
    await say(lan, "/baocao", "12/15", "đúng", "8/10", "đúng")
    written = next(m for m in lan.chat.messages.values() if m.text == "12/15")
    office.submit("quan-1")
    await back(hoa, "TV1.3")
    assert "TV1.2 giữ nguyên như đã nộp" in await lan.edit("1/15", written)
    assert office.figures()["TV1.2"].numerator == 12


async def test_only_what_is_to_be_corrected_is_offered(hoa: Person, sent: Person) -> None:
    await back(hoa, "TV1.3", "VH2")
    said = await sent.send("/baocao")
    assert "Cần sửa: TV1.3, VH2" in said
    assert "Chưa sửa: TV1.3, VH2" in said
    await sent.click("Sửa câu trả lời")
    assert [label for row in sent.buttons for label in row] == ["TV1.3", "VH2", "Quay lại"]


@pytest.mark.usefixtures("sent")
async def test_picked_on_the_card_step_by_step(hoa: Person, court: Court) -> None:
    await hoa.send("/duyet quan 1")
    await hoa.click("Trả lại để sửa")
    await hoa.click("TV1.3")
    assert "Sẽ trả lại: TV1.3, VH2" in await hoa.click("VH2")
    await hoa.click("Tiếp tục")
    await hoa.click("Mẫu số chưa đúng đối tượng")
    await hoa.click("18/09/2024")
    await hoa.click("Trả lại")
    (decision,) = court.decisions()
    assert (decision.reason, decision.until_on) == (
        "Mẫu số chưa đúng đối tượng được hỏi",
        date(2024, 9, 18),
    )


@pytest.mark.parametrize("reason", ["sai", "........", "          ", "x" * 501])
@pytest.mark.usefixtures("sent")
async def test_a_reason_that_tells_nothing_is_none(hoa: Person, court: Court, reason: str) -> None:
    said = await say(hoa, "/tralai quan 1 TV1.3", reason)
    assert "lý do trả lại là gì" in said
    assert court.state() == "submitted"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("13/09", "đã qua"),
        ("21/09", "là ngày nghỉ. Ngày làm việc kế tiếp là thứ Hai, 23/09/2024"),
        ("01/03/2025", "xa quá"),
        ("mai mốt gì đó", "chưa đọc được ngày"),
    ],
)
@pytest.mark.usefixtures("sent")
async def test_it_is_to_come_again_on_a_working_day(
    hoa: Person, court: Court, day: str, told: str
) -> None:
    said = await say(hoa, f"/tralai quan 1 TV1.3 {REASON}", day)
    assert told in said
    assert "Hạn sửa là hết ngày làm việc nào?" in said
    assert court.state() == "submitted"


async def test_what_changed_meanwhile_is_not_sent_back(
    hoa: Person, sent: Person, court: Court
) -> None:
    await say(hoa, f"/tralai quan 1 TV1.3 {REASON}", "20/09")
    await say(sent, "/sua TV1.3 9/10", "có", "đúng", "nộp")
    assert "TV1.3: 8/10 (80,0%) → 9/10 (90,0%)" in await hoa.send("trả lại")
    assert court.state() == "submitted"


@pytest.mark.usefixtures("sent")
async def test_the_right_is_asked_for_at_the_press(
    hoa: Person, office: Office, court: Court
) -> None:
    await say(hoa, f"/tralai quan 1 TV1.3 {REASON}", "20/09")
    office.revoke(hoa)
    office.appoint(hoa, "quan-1", "official")
    assert "không còn quyền" in await hoa.click("Trả lại")
    assert court.state() == "submitted"


@pytest.mark.usefixtures("sent")
async def test_an_unknown_code_is_said_to_be_so(hoa: Person) -> None:
    said = await say(hoa, "/tralai quan 1", "BT1.1")
    assert "không có câu trả lời “BT1.1”" in said


@pytest.fixture
async def told(lan: Person, office: Office) -> Person:
    """Lan, whose report of District 1 also says something in words."""
    office.drafted("quan-1", FIGURES, STATUSES)
    await say(lan, "/loivan", "khó khăn", "Thiếu sách", "xong", "quay lại", "xong")
    office.submit("quan-1")
    return lan


def texts(court: Court) -> dict[str, str]:
    report = court.office.report_of("quan-1")
    with court.app.database.transaction() as session:
        found = Narratives(session).of(report) if report else {}
        return {topic: each.text for topic, each in found.items()}


async def test_the_texts_stay_locked_with_the_others(
    hoa: Person, told: Person, court: Court
) -> None:
    await back(hoa, "TV1.3")
    assert "Lời văn giữ nguyên như đã" in await told.send("/loivan")
    await say(told, "khó khăn", "viết lại", "Không có gì")
    assert texts(court) == {"difficulties": "Thiếu sách"}


async def test_a_text_goes_back_and_comes_again_by_one_tap(
    hoa: Person, told: Person, court: Court
) -> None:
    await say(hoa, "/duyet quan 1", "trả lại để sửa", "Khó khăn, vướng mắc", "tiếp tục")
    assert "• Khó khăn, vướng mắc: “Thiếu sách”" in await say(hoa, REASON, "20/09")
    await hoa.click("Trả lại")
    assert "• Khó khăn, vướng mắc: “Thiếu sách”" in told.last.text
    await told.click("Sửa Khó khăn, vướng mắc")
    await say(told, "viết lại", "Thiếu sách thiếu nhi", "xong")
    assert texts(court) == {"difficulties": "Thiếu sách thiếu nhi"}
    assert "TV1.3 giữ nguyên như đã nộp" in await told.send("/sua TV1.3 9/10")
    assert "Đã nộp báo cáo" in await say(told, "/baocao", "nộp")
    assert "Hạn sửa: hết thứ Sáu, 20/09/2024. Cần sửa: Khó khăn, vướng mắc." in await hoa.send(
        "/lichsu quan 1"
    )


async def test_what_was_begun_before_it_was_sent_back_is_not_written(
    hoa: Person, told: Person, court: Court
) -> None:
    await say(told, "/sua TV1.3 9/10", "có", "đúng")
    await say(told, "/loivan", "khó khăn", "viết lại")
    court.office.submit("quan-1")
    await back(hoa, "TV1.3")
    assert "chưa được ghi nhận. Lời văn giữ nguyên" in await told.send("Không có gì")
    assert texts(court) == {"difficulties": "Thiếu sách"}
