"""Two focal points at one report: the second sees what the first has answered."""

import pytest

from sandbox.person import Person
from tests.handlers.scenes import FIGURES, Office


async def both_answer(lan: Person, vy: Person, hers: str, theirs: str) -> str:
    """Both are shown the question; Vy is quicker."""
    for person in (lan, vy):
        await person.send("/baocao")
    await vy.send(theirs)
    await vy.send("đúng")
    await lan.send(hers)
    return await lan.send("đúng")


async def test_a_colleague_s_answer_is_not_replaced_unseen(
    lan: Person, vy: Person, office: Office
) -> None:
    said = await both_answer(lan, vy, "12/15", "13/15")
    assert "Anh/chị Đỗ Tường Vy vừa nhập 13/15 (86,7%) lúc 09:00" in said
    assert lan.buttons == [["1. Giữ 13/15 (86,7%)"], ["2. Thay bằng 12/15 (80,0%)"]]
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize("words", ["1", "giữ", "giu nguyen", "Giữ 13/15 (86,7%)"])
async def test_it_is_kept(lan: Person, vy: Person, office: Office, words: str) -> None:
    await both_answer(lan, vy, "12/15", "13/15")
    said = await lan.send(words)
    assert "TV1.2 được giữ nguyên" in said
    assert "Câu 2/10" in said
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize("words", ["2", "thay", "thay the", "Thay bằng 12/15 (80,0%)"])
async def test_it_is_replaced(lan: Person, vy: Person, office: Office, words: str) -> None:
    await both_answer(lan, vy, "12/15", "13/15")
    said = await lan.send(words)
    assert "Đã ghi nhận: TV1.2 – 12/15" in said
    assert "Câu 2/10" in said
    kept = office.figures()["TV1.2"]
    assert (kept.numerator, kept.words) == (12, "12/15")


async def test_the_same_answer_is_agreed_upon(lan: Person, vy: Person, office: Office) -> None:
    said = await both_answer(lan, vy, "12/15", "12 trên 15")
    assert "Anh/chị Đỗ Tường Vy đã trả lời giống như vậy: 12/15 (80,0%)" in said
    assert "Câu 2/10" in said
    assert office.figures()["TV1.2"].words == "12 trên 15"


async def test_no_data_does_not_replace_a_figure_unseen(
    lan: Person, vy: Person, office: Office
) -> None:
    await both_answer(vy, lan, "13/15", "bỏ qua")
    await lan.send("/baocao")
    await lan.send("/huy")
    await lan.send("/sua TV1.2")
    await vy.send("/sua TV1.2 14/15")
    await vy.send("đúng")
    assert "vừa nhập 14/15" in await lan.click("Chưa có số liệu")
    assert "TV1.2 – chưa có số liệu" in await lan.click("Thay bằng")
    assert office.figures()["TV1.2"].state == "no_data"


async def test_what_a_colleague_skipped_is_simply_answered(lan: Person, vy: Person) -> None:
    for person in (lan, vy):
        await person.send("/baocao")
    await vy.send("bỏ qua")
    await lan.send("12/15")
    assert "Đã ghi nhận: TV1.2" in await lan.send("đúng")


async def test_the_question_shown_again_tells_of_a_colleague_s_answer(
    lan: Person, vy: Person, office: Office
) -> None:
    for person in (lan, vy):
        await person.send("/baocao")
    await vy.send("13/15")
    await vy.send("đúng")
    assert "Đỗ Tường Vy vừa nhập 13/15 (86,7%) cho câu này" in await lan.send("/trogiup")
    await lan.send("12/15")
    assert "Đã ghi nhận: TV1.2 – 12/15" in await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 12


async def test_a_status_is_not_replaced_unseen(lan: Person, vy: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, {})
    for person in (lan, vy):
        await person.send("/baocao")
    await vy.send("hoàn thành")
    said = await lan.send("đang triển khai")
    assert "Anh/chị Đỗ Tường Vy vừa nhập Hoàn thành" in said
    assert office.statuses()["IV.10.a"].status == "done"
    assert "IV.10.a – Đang triển khai" in await lan.send("2")
    assert office.statuses()["IV.10.a"].status == "ongoing"


async def test_the_same_status_is_agreed_upon(lan: Person, vy: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, {})
    for person in (lan, vy):
        await person.send("/baocao")
    await vy.send("hoàn thành")
    said = await lan.send("hoàn thành")
    assert "đã trả lời giống như vậy: Hoàn thành" in said
    assert "Câu 9/10" in said
