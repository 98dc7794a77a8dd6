"""Answers that cannot be read: nothing changes, and soon there is a way out."""

from datetime import timedelta

import pytest

from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, Office

MADE_UP = ("nhiều lắm", "cũng kha khá", "chắc là ổn")


async def fail(person: Person, times: int = 3) -> str:
    for words in MADE_UP[:times]:
        said = await person.send(words)
    return said


async def test_the_first_failure_says_why_and_gives_an_example(lan: Person) -> None:
    await lan.send("/baocao")
    before = len(lan.messages)
    said = await fail(lan, 1)
    assert "“nhiều lắm”" in said
    assert "Ví dụ trả lời: 12/15" in said
    assert len(lan.messages) == before + 1


async def test_the_second_failure_says_what_to_count(lan: Person) -> None:
    await lan.send("/baocao")
    said = await fail(lan, 2)
    assert "• Đạt: Số thư viện" in said
    assert "Nhờ cán bộ Sở hỗ trợ" not in str(lan.buttons)


async def test_from_the_third_on_ways_out_are_offered(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    before = len(lan.messages)
    await fail(lan)
    assert lan.last.buttons == [["Nhờ cán bộ Sở hỗ trợ"], ["Lưu, làm sau", "Bỏ qua"]]
    assert len(lan.messages) == before + 3
    assert office.figures() == {}
    assert "12/15 (80,0%)" in await lan.send("12/15")


@pytest.mark.parametrize("words", ["Bỏ qua", "bo qua", "/boqua"])
async def test_skipping_is_a_way_out(lan: Person, words: str) -> None:
    await lan.send("/baocao")
    await fail(lan)
    assert "Câu 2/10" in await lan.send(words)


async def test_halfway_through_an_answer_it_can_be_skipped_as_well(
    lan: Person, office: Office
) -> None:
    await lan.send("/baocao")
    await lan.send("12")
    await fail(lan)
    assert "Câu 2/10" in await lan.click("Bỏ qua")
    assert office.figures()["TV1.2"].state == "skipped"


async def test_an_answer_that_is_read_begins_the_count_anew(lan: Person) -> None:
    await lan.send("/baocao")
    await fail(lan, 2)
    await lan.send("12/15")
    await lan.send("không")
    assert "• Đạt:" not in await fail(lan, 1)


@pytest.mark.parametrize("words", ["Nhờ cán bộ Sở hỗ trợ", "nho ho tro"])
async def test_help_is_asked_of_the_standing_agency(lan: Person, thu: Person, words: str) -> None:
    await lan.send("/baocao")
    await fail(lan)
    said = await lan.send(words)
    assert "Đã chuyển đề nghị hỗ trợ đến Sở Văn hóa và Thể thao" in said
    assert "Câu 1/10" in said
    asked = thu.last.text
    assert "Nguyễn Thị Lan, Ủy ban nhân dân Quận 1, báo cáo năm 2024" in asked
    assert "TV1.2" in asked
    assert "“chắc là ổn”" in asked


async def test_help_is_asked_once_for_a_question_and_day(
    lan: Person, thu: Person, clock: PushedClock
) -> None:
    await lan.send("/baocao")
    await fail(lan)
    for _ in range(2):
        said = await lan.send("nhờ hỗ trợ")
    assert "Hôm nay Hệ thống đã chuyển đề nghị hỗ trợ" in said
    assert len(thu.messages) == 1
    clock.push_to(clock.now() + timedelta(days=1))
    await lan.send("nhờ hỗ trợ")
    assert len(thu.messages) == 2


async def test_a_request_at_night_waits_for_the_office(
    lan: Person, thu: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(clock.now() + timedelta(hours=12))
    await lan.send("/baocao")
    await fail(lan)
    assert "trong giờ làm việc" in await lan.click("Nhờ cán bộ")
    assert thu.messages == []
    clock.push_to(clock.now() + timedelta(hours=11))
    await office.tick()
    assert "Đề nghị hỗ trợ" in thu.last.text


async def test_without_administrators_the_person_is_told_whom_to_contact(lan: Person) -> None:
    await lan.send("/baocao")
    await fail(lan)
    assert "liên hệ trực tiếp Sở Văn hóa và Thể thao" in await lan.click("Nhờ cán bộ")


async def test_a_status_has_the_same_ways_out(lan: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, {})
    await lan.send("/baocao")
    before = len(lan.messages)
    await fail(lan)
    assert len(lan.messages) == before + 3
    assert lan.last.buttons == [["Nhờ cán bộ Sở hỗ trợ"], ["Lưu, làm sau", "Bỏ qua"]]
    assert "Câu 9/10" in await lan.click("Bỏ qua")
