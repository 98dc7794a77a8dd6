"""What receivers do with a notice: confirm it, ask about it, mute campaigns."""

import pytest

from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.broadcast.press import HEAD, Press
from tests.handlers.scenes import said_since


@pytest.fixture
async def noticed(thu: Person, lan: Person, press: Press) -> Person:
    """Lan, who has got notice 1."""
    await press.send(thu)
    assert HEAD in lan.last.text
    return lan


async def test_who_presses_has_confirmed_and_nobody_else(noticed: Person, press: Press) -> None:
    assert press.tally().acknowledged == 0
    assert "Đã ghi nhận: anh/chị đã nhận thông báo số 1" in await noticed.click("Đã nhận")
    assert "đã ghi nhận trước đó" in await noticed.click("Đã nhận")
    assert press.tally().acknowledged == 1


@pytest.mark.parametrize("said", ["đã nhận", "da nhan 1", "/danhan"])
async def test_a_confirmation_may_be_typed(noticed: Person, press: Press, said: str) -> None:
    assert "Đã ghi nhận" in await noticed.send(said)
    assert press.tally().acknowledged == 1


async def test_a_confirmation_leaves_an_open_form_open(noticed: Person) -> None:
    notice = noticed.last
    await noticed.send("/baocao")
    await noticed.click("Đã nhận", notice)
    assert "TV1.2" in noticed.last.text
    assert "12/15" in await noticed.send("12/15")


@pytest.mark.usefixtures("noticed")
async def test_what_was_not_for_somebody_they_do_not_confirm(hoa: Person, press: Press) -> None:
    assert "Không có thông báo nào" in await hoa.send("/danhan 1")
    assert press.tally().acknowledged == 0


async def test_a_question_and_its_answer_are_a_thread(noticed: Person, thu: Person) -> None:
    await noticed.click("Hỏi lại")
    assert "Đã chuyển câu hỏi" in await noticed.send("Họp ở đâu ạ?")
    assert "Câu hỏi về thông báo số 1 – Nguyễn Thị Lan (Quận 1)" in thu.last.text
    assert "“Họp ở đâu ạ?”" in await thu.click("Trả lời")
    assert "Đã gửi câu trả lời đến Nguyễn Thị Lan" in await thu.send("Hội trường B")
    assert noticed.last.text == "Trả lời về thông báo số 1\n\nHội trường B"
    await noticed.click("Hỏi lại", noticed.last)
    await noticed.send("Cảm ơn")
    said = await thu.send("/thongbao 1 hoidap")
    assert "Nguyễn Thị Lan, chưa trả lời: “Cảm ơn”" in said
    assert "Trần Minh Thu, 09:00" in await thu.click("Trả lời Nguyễn Thị Lan")


async def test_an_answer_to_the_message_itself_is_a_question(noticed: Person, thu: Person) -> None:
    notice = noticed.last
    await noticed.send("/baocao")
    assert "Đã chuyển câu hỏi" in await noticed.send("Có cần mang theo gì?", reply_to=notice)
    assert "“Có cần mang theo gì?”" in thu.last.text
    assert "TV1.2" in noticed.last.text


async def test_asking_interrupts_nothing(noticed: Person, thu: Person) -> None:
    await noticed.send("/baocao")
    assert "Đã chuyển câu hỏi" in await noticed.send("/hoi 1 Họp ở đâu?")
    assert "12/15" in await noticed.send("12/15")
    assert "“Họp ở đâu?”" in thu.last.text


@pytest.mark.parametrize("said", ["/hoi 9 Gì vậy?", "/traloi 9 Không"])
async def test_what_is_not_there_is_neither_asked_nor_answered(
    thu: Person, noticed: Person, said: str
) -> None:
    before = len(noticed.messages)
    await thu.send(said)
    assert said_since(noticed, before) == []


async def test_campaigns_can_be_muted_and_work_cannot(
    thu: Person, lan: Person, cast: Cast, press: Press
) -> None:
    minh = cast.minh()
    assert "không nhận thông báo chiến dịch nữa" in await lan.send("/tatthongbao")
    await press.compose(thu)
    assert "Không gửi đến 1 người đã tắt" in await thu.send("Chuyển thành loại chiến dịch")
    await thu.send("gửi")
    await press.passes()
    assert "/tatthongbao" in minh.last.text
    assert HEAD not in lan.last.text
    await press.send(thu, text="Mẫu báo cáo mới")
    assert "Mẫu báo cáo mới" in lan.last.text
    assert "nhận lại thông báo chiến dịch" in await lan.send("bật thông báo")


async def test_who_mutes_meanwhile_is_spared_it(thu: Person, lan: Person, press: Press) -> None:
    await press.compose(thu)
    await thu.send("Chuyển thành loại chiến dịch")
    await thu.send("gửi")
    await lan.send("/tatthongbao")
    await press.passes()
    assert HEAD not in lan.last.text
    assert "Không gửi nữa: 1" in thu.last.text
