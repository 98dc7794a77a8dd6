"""`/sua`: one answer changed, and back to what was interrupted."""

import pytest

from plan.answers import Share
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, STATUSES, Office


@pytest.fixture
def drafted(office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": Share(12, 15), "TV1.3": Share(8, 10)}, {})


@pytest.mark.usefixtures("drafted")
@pytest.mark.parametrize(
    "typed", ["/sua TV1.3 9/10", "/sua tv13 9/10", "/sua TV 1.3: 9/10", "sua tv 1.3 9/10"]
)
async def test_code_and_answer_in_one_message(lan: Person, office: Office, typed: str) -> None:
    assert "Hệ thống hiểu là 9/10 (90,0%)" in await lan.send(typed)
    assert office.figures()["TV1.3"].numerator == 8
    said = await lan.send("đúng")
    assert "Đã ghi nhận: TV1.3 – 9/10 (90,0%)" in said
    assert "Rà soát" in said
    assert office.figures()["TV1.3"].numerator == 9


@pytest.mark.usefixtures("drafted")
async def test_a_code_alone_asks_its_question(lan: Person) -> None:
    said = await lan.send("/sua TV1.3")
    assert "TV1.3" in said
    assert "Hiện đang ghi nhận: 8/10 (80,0%)" in said


@pytest.mark.usefixtures("drafted")
async def test_alone_it_lists_the_answers_to_choose_from(lan: Person) -> None:
    said = await lan.send("/sua")
    assert "TV1.3" in said
    assert "8/10 (80,0%)" in said
    assert "sửa câu nào" in said
    assert "Hiện đang ghi nhận: 8/10" in await lan.send("TV1.3")


async def test_what_was_interrupted_comes_back(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    for words in ("12/15", "đúng", "8/10"):
        await lan.send(words)
    await lan.send("/sua TV1.2 13/15")
    said = await lan.send("đúng")
    assert "Đã ghi nhận: TV1.2 – 13/15" in said
    assert said.endswith("TV1.3: Hệ thống hiểu là 8/10 (80,0%), đúng không ạ?")
    assert "Đã ghi nhận: TV1.3" in await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize("way", ["Quay lại", "/quaylai", "Bỏ qua"])
async def test_thinking_better_of_it_goes_back_as_well(lan: Person, way: str) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    await lan.send("đúng")
    await lan.send("/sua TV1.2")
    assert "Câu 2/10 · TV1.3" in await lan.send(way)


async def test_skipping_leaves_what_was_recorded(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": Share(12, 15)}, {})
    await lan.send("/sua TV1.2")
    assert "TV1.2 được giữ nguyên" in await lan.send("bỏ qua")
    assert office.figures()["TV1.2"].numerator == 12


async def test_from_the_list_one_goes_back_as_well(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("/sua")
    assert "Câu 1/10" in await lan.click("Quay lại")


async def test_the_open_question_itself_may_be_named(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("/sua TV1.2 12/15")
    said = await lan.send("đúng")
    assert "Câu 2/10" in said


async def test_a_status_is_changed_at_once(lan: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    assert "IV.10.a – Đang triển khai" in await lan.send("/sua IV.10.a đang triển khai")
    assert office.statuses()["IV.10.a"].status == "ongoing"


@pytest.mark.usefixtures("drafted")
async def test_an_answer_that_cannot_be_read_leaves_the_question_open(
    lan: Person, office: Office
) -> None:
    said = await lan.send("/sua TV1.3 nhiều lắm")
    assert "“nhiều lắm”" in said
    assert "Hiện đang ghi nhận: 8/10" in said
    assert office.figures()["TV1.3"].numerator == 8


@pytest.mark.usefixtures("drafted")
async def test_a_code_that_is_not_asked_is_told(lan: Person) -> None:
    said = await lan.send("/sua BT1 1/2")
    assert "“BT1 1/2”" in said
    assert "sửa câu nào" in said


async def test_a_sent_report_is_changed_only_after_a_yes(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, FIGURES)
    said = await lan.send("/sua TV1.2 13/15")
    assert "sẽ trở lại bản nháp" in said
    report = office.report_of("quan-1")
    assert report
    assert report.state == "submitted"
    assert "13/15 (86,7%)" in await lan.click("Tiếp tục sửa")
    assert "Rà soát" in await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize("words", ["Giữ như đã nộp", "không", "thoi"])
async def test_a_sent_report_may_stay_as_it_is(lan: Person, office: Office, words: str) -> None:
    office.reported("quan-1", 2024, FIGURES)
    await lan.send("/sua TV1.2 13/15")
    assert "giữ nguyên như đã nộp" in await lan.send(words)
    assert office.figures()["TV1.2"].numerator == 12


async def test_an_approved_report_is_not_changed_here(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, FIGURES)
    office.approve("quan-1")
    assert "đã được duyệt" in await lan.send("/sua TV1.2 13/15")
    assert office.figures()["TV1.2"].numerator == 12


async def test_without_a_report_there_is_nothing_to_change(lan: Person, office: Office) -> None:
    assert "chưa có nội dung để sửa" in await lan.send("/sua TV1.2")
    assert office.report_of("quan-1") is None


async def test_who_stands_for_two_agencies_chooses(lan: Person, office: Office) -> None:
    office.appoint(lan, "quan-3", "focal")
    for agency_id in ("quan-1", "quan-3"):
        office.drafted(agency_id, {"TV1.2": Share(12, 15)}, {})
    assert "của đơn vị nào" in await lan.send("/sua TV1.2 13/15")
    assert "13/15" in await lan.send("quan 3")
    await lan.send("đúng")
    assert office.figures("quan-3")["TV1.2"].numerator == 13
    assert office.figures("quan-1")["TV1.2"].numerator == 12
