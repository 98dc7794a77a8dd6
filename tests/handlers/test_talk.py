"""Old, foreign and doubled presses; typed ways; who may press what."""

import pytest

from handlers.talk import Option, keyboard
from sandbox.person import Person
from tests.handlers.scenes import Office, button, said_since

CLOSED = "Nút này đã được sử dụng hoặc đã hết hiệu lực"


async def test_an_old_button_changes_nothing_and_says_so(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    card = lan.last
    old = button(card, "Chưa có số liệu")
    await lan.send("/huy")
    await office.press(card, old)
    assert CLOSED in lan.last.text
    assert office.figures() == {}


async def test_an_old_button_brings_the_open_question_back(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    card = lan.last
    old = button(card, "Chưa có số liệu")
    await lan.click("Bỏ qua")
    before = len(lan.messages)
    await office.press(card, old)
    (said,) = said_since(lan, before)
    assert CLOSED in said
    assert "Câu 2/10" in said
    assert set(office.figures()) == {"TV1.2"}


@pytest.mark.parametrize("data", ["s:t1:99", "s:t1:", "s::", "x", "s:t1:-1", "c:", "c:xyz", "🤷"])
async def test_a_made_up_button_changes_nothing(lan: Person, office: Office, data: str) -> None:
    await lan.send("/baocao")
    await office.press(lan.last, data)
    assert office.figures() == {}
    assert "12/15 (80,0%)" in await lan.send("12/15")


async def test_a_button_of_another_chat_is_closed_here(
    lan: Person, thu: Person, office: Office
) -> None:
    await lan.send("/baocao")
    await thu.send("/tiendo")
    await office.press(thu.last, button(lan.last, "Bỏ qua"))
    assert CLOSED in thu.last.text
    assert office.figures() == {}


async def test_the_role_is_asked_afresh_at_each_press(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    card = lan.last
    office.revoke(lan)
    before = len(lan.messages)
    await office.press(card, button(card, "Đúng"))
    (said,) = said_since(lan, before)
    assert said.startswith("Hệ thống chỉ phục vụ người được mời")
    assert office.figures() == {}


async def test_who_keeps_another_role_is_told_the_question_is_closed(
    lan: Person, office: Office
) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    card = lan.last
    office.revoke(lan)
    office.appoint(lan, "so-vhtt", "official")
    before = len(lan.messages)
    await office.press(card, button(card, "Đúng"))
    (said,) = said_since(lan, before)
    assert CLOSED in said
    assert office.figures() == {}


async def test_a_pressed_card_loses_its_buttons(lan: Person) -> None:
    await lan.send("/baocao")
    card = lan.last
    await lan.click("Bỏ qua")
    assert card.buttons == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("chua co so lieu", "TV1.2 – chưa có số liệu"),
        ("KHÔNG CÓ ĐỐI TƯỢNG.", "TV1.2 – không có đối tượng"),
        ("bo qua", "Câu 2/10"),
        ("câu sau", "Câu 2/10"),
        ("quay lai", "câu đầu tiên"),
        ("lưu lại", "Đã lưu"),
        ("luu, lam sau", "Đã lưu"),
        ("xem nguyen van", "của Kế hoạch)"),
    ],
)
async def test_every_button_of_a_question_can_be_typed(
    lan: Person, typed: str, answer: str
) -> None:
    await lan.send("/baocao")
    assert answer in await lan.send(typed)


@pytest.mark.parametrize("text", ["Gửi", "gui", "GỬI", "  gửi. ", "gửi đi ạ", "Gửi đi!"])
def test_an_option_is_meant_by_its_words(text: str) -> None:
    assert Option("send", "Gửi", "gửi đi").means(text)


@pytest.mark.parametrize("text", ["", "gửi gì", "gử i", "không gửi"])
def test_an_option_is_not_meant_by_other_words(text: str) -> None:
    assert not Option("send", "Gửi", "gửi đi").means(text)


def test_short_labels_share_a_row() -> None:
    labels = ["Đúng", "Sai", "Một nhãn dài hơn mười tám ký tự", "Thôi"]
    made = keyboard([(label, "c:menu") for label in labels])
    rows = [[button.text for button in row] for row in made.inline_keyboard]
    assert rows == [["Đúng", "Sai"], [labels[2]], ["Thôi"]]


@pytest.mark.parametrize(
    "words", ["<b>", "a & b", "</b></i>", "&lt;", "<script>alert(1)</script>", "{said}", "%s"]
)
async def test_signs_never_break_an_answer(lan: Person, words: str) -> None:
    await lan.send("/baocao")
    assert f"“{words}”" in await lan.send(words)
