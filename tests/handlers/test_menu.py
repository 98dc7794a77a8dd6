"""The menu, help, leaving a question, and an answer to anything else."""

import pytest

from sandbox.person import Person
from tests.handlers.scenes import said_since


async def test_the_menu_offers_a_focal_point_its_work(lan: Person) -> None:
    assert "Anh/chị cần thực hiện việc gì" in await lan.send("/menu")
    assert lan.buttons == [["Báo cáo năm", "Nhiệm vụ"], ["Tiến độ", "Trợ giúp"]]


async def test_the_menu_offers_an_administrator_notices(thu: Person) -> None:
    await thu.send("/menu")
    assert thu.buttons == [
        ["Nhiệm vụ", "Tiến độ"],
        ["Gửi thông báo", "Sức khỏe Hệ thống"],
        ["Trợ giúp"],
    ]


async def test_help_lists_the_commands_of_the_role(lan: Person, hoa: Person) -> None:
    assert "/baocao – " in await lan.send("/trogiup")
    said = await hoa.send("trợ giúp")
    assert "/tiendo – " in said
    assert "/nhiemvu – " in said
    assert "/baocao" not in said
    assert "/thongbao" not in said


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("Báo cáo năm", "Câu 1/10"),
        ("nhiem vu", "Chủ trì"),
        ("Tiến độ", "Hạn nộp"),
        ("TRỢ GIÚP", "/baocao – "),
        ("bat dau bao cao", "Câu 1/10"),
        ("Menu chính", "Anh/chị cần"),
    ],
)
async def test_a_menu_button_can_be_typed(lan: Person, label: str, answer: str) -> None:
    assert answer in await lan.send(label)


async def test_an_administrator_can_type_the_notice_button(thu: Person) -> None:
    assert "nhập nội dung thông báo" in await thu.send("gửi thông báo")


async def test_menu_buttons_do_what_the_commands_do(lan: Person) -> None:
    await lan.send("/menu")
    assert "Ủy ban nhân dân Quận 1" in await lan.click("Nhiệm vụ")
    assert "Hạn nộp" in await lan.click("Tiến độ")
    assert "Câu 1/10" in await lan.click("Báo cáo năm")


@pytest.mark.parametrize("words", ["/huy", "huỷ", "Hủy", "huy"])
async def test_huy_leaves_the_open_question(lan: Person, words: str) -> None:
    await lan.send("/baocao")
    assert "Đã dừng câu hỏi" in await lan.send(words)
    assert "chưa hiểu" in await lan.send("12/15")


async def test_huy_without_a_question_says_so(lan: Person) -> None:
    assert "không có câu hỏi nào đang mở" in await lan.send("/huy")


@pytest.mark.parametrize("command", ["/menu", "/trogiup", "/tiendo", "/nhiemvu", "/ngonngu"])
async def test_reading_in_the_middle_asks_the_question_once_more(lan: Person, command: str) -> None:
    await lan.send("/baocao")
    before = len(lan.messages)
    await lan.send(command)
    asked = [said for said in said_since(lan, before) if "Câu 1/10" in said]
    assert len(asked) == 1
    assert "12/15 (80,0%)" in await lan.send("12/15")


@pytest.mark.parametrize("words", ["/tiendo quận 3", "/tiendo 1999", "/baocao 1999", "/xyz"])
async def test_a_refusal_in_the_middle_asks_the_question_once_more(lan: Person, words: str) -> None:
    await lan.send("/baocao")
    assert "Câu 1/10" in await lan.send(words)


async def test_stickers_are_not_read(lan: Person) -> None:
    assert "chỉ đọc được tin nhắn bằng chữ" in await lan.send_sticker()


async def test_stickers_keep_the_question_open(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Câu 1/10" in await lan.send_sticker()
    assert "12/15 (80,0%)" in await lan.send("12/15")


@pytest.mark.parametrize("words", ["/xyz", "/baocaoo", "/", "/thongbao"])
async def test_an_unknown_command_is_answered(lan: Person, words: str) -> None:
    assert "Lệnh này không có" in await lan.send(words)


@pytest.mark.parametrize("words", ["xin chào", "👍", "<b>chào</b> & tạm biệt", "12/15", "không"])
async def test_chatter_is_answered(lan: Person, words: str) -> None:
    assert "chưa hiểu" in await lan.send(words)
    assert lan.buttons == [["Menu chính"]]
