"""`/tieptuc`, `/quaylai`, `/boqua`: back into the conversation, and about in it."""

import pytest

from plan.answers import Share
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, STATUSES, Office


async def test_the_open_question_is_shown_again(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    said = await lan.send("/tieptuc")
    assert said == "TV1.2: Hệ thống hiểu là 12/15 (80,0%), đúng không ạ?"


async def test_where_the_draft_stands_is_told(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": Share(12, 15)}, {})
    said = await lan.send("/tieptuc")
    assert "báo cáo năm 2024\nAnh/chị đang ở câu 2/10." in said
    assert lan.buttons == [["Tiếp tục"], ["Xem các câu đã trả lời"]]


@pytest.mark.parametrize("words", ["Tiếp tục", "tiep tuc", "làm tiếp", "vâng"])
async def test_it_goes_on(lan: Person, office: Office, words: str) -> None:
    office.drafted("quan-1", {"TV1.2": Share(12, 15)}, {})
    await lan.send("/tieptuc")
    assert "Câu 2/10 · TV1.3" in await lan.send(words)


async def test_the_answers_are_shown(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": Share(12, 15)}, {})
    await lan.send("/tieptuc")
    assert "12/15 (80,0%)" in await lan.click("Xem các câu đã trả lời")


async def test_a_whole_draft_is_reviewed(lan: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    assert "Rà soát" in await lan.send("/tieptuc")


async def test_a_sent_report_says_so(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, FIGURES)
    assert "Số biên nhận" in await lan.send("/tieptuc")


async def test_nothing_open_is_told(lan: Person, office: Office) -> None:
    assert "chưa được bắt đầu" in await lan.send("/tieptuc")
    assert office.report_of("quan-1") is None
    assert "Câu 1/10" in await lan.click("Bắt đầu báo cáo")


async def test_who_stands_for_two_agencies_chooses(lan: Person, office: Office) -> None:
    office.appoint(lan, "quan-3", "focal")
    for agency_id in ("quan-1", "quan-3"):
        office.drafted(agency_id, {"TV1.2": Share(12, 15)}, {})
    assert "đơn vị nào" in await lan.send("/tieptuc")
    assert "Ủy ban nhân dân Quận 3" in await lan.send("quan 3")


async def test_moves_are_commands_as_well(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Câu 2/10" in await lan.send("/boqua")
    assert "Câu 1/10" in await lan.send("/quaylai")


async def test_moves_work_halfway_through_an_answer(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert "Câu 1/10" in await lan.send("/quaylai")
    await lan.send("12/15")
    assert "Câu 2/10" in await lan.send("/boqua")
    assert office.figures()["TV1.2"].state == "skipped"


@pytest.mark.parametrize("command", ["/boqua", "/quaylai"])
async def test_where_there_is_nowhere_to_move_that_is_said(lan: Person, command: str) -> None:
    assert "không có câu nào để bỏ qua hoặc quay lại" in await lan.send(command)


async def test_a_description_is_not_skipped_into_the_record(lan: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, {})
    await lan.send("/baocao")
    await lan.send("vướng mắc")
    assert "IV.10.b" in await lan.send("/boqua")
    assert office.statuses()["IV.10.a"].status == "skipped"


async def test_officials_have_no_report_to_go_on_with(hoa: Person) -> None:
    assert "Lệnh này không có" in await hoa.send("/tieptuc")
