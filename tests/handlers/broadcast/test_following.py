"""After a notice: who has not confirmed, repeated to those, corrected, recalled, exported."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from sandbox.clock import PushedClock
from sandbox.person import TINY_PNG, Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.broadcast.press import HEAD, Press

TWO_DAYS = 48 * 3600


@pytest.fixture
def minh(cast: Cast) -> Person:
    return cast.minh()


@pytest.fixture
async def noticed(thu: Person, lan: Person, minh: Person, press: Press) -> Person:
    """Lan, who has got notice 1, as Minh has."""
    await press.send(thu, text="Họp lúc 9h tại Hội trường A, {xung_ho} {ten}")
    assert HEAD in minh.last.text
    return lan


async def test_who_has_not_confirmed_is_named_and_reminded(
    noticed: Person, thu: Person, minh: Person, press: Press
) -> None:
    await noticed.click("Đã nhận")
    said = await thu.click("Chưa xác nhận")
    assert "1/2 người đã xác nhận" in said
    assert "Sở GD&ĐT: Lê Văn Minh" in said
    await thu.click("Nhắc lại những người này")
    await thu.send("gửi")
    await press.passes()
    assert minh.last.text.startswith("Nhắc lại thông báo số 1")
    assert noticed.last.text.startswith(HEAD)
    await minh.click("Đã nhận")
    assert press.tally(1).acknowledged == 2
    assert "đều đã xác nhận" in await thu.send("/thongbao 1 guilai")


async def test_a_correction_changes_the_message_that_was_sent(
    noticed: Person, thu: Person, press: Press
) -> None:
    count = len(noticed.messages)
    assert "nhập nội dung đã đính chính" in await thu.click("Đính chính")
    await thu.send("Họp lúc 14h, {xung_ho} {ten}")
    await thu.send("gửi")
    await press.passes()
    assert len(noticed.messages) == count
    assert noticed.last.text == (
        "Đính chính thông báo số 1 của cơ quan thường trực\n\nHọp lúc 14h, anh/chị Lan"
    )
    assert noticed.last.buttons == [["Đã nhận", "Hỏi lại"]]
    assert "Đã sửa: 2/2" in thu.last.text
    await noticed.click("Đã nhận")
    assert press.tally(1).acknowledged == 1


async def test_a_correction_answers_the_message_that_was_sent(
    noticed: Person, thu: Person, press: Press
) -> None:
    notice = noticed.last
    await thu.click("Đính chính")
    await thu.send("Họp lúc 14h")
    await thu.send("Chuyển sang gửi tin đính chính")
    await thu.send("gửi")
    await press.passes()
    assert noticed.last.reply_to is notice
    assert noticed.last.text.endswith("Họp lúc 14h")
    assert "Đã gửi: 2/2" in thu.last.text


async def test_the_caption_of_a_picture_is_corrected(
    thu: Person, lan: Person, press: Press
) -> None:
    await thu.send("/thongbao")
    await thu.send_photo(TINY_PNG, "Ngày 21/4")
    await thu.send("2")
    await thu.send("gửi")
    await press.passes()
    await thu.click("Đính chính")
    assert "chỉ gửi phần chữ" in await thu.send_photo(TINY_PNG, "Ngày 22/4")
    await thu.send("Ngày 22/4")
    await thu.send("gửi")
    await press.passes()
    assert "photo" in lan.last.attachment
    assert lan.last.text.endswith("Ngày 22/4")


async def test_a_recall_removes_what_telegram_lets_be_removed(
    noticed: Person, thu: Person, minh: Person, press: Press
) -> None:
    minh.chat.blocked = True
    assert "Thu hồi thông báo số 1?" in await thu.click("Thu hồi")
    assert "Đang thu hồi thông báo số 1 ở 2 người" in await thu.click("Thu hồi")
    await press.passes()
    assert not noticed.messages
    assert "Đã thu hồi: 1/2" in thu.last.text
    assert "Không liên lạc được: 1" in thu.last.text
    assert press.notice(1).state == "recalled"


async def test_what_is_older_than_two_days_stays_and_is_counted(
    noticed: Person, thu: Person, press: Press
) -> None:
    press.later(TWO_DAYS)
    await thu.send("/thongbao 1 thuhoi")
    await thu.send("thu hồi")
    await press.passes()
    assert noticed.last.text.startswith(HEAD)
    assert "Đã thu hồi: 0/2" in thu.last.text
    assert "Quá 48 giờ, không thu hồi được: 2" in thu.last.text


async def test_a_recall_needs_no_office_hours(noticed: Person, thu: Person, press: Press) -> None:
    press.later(10 * 3600)
    await thu.send("/thongbao 1 thuhoi")
    await thu.send("thu hồi")
    await press.passes()
    assert not noticed.messages


@pytest.mark.usefixtures("noticed")
async def test_the_result_is_a_workbook(thu: Person, lan: Person, telegram: Telegram) -> None:
    await lan.click("Đã nhận")
    await thu.click("Tải kết quả Excel")
    file = telegram.world.files.find(thu.last.attachment["document"]["file_id"])
    sheet = load_workbook(BytesIO(file.upload.data)).active
    assert sheet is not None
    rows = [list(row[1:4]) for row in sheet.iter_rows(values_only=True)][-2:]
    assert rows == [
        ["Quận 1", "Nguyễn Thị Lan", "đã gửi"],
        ["Sở GD&ĐT", "Lê Văn Minh", "đã gửi"],
    ]


@pytest.mark.parametrize("verb", ["guilai", "dinhchinh", "thuhoi"])
async def test_nothing_follows_what_was_not_sent(
    thu: Person, lan: Person, press: Press, verb: str
) -> None:
    await press.compose(thu)
    assert "Chưa làm được việc này" in await thu.send(f"/thongbao 1 {verb}")
    await press.passes()
    assert not lan.messages


async def test_a_recall_of_what_comes_every_year_offers_to_stop_that(
    thu: Person, minh: Person, press: Press, clock: PushedClock
) -> None:
    await press.compose(thu, text="Mừng Ngày Di sản")
    await thu.send("hẹn giờ")
    await thu.send("Hằng năm: Ngày Di sản văn hóa Việt Nam")
    await thu.send("gửi")
    clock.push_to(datetime(2024, 11, 22, 1, 0, tzinfo=UTC))
    await press.passes(1)
    assert minh.messages
    asked = await thu.send("/thongbao 1 thuhoi")
    assert "hằng năm" in asked
    assert "07/11/2025" in asked
    said = await thu.click("Thu hồi và dừng lặp lại")
    assert "ngừng soạn bản nháp cho Ngày Di sản" in said
    await press.passes()
    assert not [message for message in minh.messages if HEAD in message.text]
    clock.push_to(datetime(2025, 1, 6, 1, 0, tzinfo=UTC))
    assert "Việt Nam, 23/11/2025: đã dừng" in await thu.send("/thongbao lich")


async def test_recalled_this_time_only_it_comes_again(
    thu: Person, press: Press, clock: PushedClock, cast: Cast
) -> None:
    cast.lan()
    await press.compose(thu, text="Mừng Ngày Di sản")
    await thu.send("hẹn giờ")
    await thu.send("Hằng năm: Ngày Di sản văn hóa Việt Nam")
    await thu.send("gửi")
    clock.push_to(datetime(2024, 11, 22, 1, 0, tzinfo=UTC))
    await press.passes(1)
    await thu.send("/thongbao 1 thuhoi")
    assert "ngừng soạn" not in await thu.click("Chỉ thu hồi lần này")
    clock.push_to(datetime(2025, 1, 6, 1, 0, tzinfo=UTC))
    assert "soạn bản nháp ngày 07/11/2025" in await thu.send("/thongbao lich")
