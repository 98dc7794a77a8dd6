"""Before and after sending: the card, one change at a time, the receipt."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.agencies import Agencies
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office, button, said_since

RECEIPT = "Số biên nhận: BC-2024-"


@pytest.fixture
def lan(lan: Person, office: Office) -> Person:
    """All questions answered; /baocao brings the review."""
    office.drafted("quan-1", FIGURES, STATUSES)
    return lan


@pytest.fixture
def duc(cast: Cast, office: Office) -> Person:
    """Focal point of the standing agency: 32 questions, all skipped."""
    duc = cast.member(112, "Đỗ Văn Đức", "so-vhtt", "focal")
    with office.app.database.transaction() as session:
        agencies, today = Agencies(session), office.now.date()
        figures = dict.fromkeys(agencies.duties("so-vhtt", today).reports)
        statuses = dict.fromkeys(agencies.duties("so-vhtt", today).leads, "skipped")
    office.drafted("so-vhtt", figures, statuses)
    return duc


async def test_the_review_shows_every_answer(lan: Person) -> None:
    said = await lan.send("/baocao")
    assert "Rà soát trước khi nộp – Ủy ban nhân dân Quận 1, báo cáo năm 2024" in said
    assert "• TV1.2 Thư viện cấp huyện có dịch vụ học tập suốt đời: 12/15 (80,0%)" in said
    assert "12.500 lượt" in said
    assert "Đang triển khai" in said
    assert "chưa trả lời" not in said
    labels = [label for row in lan.buttons for label in row]
    assert labels[:2] == ["1. Nộp báo cáo", "2. Sửa câu trả lời"]
    assert labels[2:] == ["3. Phần lời văn", "4. Lưu, làm sau"]


async def test_sending_gives_a_receipt(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    said = await lan.click("Nộp báo cáo")
    assert "Đã nộp báo cáo." in said
    assert RECEIPT in said
    assert "Người nộp: Nguyễn Thị Lan, lúc 09:00 16/09/2024" in said
    assert "nộp muộn" not in said
    report = office.report_of("quan-1")
    assert report
    assert (report.state, report.version) == ("submitted", 1)


@pytest.mark.parametrize("words", ["nộp", "1", "nop bao cao", "Gửi báo cáo"])
async def test_sending_can_be_typed(lan: Person, words: str) -> None:
    await lan.send("/baocao")
    assert RECEIPT in await lan.send(words)


async def test_a_report_is_sent_once_however_often_it_is_tapped(
    lan: Person, office: Office
) -> None:
    await lan.send("/baocao")
    card, before = lan.last, len(lan.messages)
    await office.press(card, button(card, "Nộp báo cáo"), times=3)
    said = said_since(lan, before)
    assert sum(RECEIPT in each for each in said) == 1
    assert sum("Nút này đã được sử dụng hoặc đã hết hiệu lực" in each for each in said) == 2
    report = office.report_of("quan-1")
    assert report
    assert report.version == 1


async def test_after_the_deadline_the_receipt_says_late(lan: Person, clock: PushedClock) -> None:
    await lan.send("/baocao")
    clock.push_to(datetime(2024, 11, 4, 17, 0, tzinfo=UTC))
    assert "ghi nhận là nộp muộn" in await lan.send("nộp")


async def test_on_the_last_evening_it_is_on_time(lan: Person, clock: PushedClock) -> None:
    await lan.send("/baocao")
    clock.push_to(datetime(2024, 11, 4, 16, 59, 59, tzinfo=UTC))
    assert "nộp muộn" not in await lan.send("nộp")


async def test_an_empty_report_is_not_sent(duc: Person, office: Office) -> None:
    await duc.send("/baocao")
    assert "trả lời ít nhất một câu" in await duc.send("nộp")
    report = office.report_of("so-vhtt")
    assert report
    assert report.state == "draft"


@pytest.mark.parametrize("code", ["TV1.3", "tv13", "TV 1.3", "tv1.3"])
async def test_one_answer_is_changed_and_the_review_comes_back(lan: Person, code: str) -> None:
    await lan.send("/baocao")
    assert "sửa câu nào" in await lan.send("sửa")
    said = await lan.send(code)
    assert "TV1.3" in said
    assert "Hiện đang ghi nhận: 8/10 (80,0%)" in said
    await lan.send("9/10")
    said = await lan.send("đúng")
    assert "Rà soát trước khi nộp" in said
    assert "9/10 (90,0%)" in said


async def test_a_code_that_is_not_there_is_asked_again(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("2")
    said = await lan.send("BT1 <i>")
    assert "không có câu “BT1 <i>”" in said
    assert "sửa câu nào" in said


async def test_back_from_changing_is_the_review(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("2")
    assert "Rà soát" in await lan.send("quay lại")
    await lan.send("2")
    await lan.send("TV1.3")
    assert "Rà soát" in await lan.send("quay lại")


@pytest.mark.parametrize(
    ("typed", "code"), [("ii.2.đ", "II.2.đ"), ("II2đ", "II.2.đ"), ("II.2.d", "II.2.d")]
)
async def test_two_clauses_may_differ_by_a_stroke_only(duc: Person, typed: str, code: str) -> None:
    await duc.send("/baocao")
    await duc.send("sửa câu trả lời")
    assert f"· {code}\n" in await duc.send(typed)


async def test_a_long_review_comes_in_short_messages(duc: Person) -> None:
    said = await duc.send("/baocao")
    assert "TV1.1" in said
    assert "Còn 32 câu chưa trả lời" in said
    assert max(len(message.text) for message in duc.messages) < 2000


async def test_a_sent_report_is_corrected_and_sent_again(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("nộp")
    assert RECEIPT in await lan.send("/baocao")
    said = await lan.click("Sửa và nộp lại")
    assert "đơn vị được tính là chưa báo cáo" in said
    for words in ("sửa", "TV1.2", "14/15", "đúng"):
        await lan.send(words)
    assert "/2" in await lan.send("nộp")
    report = office.report_of("quan-1")
    assert report
    assert report.version == 2
    assert office.figures()["TV1.2"].numerator == 14


async def test_a_correction_after_the_deadline_is_not_called_late(
    lan: Person, clock: PushedClock
) -> None:
    await lan.send("/baocao")
    await lan.send("nộp")
    clock.push_to(datetime(2024, 11, 6, 2, 0, tzinfo=UTC))
    await lan.send("/baocao")
    await lan.send("sửa và nộp lại")
    said = await lan.send("nộp")
    assert RECEIPT in said
    assert "nộp muộn" not in said


async def test_while_one_sends_the_other_cannot_change_it(
    lan: Person, cast: Cast, office: Office, clock: PushedClock
) -> None:
    other = cast.member(111, "Bùi Văn Sơn", "quan-1", "focal")
    for words in ("/baocao", "sửa", "TV1.2", "1/15"):
        await other.send(words)
    await lan.send("/baocao")
    await lan.send("nộp")
    clock.push_to(clock.now() + timedelta(minutes=1))
    assert "Báo cáo năm 2024 đã nộp lúc 09:00" in await other.send("đúng")
    assert office.figures()["TV1.2"].numerator == 12


async def test_leaving_the_review_keeps_the_draft(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Đã lưu" in await lan.send("4")
    assert "Rà soát trước khi nộp" in await lan.send("/baocao")
