"""`/minhchung`: the list, a file for one indicator, taking one back."""

import pytest

from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.files.documents import PDF
from tests.handlers.scenes import Office


@pytest.fixture
async def asked(lan: Person) -> Person:
    """Lan at the first question of the report, TV1.2."""
    await lan.send("/baocao")
    return lan


async def test_lists_what_is_kept_and_shows_the_question_again(asked: Person) -> None:
    await asked.send_photo()
    await asked.send_document(PDF, "kế hoạch.pdf", caption="TV1.3")
    said = await asked.send("/minhchung")
    assert "1. TV1.2: ảnh (PNG, 1 KB), 16/09/2024" in said
    assert "2. TV1.3: tệp “kế hoạch.pdf” (PDF, 1 KB), 16/09/2024" in said
    assert "Câu 1/10" in said


async def test_an_empty_list_says_how_to_add_one(asked: Person) -> None:
    said = await asked.send("minh chứng")
    assert "Chưa có tệp nào." in said
    assert "nhập /minhchung kèm mã câu" in said


async def test_before_the_report_there_is_nothing_to_list(lan: Person) -> None:
    assert "nhập /baocao trước" in await lan.send("/minhchung")


async def test_the_list_outlives_the_sending_of_the_report(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": None}, {})
    await lan.send_photo()
    office.reported("quan-1", 2024, {})
    assert "1. báo cáo: ảnh" in await lan.send("/minhchung")


@pytest.mark.parametrize("said", ["/minhchung TV1.3", "minh chung tv13", "/minhchung tv 1.3"])
async def test_the_next_file_goes_where_it_was_asked_for(asked: Person, said: str) -> None:
    assert "Mời anh/chị gửi ảnh hoặc tệp minh chứng cho TV1.3." in await asked.send(said)
    kept = await asked.send_photo()
    assert "Câu 1/10" in kept
    assert "Đã lưu minh chứng cho TV1.3: ảnh" in kept


async def test_words_in_place_of_the_file_are_answered(asked: Person) -> None:
    await asked.send("/minhchung TV1.3")
    assert "Câu này chờ ảnh hoặc tệp" in await asked.send("12/15")
    assert "Câu 1/10" in await asked.send("thôi")
    assert "12/15 (80,0%)" in await asked.send("12/15")


async def test_an_unknown_code_is_said_to_be_none(asked: Person) -> None:
    assert "không có câu “TV9”" in await asked.send("/minhchung TV9")


async def test_a_file_sent_by_mistake_is_taken_back(asked: Person) -> None:
    await asked.send_photo()
    assert "Xóa ảnh (PNG, 1 KB) của TV1.2?" in await asked.click("Xóa tệp này")
    said = await asked.click("Xóa")
    assert "Đã xóa tệp số 1." in said
    assert "Câu 1/10" in said
    assert "Chưa có tệp nào." in await asked.send("/minhchung")


async def test_a_file_can_be_kept_after_all(asked: Person) -> None:
    await asked.send_photo()
    await asked.send("/minhchung xóa 1")
    await asked.send("không")
    assert "1. TV1.2: ảnh" in await asked.send("/minhchung")


@pytest.mark.parametrize("number", ["2", "", "x", "9" * 30])
async def test_what_is_not_there_is_not_removed(asked: Person, number: str) -> None:
    await asked.send_photo()
    assert "Không xóa được tệp số" in await asked.send(f"/minhchung xoa {number}")


async def test_another_agencys_file_is_not_there(asked: Person, cast: Cast) -> None:
    await asked.send_photo()
    assert "Không xóa được tệp số 1" in await cast.minh().send("/minhchung xoa 1")


async def test_after_sending_nothing_is_removed(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": None}, {})
    await lan.send_photo()
    await lan.send("/minhchung xoa 1")
    office.reported("quan-1", 2024, {})
    assert "hoặc báo cáo đã nộp" in await lan.click("Xóa")
