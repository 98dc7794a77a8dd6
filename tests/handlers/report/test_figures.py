"""One figure: read, echoed with its ratio, confirmed, kept."""

import pytest

from plan.answers import Count, Share
from sandbox.person import Person
from tests.handlers.scenes import Office, button


async def test_an_answer_counts_once_it_is_confirmed(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    assert "12/15 (80,0%), đúng không ạ?" in await lan.send("12/15")
    assert office.figures() == {}
    said = await lan.click("Đúng")
    assert "Đã ghi nhận: TV1.2 – 12/15 (80,0%)" in said
    assert "Câu 2/10 · TV1.3" in said
    kept = office.figures()["TV1.2"]
    assert (kept.numerator, kept.denominator, kept.words) == (12, 15, "12/15")


@pytest.mark.parametrize("yes", ["đúng", "dung roi", "Dạ đúng ạ.", "ok", "Vâng", "có"])
async def test_yes_can_be_typed(lan: Person, yes: str) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert "Đã ghi nhận" in await lan.send(yes)


@pytest.mark.parametrize("no", ["không", "sai rồi", "nhập lại", "nhap lai"])
async def test_no_asks_the_same_question_again(lan: Person, office: Office, no: str) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert "Câu 1/10" in await lan.send(no)
    assert office.figures() == {}


async def test_a_better_figure_replaces_the_one_to_confirm(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert "13/15 (86,7%)" in await lan.send("13/15")
    await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("nhiều lắm", "chưa đọc được số liệu"),
        ("15/12", "số đạt lớn hơn tổng số"),
        ("80%", "không nhập tỷ lệ phần trăm"),
        ("-1/5", "không thể là số âm"),
        ("5/0", "tổng số bằng 0"),
        ("<b>12", "“<b>12”"),
    ],
)
async def test_what_cannot_be_right_is_not_recorded(
    lan: Person, office: Office, said: str, why: str
) -> None:
    await lan.send("/baocao")
    answer = await lan.send(said)
    assert "Chưa ghi nhận" in answer
    assert why in answer
    assert office.figures() == {}
    assert "12/15 (80,0%)" in await lan.send("12/15")


async def test_half_an_answer_is_completed(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Số đạt là 12. Anh/chị nhập tiếp tổng số" in await lan.send("12")
    assert "12/15 (80,0%)" in await lan.send("15")


@pytest.mark.parametrize(
    ("total", "answer"),
    [
        ("khoảng 15", "12/15 (80,0%)"),
        ("1,250", "12/1.250 (0,9%)"),
        ("10-15", "12/15 (80,0%)"),
        ("O15", "Có chữ cái ở vị trí của chữ số"),
        ("5", "số đạt lớn hơn tổng số"),
        ("10/20", "10/20 (50,0%)"),
        ("2000000", "lớn bất thường"),
        ("Nhập lại", "Câu 1/10"),
        ("chưa có số liệu", "Hệ thống hiểu là chưa có số liệu"),
    ],
)
async def test_the_total_is_read_as_a_total(lan: Person, total: str, answer: str) -> None:
    await lan.send("/baocao")
    await lan.send("12")
    assert answer in await lan.send(total)


@pytest.mark.parametrize(
    ("total", "one", "other"),
    [
        ("14-15", "1. 12/14 (85,7%)", "2. 12/15 (80,0%)"),
        ("một trăm năm", "1. 12/150 (8,0%)", "2. 12/105 (11,4%)"),
    ],
)
async def test_of_two_totals_neither_is_guessed(
    lan: Person, total: str, one: str, other: str
) -> None:
    await lan.send("/baocao")
    await lan.send("12")
    assert "theo nhiều cách" in await lan.send(total)
    assert {one, other} <= {label for row in lan.buttons for label in row}
    assert f"Đã ghi nhận: TV1.2 – {other.removeprefix('2. ')}" in await lan.click(other)


async def test_what_was_worked_out_is_said_to_be(lan: Person) -> None:
    await lan.send("/baocao")
    said = await lan.send("3/15 chưa đạt")
    assert "12/15 (80,0%), đúng không ạ?" in said
    assert "Số này được tính từ các số vừa nhập." in said


async def test_none_of_none_is_nothing_to_count(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("0")
    assert "Hệ thống hiểu là không có đối tượng" in await lan.send("0")


@pytest.mark.parametrize(
    ("label", "state"), [("Chưa có số liệu", "no_data"), ("Không có đối tượng", "no_object")]
)
async def test_no_figure_is_an_answer_of_its_own(
    lan: Person, office: Office, label: str, state: str
) -> None:
    await lan.send("/baocao")
    said = await lan.click(label)
    assert f"Đã ghi nhận: TV1.2 – {label.lower()}" in said
    assert "Câu 2/10" in said
    assert office.figures()["TV1.2"].state == state


async def test_growth_is_compared_with_last_year(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(10_000)})
    await lan.send("/baocao")
    for _ in range(4):
        said = await lan.send("bỏ qua")
    assert "Năm 2023: 10.000 lượt" in said
    said = await lan.send("12.500")
    assert "12.500 lượt" in said
    assert "ăng 25,0% so với năm 2023" in said


async def test_a_pressed_yes_counts_once(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    card = lan.last
    await office.press(card, button(card, "Đúng"), times=2)
    assert set(office.figures()) == {"TV1.2"}
    assert "Câu 2/10" in lan.last.text


async def test_growth_from_nothing_is_not_missing_data(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(0)})
    await lan.send("/baocao")
    for _ in range(4):
        await lan.send("bỏ qua")
    assert "Năm 2023 là 0 lượt, không tính được tỷ lệ tăng" in await lan.send("12.500")


async def test_where_only_the_total_is_wanted_the_example_is_a_total(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("12")
    assert (await lan.send("đúng")).endswith("Ví dụ trả lời: 15")


async def test_leaving_a_reopened_report_says_it_is_not_sent(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": Share(12, 15)})
    await lan.send("/baocao")
    await lan.send("sửa và nộp lại")
    assert "Báo cáo chưa được nộp lại" in await lan.send("lưu, làm sau")


@pytest.mark.parametrize("said", ["đúng", "nhập lại"])
async def test_a_question_whose_duty_has_moved_gives_way(
    lan: Person, office: Office, said: str
) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    office.unassign("quan-1", "TV1.2")
    assert "Câu 1/9 · TV1.3" in await lan.send(said)
    assert office.figures() == {}


async def test_who_confirms_what_is_asked_no_more_is_told(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    office.unassign("quan-1", "TV1.2")
    assert "TV1.2 không còn thuộc báo cáo của đơn vị" in await lan.send("đúng")


async def test_who_confirms_after_the_report_was_sent_is_told(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    office.submit("quan-1")
    assert "chưa ghi nhận nội dung này" in await lan.send("đúng")
    assert lan.buttons == [["Sửa và nộp lại"]]
    assert office.figures() == {}
