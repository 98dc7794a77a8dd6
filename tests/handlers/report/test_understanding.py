"""What a typed answer turns out to be: one reading, several, none, or another question's."""

import pytest

from plan.answers import Count, NotApplicable, Share
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, STATUSES, Office


async def tell(person: Person, *texts: str) -> str:
    said = ""
    for text in texts:
        said = await person.send(text)
    return said


@pytest.fixture
def at_visits(lan: Person, office: Office) -> Person:
    """All answered but TV3."""
    office.drafted("quan-1", {code: FIGURES[code] for code in FIGURES if code != "TV3"}, STATUSES)
    return lan


@pytest.mark.parametrize("typed", ["1", "12/15", "đúng", "12/15 (80,0%)"])
async def test_swapped_numbers_are_offered_the_right_way_round(
    lan: Person, office: Office, typed: str
) -> None:
    said = await tell(lan, "/baocao", "15/12")
    assert "số đạt lớn hơn tổng số" in said
    assert "Có phải ý anh/chị là số liệu dưới đây?" in said
    assert office.figures() == {}
    assert "Đã ghi nhận: TV1.2 – 12/15 (80,0%)" in await lan.send(typed)


async def test_what_is_picked_is_weighed_beside_last_year(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.2": Share(12, 14)})
    said = await tell(lan, "/baocao", "15/12", "1")
    assert "Lưu ý: tổng số khác với năm 2023" in said
    assert office.figures() == {}
    assert "lý do khác biệt" in await lan.send("đúng")


@pytest.mark.parametrize(
    ("typed", "state"), [("0", "total"), ("2", "no_data"), ("không có đối tượng", "no_object")]
)
async def test_a_mere_no_may_be_three_things(
    lan: Person, office: Office, typed: str, state: str
) -> None:
    said = await tell(lan, "/baocao", "không có")
    assert "số đạt bằng 0, chưa có số liệu hay không có đối tượng" in said
    said = await lan.send(typed)
    if state == "total":
        assert "Số đạt là 0. Anh/chị nhập tiếp tổng số" in said
    else:
        assert office.figures()["TV1.2"].state == state


async def test_not_ones_own_to_answer_is_a_state_of_its_own(
    lan: Person, office: Office, hoa: Person
) -> None:
    said = await tell(lan, "/baocao", "không thuộc phạm vi của đơn vị")
    assert "Hệ thống hiểu là không thuộc phạm vi của đơn vị, đúng không ạ?" in said
    assert "Đã ghi nhận: TV1.2 – không thuộc phạm vi của đơn vị" in await lan.send("đúng")
    assert office.figures()["TV1.2"].state == "not_applicable"
    office.submit("quan-1")
    assert "TV1.2 Thư viện cấp huyện có dịch vụ học tập suốt đời: không thuộc phạm vi" in (
        await hoa.send("/tiendo quan 1")
    )


async def test_the_city_leaves_out_who_is_not_concerned(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": Share(9, 10)})
    office.reported("quan-3", 2024, {"TV1.2": NotApplicable()})
    said = await hoa.send("/tiendo")
    assert "9/10 (90,0%) · 2/22 đơn vị đã báo cáo, 1 không thuộc phạm vi" in said


async def test_half_an_estimate_stays_one(lan: Person, office: Office) -> None:
    assert "ước 12/15 (80,0%)" in await tell(lan, "/baocao", "khoảng 12", "15")
    await lan.send("đúng")
    assert office.figures()["TV1.2"].estimate


async def test_an_estimate_is_kept_and_shown_as_one(at_visits: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(12_000)})
    assert "Hệ thống hiểu là ước 12.500 lượt" in await tell(at_visits, "/baocao", "khoảng 12.500")
    assert "Đã ghi nhận: TV3 – ước 12.500 lượt" in await at_visits.send("đúng")
    assert office.figures()["TV3"].estimate


async def test_as_last_year_is_looked_up_and_confirmed(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.2": Share(10, 15)})
    said = await tell(lan, "/baocao", "như năm ngoái")
    assert "Đây là số liệu của năm 2023" in said
    assert "Hệ thống hiểu là 10/15 (66,7%), đúng không ạ?" in said
    assert office.figures() == {}
    assert "Đã ghi nhận: TV1.2 – 10/15" in await lan.send("đúng")


async def test_as_last_year_without_a_last_year(lan: Person) -> None:
    assert "chưa có số liệu năm 2023" in await tell(lan, "/baocao", "không đổi")


@pytest.mark.parametrize("typed", ["à nhầm 13/15", "sửa 13/15", "13 nha", "13/15"])
async def test_a_second_thought_is_echoed_anew(lan: Person, office: Office, typed: str) -> None:
    await tell(lan, "/baocao", "12/15")
    assert "Hệ thống hiểu là 13/15 (86,7%)" in await lan.send(typed)
    assert "Đã ghi nhận: TV1.2 – 13/15" in await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize("typed", ["không sai", "chuẩn rồi ạ", "👌", "ok em", "12/15"])
async def test_a_yes_is_heard_in_many_words(lan: Person, typed: str) -> None:
    assert "Đã ghi nhận" in await tell(lan, "/baocao", "12/15", typed)


@pytest.mark.parametrize("typed", ["không phải", "chưa đúng", "👎"])
async def test_a_no_asks_again(lan: Person, typed: str) -> None:
    assert "Câu 1/10" in await tell(lan, "/baocao", "12/15", typed)


@pytest.mark.parametrize("typed", ["VH1: 1/1", "vh1 = 1/1", "chỉ tiêu VH1: 1/1"])
async def test_a_code_before_the_figure_answers_that_question(
    lan: Person, office: Office, typed: str
) -> None:
    said = await tell(lan, "/baocao", typed)
    assert "VH1 (TTVH tỉnh, huyện phục vụ theo lứa tuổi, sở thích): Hệ thống hiểu là 1/1" in said
    said = await lan.send("đúng")
    assert "Đã ghi nhận: VH1 – 1/1" in said
    assert "Câu 1/10 · TV1.2" in said
    assert set(office.figures()) == {"VH1"}


async def test_the_code_of_the_open_question_changes_nothing(lan: Person) -> None:
    assert "TV1.2: Hệ thống hiểu là 12/15" in await tell(lan, "/baocao", "TV1.2: 12/15")


async def test_a_code_that_is_not_asked_is_told_so(lan: Person, office: Office) -> None:
    said = await tell(lan, "/baocao", "TV1.4: 12/15")
    assert "TV1.4" in said
    assert "Câu 1/10" in said
    assert office.figures() == {}


async def test_a_bad_figure_for_another_question_leaves_this_one_open(
    lan: Person, office: Office
) -> None:
    assert "TV1.3: Chưa ghi nhận" in await tell(lan, "/baocao", "TV1.3: 5/0")
    await tell(lan, "12/15", "đúng")
    assert set(office.figures()) == {"TV1.2"}


async def test_another_question_answered_while_one_is_to_be_confirmed(
    lan: Person, office: Office
) -> None:
    said = await tell(lan, "/baocao", "12/15", "TV1.3: 8/10", "đúng")
    assert "Đã ghi nhận: TV1.3 – 8/10" in said
    assert "TV1.2: Hệ thống hiểu là 12/15 (80,0%), đúng không ạ?" in said
    await lan.send("đúng")
    assert set(office.figures()) == {"TV1.2", "TV1.3"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("bỏ qua câu này ạ", "bỏ qua"),
        ("skip", "bỏ qua"),
        ("?", "của Kế hoạch)"),
        ("là sao", "• Đạt: Số thư viện công cộng cấp huyện"),
        ("thoát", "Đã lưu"),
        ("lui lại", "Đây là câu đầu tiên"),
    ],
)
async def test_words_about_the_conversation_are_obeyed(lan: Person, typed: str, told: str) -> None:
    assert told in await tell(lan, "/baocao", typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Đã tổ chức 3 lớp, 120 lượt người tham gia", "có nhiều con số"),
        ("tổng 15", "còn thiếu số đạt"),
        ("0903123456", "số điện thoại"),
        ("12.5", "số"),
    ],
)
async def test_what_cannot_be_taken_is_explained(lan: Person, typed: str, told: str) -> None:
    said = await tell(lan, "/baocao", typed)
    assert told in said
    assert "TV1.2: Chưa ghi nhận" in said or "Số đạt" in said


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("5/11", "cũng có thể là ngày tháng"),
        ("12/15 (90%)", "không khớp với hai số"),
    ],
)
async def test_a_doubt_is_told_with_the_echo(lan: Person, typed: str, told: str) -> None:
    said = await tell(lan, "/baocao", typed)
    assert told in said
    assert "đúng không ạ?" in said


async def test_a_range_is_one_of_two_figures_or_neither(at_visits: Person) -> None:
    said = await tell(at_visits, "/baocao", "1000-1200")
    assert "có thể hiểu theo nhiều cách" in said
    assert "năm 2023 có bao nhiêu lượt" in await at_visits.send("1.200")


@pytest.mark.parametrize("before", [(), ("12/15",)], ids=["at the card", "at the echo"])
async def test_later_is_a_promise_to_be_reminded_of(
    lan: Person, office: Office, before: tuple[str, ...]
) -> None:
    assert "nhắc" in await tell(lan, "/baocao", *before, "mai gửi")
    assert office.figures() == {}
