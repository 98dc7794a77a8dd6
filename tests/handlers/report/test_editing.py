"""A message edited after it was an answer."""

import pytest

from plan.answers import Share
from sandbox.chats import Message
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, STATUSES, Office


def written(person: Person, text: str) -> Message:
    """The message of this person that said so."""
    mine = [each for each in person.chat.messages.values() if not each.from_bot]
    return next(each for each in reversed(mine) if each.text == text)


async def recorded(lan: Person) -> Message:
    """TV1.2 is recorded as 12/15, TV1.3 is asked for."""
    await lan.send("/baocao")
    await lan.send("12/15")
    await lan.send("đúng")
    return written(lan, "12/15")


async def test_an_answer_to_be_confirmed_is_read_anew(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert "TV1.2: Hệ thống hiểu là 13/15 (86,7%)" in await lan.edit("13/15")
    assert "Đã ghi nhận: TV1.2 – 13/15" in await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 13


async def test_an_answer_that_could_not_be_read_is_read_anew(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("12 hay 15")
    await lan.send("nhiều lắm")
    assert "12/15 (80,0%)" in await lan.edit("12/15")


async def test_a_recorded_answer_is_asked_about(lan: Person, office: Office) -> None:
    message = await recorded(lan)
    said = await lan.edit("13/15", message)
    assert "muốn sửa TV1.2 từ 12/15 (80,0%) thành 13/15 (86,7%), đúng không ạ?" in said
    assert office.figures()["TV1.2"].numerator == 12
    said = await lan.click("Đúng")
    assert "Đã ghi nhận: TV1.2 – 13/15 (86,7%)" in said
    assert "Câu 2/10 · TV1.3" in said
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize("words", ["Giữ 12/15 (80,0%)", "giữ", "không"])
async def test_a_recorded_answer_may_stay(lan: Person, office: Office, words: str) -> None:
    message = await recorded(lan)
    await lan.edit("13/15", message)
    said = await lan.send(words)
    assert "TV1.2 được giữ nguyên" in said
    assert "Câu 2/10 · TV1.3" in said
    assert office.figures()["TV1.2"].numerator == 12


async def test_it_may_be_edited_again_once_corrected(lan: Person, office: Office) -> None:
    message = await recorded(lan)
    await lan.edit("13/15", message)
    await lan.send("đúng")
    assert "từ 13/15 (86,7%) thành 14/15" in await lan.edit("14/15", message)
    await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 14


async def test_an_unconfirmed_answer_that_is_interrupted_comes_back(lan: Person) -> None:
    message = await recorded(lan)
    await lan.send("8/10")
    await lan.edit("13/15", message)
    said = await lan.send("đúng")
    assert said.endswith("TV1.3: Hệ thống hiểu là 8/10 (80,0%), đúng không ạ?")


async def test_the_same_figure_in_other_words_changes_nothing(lan: Person) -> None:
    message = await recorded(lan)
    said = await lan.edit("12 trên 15", message)
    assert "TV1.2 đang được ghi nhận là 12/15 (80,0%), không có gì thay đổi" in said
    assert "Câu 2/10" in said


async def test_what_cannot_be_read_leaves_the_record(lan: Person, office: Office) -> None:
    message = await recorded(lan)
    said = await lan.edit("nhiều lắm", message)
    assert "TV1.2 vẫn là 12/15 (80,0%)" in said
    assert "/sua TV1.2 12/15" in said
    assert office.figures()["TV1.2"].numerator == 12


async def test_an_answer_of_a_sent_report_is_not_changed(lan: Person, office: Office) -> None:
    message = await recorded(lan)
    office.submit("quan-1")
    await lan.send("/huy")
    said = await lan.edit("13/15", message)
    assert "TV1.2 đã nộp trong báo cáo năm 2024 là 12/15 (80,0%)" in said
    assert "/sua TV1.2" in said
    assert office.figures()["TV1.2"].numerator == 12


async def test_an_older_answer_to_the_same_question_is_only_explained(lan: Person) -> None:
    message = await recorded(lan)
    await lan.send("/sua TV1.2 14/15")
    await lan.send("đúng")
    said = await lan.edit("13/15", message)
    assert "không phải câu trả lời" in said
    assert "Câu 2/10" in said


@pytest.mark.parametrize("text", ["/tiendo", "xin chào"])
async def test_any_other_message_is_only_explained(lan: Person, office: Office, text: str) -> None:
    office.drafted("quan-1", FIGURES, {})
    await lan.send(text)
    said = await lan.edit("13/15")
    assert "không làm thay đổi gì" in said
    assert office.figures()["TV1.2"].numerator == 12


async def test_officials_are_told_as_well(hoa: Person) -> None:
    await hoa.send("/tiendo")
    assert "không làm thay đổi" in await hoa.edit("/nhiemvu")


async def test_an_unusual_edit_is_told_and_asks_for_its_reason(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.2": Share(11, 15)})
    message = await recorded(lan)
    assert "Lưu ý: giảm hơn 30% so với năm 2023" in await lan.edit("2/15", message)
    assert "lý do khác biệt so với năm 2023" in await lan.send("đúng")
    assert "Câu 2/10 · TV1.3" in await lan.click("Kiểm đếm lại")
    assert office.figures()["TV1.2"].reason == "Kiểm đếm lại"


async def test_an_edited_estimate_stays_one(lan: Person, office: Office) -> None:
    message = await recorded(lan)
    assert "thành ước 13/15" in await lan.edit("khoảng 13/15", message)
    await lan.send("đúng")
    assert office.figures()["TV1.2"].estimate


async def test_an_edit_of_a_whole_says_that_its_parts_go(lan: Person, office: Office) -> None:
    figures = {code: FIGURES[code] for code in FIGURES if code != "VH2"}
    office.drafted("quan-1", figures, STATUSES)
    for text in ("/baocao", "30/40", "từng phần", "10/15", "20/25", "đúng"):
        await lan.send(text)
    said = await lan.edit("31/40", written(lan, "30/40"))
    assert "Số liệu từng phần đã ghi nhận trước đó sẽ không còn: Trung tâm văn hóa" in said


async def test_a_count_in_place_of_none_asks_for_last_year_s(lan: Person, office: Office) -> None:
    figures = {code: FIGURES[code] for code in FIGURES if code != "TV3"}
    office.drafted("quan-1", figures, STATUSES)
    for text in ("/baocao", "không thuộc phạm vi", "đúng"):
        await lan.send(text)
    said = await lan.edit("12.500", written(lan, "không thuộc phạm vi"))
    assert "năm 2023 có bao nhiêu lượt" in said
    await lan.send("10.000")
    assert "Rà soát trước khi nộp" in await lan.send("đúng")
    assert office.figures()["TV3"].count_before == 10_000


async def test_another_answer_may_be_typed_where_an_edit_is_asked_about(lan: Person) -> None:
    message = await recorded(lan)
    await lan.edit("13/15", message)
    assert "Hệ thống hiểu là 14/15" in await lan.send("14/15")
    assert "Câu 2/10 · TV1.3" in await lan.send("đúng")


async def test_an_edited_status_is_explained(lan: Person, vy: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, {})
    for person in (lan, vy):
        await person.send("/baocao")
    await vy.send("hoàn thành")
    await lan.send("đang triển khai")
    assert "chỉnh sửa không làm thay đổi gì" in await lan.edit("chưa triển khai")
    assert "Thay bằng Đang triển khai" in str(lan.buttons)
