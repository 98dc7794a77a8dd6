"""What the three lists have in common: pages, and the question that was open before."""

from datetime import timedelta

from handlers.health.matters import subjects
from sandbox.person import Person
from tests.handlers.health.ward import Ward
from tests.handlers.scenes import Office


async def test_a_long_list_is_turned_page_by_page(thu: Person, lan: Person, ward: Ward) -> None:
    for _ in range(6):
        ward.letter(lan, kind="broadcast", broadcast_id=ward.notice())
    assert "… và 2 mục nữa" in await thu.send("/khongro")
    assert sum(map(len, thu.buttons)) == 8
    said = await thu.send("xem thêm")
    assert "1. Thông báo số 2" in said
    assert "mục nữa" not in said


async def test_a_number_means_what_stands_on_this_page(
    thu: Person, lan: Person, ward: Ward
) -> None:
    for _ in range(6):
        ward.letter(lan, kind="broadcast", broadcast_id=ward.notice())
    for words in ("/khongro", "xem thêm", "coi như đã gửi 2"):
        await thu.send(words)
    assert ward.states() == ["sent", *["unknown"] * 5]


async def test_the_question_before_is_open_again_afterwards(
    thu: Person, lan: Person, ward: Ward, office: Office
) -> None:
    office.appoint(thu, "quan-1", "focal")
    ward.letter(lan)
    await thu.send("/baocao")
    await thu.send("/khongro")
    assert "Câu 1/10" in await thu.send("để sau")
    assert "12/15 (80,0%)" in await thu.send("12/15")


async def test_from_one_list_to_the_next_the_question_before_is_kept(
    thu: Person, lan: Person, ward: Ward, office: Office
) -> None:
    office.appoint(thu, "quan-1", "focal")
    ward.letter(lan)
    ward.letter(lan, "failed")
    for words in ("/baocao", "/khongro", "/tindi"):
        await thu.send(words)
    said = await thu.send("bỏ")
    assert "không có tin nào gửi không được" in said
    assert "Câu 1/10" in said


async def test_an_empty_list_leaves_the_open_question_alone(thu: Person, office: Office) -> None:
    office.appoint(thu, "quan-1", "focal")
    await thu.send("/baocao")
    assert "Câu 1/10" in await thu.send("/tinden")
    assert "12/15 (80,0%)" in await thu.send("12/15")


async def test_a_list_is_shown_in_the_language_of_the_chat(
    thu: Person, lan: Person, ward: Ward
) -> None:
    ward.letter(lan, send_by_at=ward.now + timedelta(days=1))
    await thu.send("/ngonngu en")
    assert "Not known whether it arrived: 1 letter" in await thu.send("letters in doubt")
    assert "1 letter is being sent again; it may be received twice." in await thu.send("resend 1")


def test_neighbours_are_noted_in_one_word() -> None:
    assert list(subjects([12, 3, 7, 8, 9, 40])) == ["3 7-9 12 40"]
    assert list(subjects(range(1, 10_001))) == ["1-10000"]
    assert list(subjects([])) == []


def test_a_note_has_room_for_so_many_and_the_next_takes_the_rest() -> None:
    numbers = range(1001, 1201, 2)
    notes = list(subjects(numbers))
    assert max(map(len, notes)) <= 200
    assert " ".join(notes).split() == [str(n) for n in numbers]
