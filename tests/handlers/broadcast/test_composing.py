"""`/thongbao`: what a notice says."""

import pytest

from sandbox.person import TINY_PNG, Person
from tests.cast import Cast
from tests.handlers.broadcast.press import HEAD, NOTICE, Press
from tests.handlers.scenes import Office


def marks(person: Person) -> list[tuple[str, str]]:
    """(kind, words) of what is formatted in the newest message, as UTF-16 counts it."""
    message = person.last
    units = message.text.encode("utf-16-le")
    return [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in message.entities
    ]


async def test_shows_the_notice_and_the_exact_count_first(
    thu: Person, lan: Person, press: Press
) -> None:
    said = await press.compose(thu)
    assert "Xem trước" in said
    assert NOTICE in said
    assert "gửi đến 1 người thuộc 1 đơn vị" in said
    assert not lan.messages


async def test_a_notice_arrives_as_typed(thu: Person, lan: Person, press: Press) -> None:
    await press.send(thu)
    assert lan.last.text == f"{HEAD}\n\n{NOTICE}"
    assert lan.buttons == [["Đã nhận", "Hỏi lại"]]


async def test_formatting_is_kept_and_moves_with_what_is_filled_in(
    thu: Person, lan: Person, press: Press
) -> None:
    await thu.send("/thongbao")
    bold = {"type": "bold", "offset": 3, "length": 15}
    link = {"type": "text_link", "offset": 23, "length": 3, "url": "https://example.gov.vn/"}
    await thu.send("📚 {xung_ho} {ten} mời họp", marks=[bold, link])
    await thu.send("2")
    await thu.send("gửi")
    await press.passes()
    assert marks(lan) == [("bold", HEAD), ("bold", "anh/chị Lan"), ("text_link", "họp")]


@pytest.mark.usefixtures("lan")
async def test_placeholders_are_shown_filled_for_two_receivers(
    thu: Person, cast: Cast, press: Press
) -> None:
    cast.minh()
    said = await press.compose(thu, text="{xung_ho} {ten} ({don_vi}) gửi báo cáo trước {han}.")
    assert "Anh/chị Lan (Quận 1) gửi báo cáo trước hết thứ Hai, 04/11/2024." in said
    assert "Anh/chị Minh (Sở GD&ĐT) gửi" in said


async def test_a_misspelt_placeholder_is_refused_and_named(thu: Person) -> None:
    await thu.send("/thongbao")
    said = await thu.send("Kính gửi {tên}, mời họp")
    assert "không có chỗ điền {tên}" in said
    assert "nhập nội dung thông báo" in said


@pytest.mark.usefixtures("lan")
async def test_length_is_counted_as_telegram_counts(thu: Person) -> None:
    await thu.send("/thongbao")
    most = 4096 - len(HEAD) - 2
    assert "vượt mức tối đa" in await thu.send("📚" * (most // 2 + 1))
    assert "đến ai" in await thu.send("📚" * (most // 2))


@pytest.mark.usefixtures("lan")
async def test_a_picture_takes_a_shorter_text(thu: Person) -> None:
    await thu.send("/thongbao")
    said = await thu.send_photo(caption="x" * 1020)
    assert "vượt mức tối đa" in said
    assert "bỏ tệp thì gửi được dài hơn" in said


async def test_a_picture_with_words_reaches_the_receiver(
    thu: Person, lan: Person, press: Press
) -> None:
    await thu.send("/thongbao")
    await thu.send_photo(TINY_PNG, "Áp phích Ngày Sách")
    await thu.send("2")
    await thu.send("gửi")
    await press.passes()
    assert "photo" in lan.last.attachment
    assert lan.last.text == f"{HEAD}\n\nÁp phích Ngày Sách"


async def test_a_document_and_a_link_button(thu: Person, lan: Person, press: Press) -> None:
    await press.compose(thu)
    await thu.send("Ảnh hoặc tệp")
    await thu.send_document(filename="ke-hoach.docx")
    assert "Nút liên kết" in str(thu.buttons)
    await thu.send("liên kết")
    assert "chưa đọc được “Xem”" in await thu.send("Xem")
    assert "Nút: Xem kế hoạch – https://a.vn/x" in await thu.send("Xem kế hoạch https://a.vn/x")
    await thu.send("gửi")
    await press.passes()
    assert lan.last.attachment["document"]["file_name"] == "ke-hoach.docx"
    assert lan.last.buttons == [["Xem kế hoạch"], ["Đã nhận", "Hỏi lại"]]


async def test_the_text_can_be_changed_before_sending(
    thu: Person, lan: Person, press: Press
) -> None:
    await press.compose(thu)
    assert "nhập nội dung thông báo" in await thu.send("sửa")
    assert "Hoãn họp" in await thu.send("Hoãn họp")
    await thu.send("1")
    await press.passes()
    assert lan.last.text.endswith("Hoãn họp")


async def test_a_test_comes_to_oneself(thu: Person, lan: Person, press: Press) -> None:
    await press.compose(thu, text="Kính gửi {xung_ho} {ten}")
    said = await thu.send("gửi thử")
    assert f"Bản gửi thử\n\n{HEAD}\n\nKính gửi anh/chị Thu" in said
    assert "Xem trước" in thu.last.text
    assert not lan.messages


async def test_leaving_keeps_the_draft(thu: Person, lan: Person, press: Press) -> None:
    await press.compose(thu)
    assert "được giữ làm bản nháp" in await thu.send("/huy")
    said = await thu.send("/thongbao")
    assert "Số 1, bản nháp: Mời họp <b>9h & 14h</b> ngày 20/9" in said
    assert "Xem trước" in await thu.click("Thông báo số 1")
    await thu.send("gửi")
    await press.passes()
    assert HEAD in lan.last.text


async def test_leaving_halfway_keeps_what_was_sent(thu: Person) -> None:
    await thu.send("/thongbao")
    await thu.send("Mời họp")
    await thu.send("/huy")
    assert "đến ai" in await thu.send("/thongbao 1")


@pytest.mark.parametrize("words", ["không gửi", "Bỏ"])
async def test_a_notice_can_be_dropped(thu: Person, lan: Person, press: Press, words: str) -> None:
    await press.compose(thu)
    assert "Đã bỏ thông báo" in await thu.send(words)
    await press.passes()
    assert not lan.messages
    assert "Thông báo số 1" not in await thu.send("/thongbao")


@pytest.mark.parametrize("notice", ["Hủy lịch họp ngày 20/9", "Báo cáo gửi sớm", "Menu mới", "1"])
async def test_a_notice_may_begin_like_a_command(
    thu: Person, lan: Person, press: Press, notice: str
) -> None:
    await press.send(thu, text=notice)
    assert lan.last.text.endswith(notice)


@pytest.mark.parametrize("words", ["/thongbao", "thông báo", "Gửi thông báo", "/thongbao 1 dung"])
async def test_only_administrators_send_notices(lan: Person, hoa: Person, words: str) -> None:
    assert "không thuộc vai trò" in await lan.send(words)
    assert "không thuộc vai trò" in await hoa.send(words)


async def test_who_lost_the_role_sends_nothing(
    thu: Person, lan: Person, office: Office, press: Press
) -> None:
    await press.compose(thu)
    office.revoke(thu)
    assert "chỉ phục vụ người được mời" in await thu.click("Gửi")
    await press.passes()
    assert not lan.messages


@pytest.mark.parametrize("said", ["/thongbao 99", "/thongbao abc"])
async def test_a_notice_that_is_not_there(thu: Person, said: str) -> None:
    assert "Không có thông báo" in await thu.send(said)


@pytest.mark.parametrize(
    ("agency_id", "said"),
    [("quan-1", "Đề nghị Quận 1 gửi"), ("so-gddt", "Kính đề nghị Sở GD&ĐT gửi")],
    ids=["below", "beside"],
)
async def test_an_agency_is_asked_as_it_stands_to_the_standing_one(
    thu: Person, press: Press, cast: Cast, agency_id: str, said: str
) -> None:
    ba = cast.member(110, "Trần Thị Ba", agency_id, "focal")
    await press.send(thu, text="Sắp đến hạn. {de_nghi} {don_vi} gửi báo cáo.")
    assert said in ba.last.text
