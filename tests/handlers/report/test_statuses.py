"""The report's questions about tasks, and the difficulties behind them."""

import pytest

from sandbox.person import Person
from tests.handlers.scenes import FIGURES, Office


@pytest.fixture
async def lan(lan: Person, office: Office) -> Person:
    """At the first of her three questions about tasks."""
    office.drafted("quan-1", FIGURES, {})
    await lan.send("/baocao")
    return lan


async def test_asks_how_far_a_task_has_come(lan: Person) -> None:
    said = lan.last.text
    assert "Câu 8/10 · IV.10.a" in said
    assert "trong năm 2024 đã thực hiện đến đâu" in said
    labels = [label for row in lan.buttons for label in row]
    assert labels[:4] == [
        "1. Chưa triển khai",
        "2. Đang triển khai",
        "3. Hoàn thành",
        "4. Có khó khăn, vướng mắc",
    ]


@pytest.mark.parametrize(
    ("typed", "status", "name"),
    [
        ("1", "not_started", "Chưa triển khai"),
        ("dang trien khai", "ongoing", "Đang triển khai"),
        ("3.", "done", "Hoàn thành"),
        ("Hoàn thành", "done", "Hoàn thành"),
    ],
)
async def test_a_status_is_kept_as_typed(
    lan: Person, office: Office, typed: str, status: str, name: str
) -> None:
    said = await lan.send(typed)
    assert f"Đã ghi nhận: IV.10.a – {name}" in said
    assert "Câu 9/10 · IV.10.b" in said
    assert office.statuses()["IV.10.a"].status == status


async def test_a_difficulty_is_described(lan: Person, office: Office) -> None:
    assert "khó khăn, vướng mắc" in await lan.click("Có khó khăn")
    assert office.statuses() == {}
    assert "Câu 9/10" in await lan.send("Thiếu kinh phí <b>& nhân lực")
    kept = office.statuses()["IV.10.a"]
    assert (kept.status, kept.note) == ("blocked", "Thiếu kinh phí <b>& nhân lực")


@pytest.mark.parametrize("note", ["Hủy 2 lớp do mưa", "Báo cáo chậm", "Tiến độ chậm", "Menu chính"])
async def test_a_description_may_begin_like_a_command(
    lan: Person, office: Office, note: str
) -> None:
    await lan.send("4")
    await lan.send(note)
    assert office.statuses()["IV.10.a"].note == note


async def test_a_difficulty_needs_no_description(lan: Person, office: Office) -> None:
    await lan.send("4")
    assert "Câu 9/10" in await lan.click("Không mô tả")
    assert office.statuses()["IV.10.a"].note == ""


async def test_a_novel_is_sent_back(lan: Person, office: Office) -> None:
    await lan.send("4")
    said = await lan.send("a" * 1501)
    assert "1.501 ký tự, vượt mức tối đa 1.500" in said
    assert office.statuses() == {}


async def test_leaving_in_the_middle_of_a_description_keeps_nothing(
    lan: Person, office: Office
) -> None:
    await lan.send("4")
    assert "Đã dừng" in await lan.send("/huy")
    assert office.statuses() == {}
    assert "Câu 8/10" in await lan.send("/baocao")


async def test_a_task_can_be_skipped_and_is_listed(lan: Person, office: Office) -> None:
    await lan.send("bỏ qua")
    assert office.statuses()["IV.10.a"].status == "skipped"
    await lan.send("3")
    assert "Còn 1 câu chưa trả lời: IV.10.a" in await lan.send("3")


async def test_the_full_wording_of_a_task(lan: Person) -> None:
    said = await lan.send("8")
    assert "Chỉ đạo xây dựng kế hoạch hàng năm" in said
    assert "Câu 8/10" in said


async def test_words_that_are_no_status_leave_the_question_open(
    lan: Person, office: Office
) -> None:
    before = len(lan.messages)
    assert "chưa hiểu" in await lan.send("9")
    assert len(lan.messages) == before + 1
    assert office.statuses() == {}
    assert "Câu 9/10" in await lan.send("3")
