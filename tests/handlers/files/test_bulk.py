"""Several answers in one message: shown first, recorded once confirmed."""

import pytest

from plan.answers import Count, Share
from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office

THREE = "TV1.2: 12/15\ntv13 - 8/10\nTV 3 12.500"


async def test_lines_are_recorded_once_they_are_confirmed(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    said = await lan.send(THREE)
    assert "TV1.2: 12/15 (80,0%)" in said
    assert "TV3: 12.500 lượt" in said
    assert office.figures() == {}
    said = await lan.click("Ghi nhận 3 câu trả lời")
    assert "Đã ghi nhận:\n• TV1.2: 12/15 (80,0%)\n• TV1.3: 8/10 (80,0%)" in said
    kept = office.figures()["TV1.3"]
    assert (kept.numerator, kept.denominator, kept.words) == (8, 10, "tv13 - 8/10")


async def test_the_report_goes_on_with_what_is_still_open(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send(THREE)
    assert "Câu 3/10 · TV2.2" in await lan.send("ghi nhận")


async def test_dropping_records_nothing_and_asks_again(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send(THREE)
    said = await lan.click("Bỏ")
    assert "không ghi nhận nội dung vừa gửi" in said
    assert "Câu 1/10 · TV1.2" in said
    assert office.figures() == {}


async def test_a_change_shows_what_it_replaces(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": Share(12, 15), "TV3": Count(100)}, {})
    said = await lan.send("TV1.2 13/15\nTV3 100")
    assert "TV1.2: 12/15 (80,0%) → 13/15 (86,7%)" in said
    assert "Không thay đổi: TV3." in said
    await lan.click("Ghi nhận 1 câu trả lời")
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("TV2.3 15/12", "số đạt lớn hơn tổng số"),
        ("TV2.3 80%", "không nhập tỷ lệ phần trăm"),
        ("TV9.9 1/2", "không bắt đầu bằng mã"),
        ("TV1.1 1/1", "Báo cáo của đơn vị không có câu “TV1.1”"),
        ("IV.10.a nhanh lắm", "không phải là tình trạng của nhiệm vụ"),
        ("TV2.3 <b>", "“<b>”"),
    ],
)
async def test_a_wrong_line_is_told_and_never_taken(
    lan: Person, office: Office, line: str, told: str
) -> None:
    await lan.send("/baocao")
    said = await lan.send(f"TV1.2 12/15\n{line}")
    assert "Dòng 2" in said
    assert told in said
    await lan.click("Ghi nhận 1 câu trả lời")
    assert set(office.figures()) == {"TV1.2"}
    assert office.statuses() == {}


@pytest.mark.parametrize(
    ("line", "told"),
    [("TV2.3 12", "còn thiếu tổng số"), ("TV2.3 không", "ba câu trả lời khác nhau")],
)
async def test_an_unclear_line_waits_for_its_own_question(
    lan: Person, line: str, told: str
) -> None:
    await lan.send("/baocao")
    said = await lan.send(f"TV1.2 12/15\nTV1.3 1/1\nTV2.2 1/1\n{line}")
    assert "Chưa rõ nên chưa ghi nhận" in said
    assert told in said
    assert "TV2.3" in (await lan.click("Ghi nhận 3 câu trả lời")).split("Câu 4/10")[1]


async def test_of_two_different_answers_neither_is_taken(lan: Person) -> None:
    await lan.send("/baocao")
    said = await lan.send("TV1.2 12/15\nTV1.3 1/2\nTV1.2 13/15\nTV1.2 12/15")
    assert "TV1.2 có nhiều câu trả lời khác nhau" in said
    assert "Ghi nhận 1 câu trả lời" in lan.buttons[0]


async def test_statuses_come_with_what_is_in_the_way(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("IV.10.a hoàn thành\nIV.10.b vướng mắc: thiếu kinh phí\niv10c đang làm")
    await lan.click("Ghi nhận")
    kept = office.statuses()
    assert [kept[code].status for code in STATUSES] == ["done", "blocked", "ongoing"]
    assert kept["IV.10.b"].note == "thiếu kinh phí"


async def test_no_question_need_be_open(lan: Person, office: Office) -> None:
    assert "TV1.2: 12/15 (80,0%)" in await lan.send("TV1.2 12/15")
    await lan.click("Ghi nhận")
    assert set(office.figures()) == {"TV1.2"}


async def test_one_coded_line_at_a_question_is_not_taken_for_a_list(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Nội dung đọc được" not in await lan.send("TV1.2: 12/15")


async def test_more_lines_join_those_on_the_card(lan: Person, office: Office) -> None:
    await lan.send("TV1.2 12/15\nTV1.3 8/10")
    await lan.send("TV1.3 9/10")
    await lan.click("Ghi nhận 2 câu trả lời")
    assert {code: kept.numerator for code, kept in office.figures().items()} == {
        "TV1.2": 12,
        "TV1.3": 9,
    }


async def test_an_answer_on_the_way_is_asked_about_again(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    await lan.send("TV1.3 8/10\nTV2.2 1/1")
    said = await lan.click("Ghi nhận")
    assert "TV1.2: Hệ thống hiểu là 12/15 (80,0%)" in said
    await lan.click("Đúng")
    assert set(office.figures()) == {"TV1.2", "TV1.3", "TV2.2"}


async def test_a_colleague_who_was_quicker_is_seen(lan: Person, cast: Cast, office: Office) -> None:
    vy = cast.member(106, "Đỗ Tường Vy", "quan-1", "focal")
    for person, line in ((lan, "TV1.2 12/15"), (vy, "TV1.2 13/15")):
        await person.send(line)
    await vy.click("Ghi nhận")
    said = await lan.click("Ghi nhận")
    assert "vừa được thay đổi" in said
    assert "TV1.2: 13/15 (86,7%) → 12/15 (80,0%)" in said
    assert office.figures()["TV1.2"].numerator == 13


async def test_a_report_that_was_sent_is_not_touched(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": Share(1, 2)})
    assert "đã nộp nên Hệ thống chưa ghi nhận" in await lan.send("TV1.2 12/15")
    assert office.figures()["TV1.2"].numerator == 1


async def test_a_whole_report_fits_in_one_message(lan: Person, office: Office) -> None:
    figures = [
        f"{c} {g.numerator}/{g.denominator}" for c, g in FIGURES.items() if isinstance(g, Share)
    ]
    await lan.send("\n".join([*figures, "TV3 12500", *(f"{c}: xong" for c in STATUSES)]))
    assert "Rà soát trước khi nộp" in await lan.click("Ghi nhận 10 câu trả lời")
    assert len(office.figures()) + len(office.statuses()) == 10


async def test_a_code_may_stand_above_its_answer(lan: Person) -> None:
    said = await lan.send("TV1.2\n12/15\nTV1.3\n8/10")
    assert "TV1.3: 8/10 (80,0%)" in said


async def test_who_serves_two_agencies_is_not_guessed_at(lan: Person, office: Office) -> None:
    office.appoint(lan, "quan-3", "focal")
    assert "Nội dung đọc được" not in await lan.send("TV1.2 12/15")


async def test_a_description_of_a_difficulty_stays_a_description(
    lan: Person, office: Office
) -> None:
    office.drafted("quan-1", FIGURES, {})
    await lan.send("/baocao")
    await lan.click("khó khăn")
    await lan.send("TV1.2 12/15\nTV1.3 8/10")
    assert office.statuses()["IV.10.a"].note == "TV1.2 12/15\nTV1.3 8/10"


async def test_the_count_of_the_year_before_is_kept(lan: Person, office: Office) -> None:
    figures = {code: FIGURES[code] for code in FIGURES if code != "TV3"}
    office.drafted("quan-1", figures, STATUSES)
    for text in ("/baocao", "12.500", "10.000", "đúng"):
        await lan.send(text)
    await lan.send("TV3 12.600")
    await lan.click("Ghi nhận")
    kept = office.figures()["TV3"]
    assert (kept.count, kept.count_before) == (12_600, 10_000)


async def test_a_new_whole_says_that_its_parts_go(lan: Person, office: Office) -> None:
    figures = {code: FIGURES[code] for code in FIGURES if code != "VH2"}
    office.drafted("quan-1", figures, STATUSES)
    for text in ("/baocao", "từng phần", "10/15", "20/25", "đúng"):
        await lan.send(text)
    assert "từng phần đã ghi nhận trước đó sẽ không còn" in await lan.send("VH2 31/40")
