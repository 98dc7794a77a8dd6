"""What is unusual is said before it is confirmed, and one reason is asked for after."""

import pytest

from plan.answers import Count, Share
from sandbox.person import Person
from tests.handlers.scenes import FIGURES, STATUSES, Given, Office


@pytest.fixture
def lan(lan: Person, office: Office) -> Person:
    """10 of 15 libraries last year."""
    office.reported("quan-1", 2023, {"TV1.2": Share(10, 15), "TV3": Count(10_000)})
    return lan


async def tell(person: Person, *texts: str) -> str:
    said = ""
    for text in texts:
        said = await person.send(text)
    return said


@pytest.mark.parametrize(
    ("figure", "note"),
    [
        ("12/16", "Lưu ý: tổng số khác với năm 2023"),
        ("10/10", "Lưu ý: đạt 100% với tổng số ít hơn năm 2023"),
        ("15/15", "Lưu ý: tăng hơn 30% so với năm 2023"),
        ("2/15", "Lưu ý: giảm hơn 30% so với năm 2023"),
        ("120/150", "Lưu ý: chênh lệch từ 10 lần trở lên so với năm 2023"),
    ],
)
async def test_the_confirmation_says_what_is_unusual(lan: Person, figure: str, note: str) -> None:
    said = await tell(lan, "/baocao", figure)
    assert note in said
    assert "Năm 2023: 10/15 (66,7%)" in said


async def test_a_usual_year_needs_no_reason(lan: Person) -> None:
    assert "Lưu ý" not in await tell(lan, "/baocao", "12/15")
    assert "Câu 2/10" in await lan.send("đúng")


async def test_the_figure_is_kept_before_its_reason_is_given(lan: Person, office: Office) -> None:
    said = await tell(lan, "/baocao", "12/16", "đúng")
    assert "Đã ghi nhận: TV1.2 – 12/16 (75,0%)" in said
    assert "lý do khác biệt so với năm 2023" in said
    assert office.figures()["TV1.2"].denominator == 16


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Tháng 3 mở thêm một thư viện", "Tháng 3 mở thêm một thư viện"),
        ("mới thành lập", "Thành lập mới"),
        ("3", "Kiểm đếm lại"),
        ("Báo cáo năm trước bị thiếu", "Báo cáo năm trước bị thiếu"),
    ],
)
async def test_a_reason_is_chosen_or_typed(
    lan: Person, office: Office, typed: str, reason: str
) -> None:
    await tell(lan, "/baocao", "12/16", "đúng")
    said = await lan.send(typed)
    assert f"Đã ghi nhận lý do: {reason}" in said
    assert "Câu 2/10" in said
    assert office.figures()["TV1.2"].reason == reason


@pytest.mark.parametrize("said", ["Không nêu lý do", "không có", "bỏ qua"])
async def test_no_reason_has_to_be_given(lan: Person, office: Office, said: str) -> None:
    await tell(lan, "/baocao", "12/16", "đúng")
    assert "Câu 2/10" in await lan.send(said)
    assert office.figures()["TV1.2"].reason == ""


async def test_a_long_reason_is_refused_whole(lan: Person, office: Office) -> None:
    await tell(lan, "/baocao", "12/16", "đúng")
    assert "Lý do có 301 ký tự, vượt mức tối đa 300 ký tự" in await lan.send("x" * 301)
    assert office.figures()["TV1.2"].reason == ""
    assert "Câu 2/10" in await lan.send("x" * 300)


async def test_leaving_at_the_reason_keeps_the_figure(lan: Person, office: Office) -> None:
    assert "Đã lưu" in await tell(lan, "/baocao", "12/16", "đúng", "lưu, làm sau")
    assert "Câu 2/10" in await lan.send("/baocao")
    assert office.figures()["TV1.2"].numerator == 12


async def test_the_review_shows_the_reason(lan: Person, office: Office) -> None:
    rest: dict[str, Given | None] = {c: FIGURES[c] for c in FIGURES if c != "TV1.2"}
    office.drafted("quan-1", rest, STATUSES)
    said = await tell(lan, "/baocao", "12/16", "đúng", "thành lập mới")
    assert "12/16 (75,0%) (lý do: Thành lập mới)" in said


async def test_a_count_that_jumps_is_explained_too(lan: Person, office: Office) -> None:
    rest: dict[str, Given | None] = {c: FIGURES[c] for c in FIGURES if c != "TV3"}
    office.drafted("quan-1", rest, STATUSES)
    said = await tell(lan, "/baocao", "6.000")
    assert "Lưu ý: giảm hơn 30% so với năm 2023" in said
    assert "Thu hẹp, tạm dừng" in str(await tell(lan, "đúng") and lan.buttons)
    await lan.click("Thu hẹp")
    assert office.figures()["TV3"].reason == "Thu hẹp, tạm dừng"


async def test_a_trend_that_turns_is_told(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2022, {"TV3": Count(9_000)})
    rest: dict[str, Given | None] = {c: FIGURES[c] for c in FIGURES if c != "TV3"}
    office.drafted("quan-1", rest, STATUSES)
    assert "xu hướng tăng, giảm ngược với năm 2023" in await tell(lan, "/baocao", "9.500")


@pytest.mark.parametrize("said", ["đúng", "ok", "?", "mai gửi", "quay lại", "11/15", "7"])
async def test_what_is_no_reason_is_not_recorded_as_one(
    lan: Person, office: Office, said: str
) -> None:
    await tell(lan, "/baocao", "12/16", "đúng")
    assert f"Chưa ghi nhận “{said}” làm lý do" in await lan.send(said)
    assert office.figures()["TV1.2"].reason == ""


async def test_the_next_answer_typed_there_goes_to_its_own_question(
    lan: Person, office: Office
) -> None:
    said = await tell(lan, "/baocao", "12/16", "đúng", "TV1.3 9/10")
    assert "TV1.3 (Thư viện cấp xã" in said
    assert "lý do khác biệt" in await lan.send("đúng")
    assert (office.figures()["TV1.3"].numerator, office.figures()["TV1.2"].reason) == (9, "")


async def test_lines_typed_there_are_answers(lan: Person, office: Office) -> None:
    said = await tell(lan, "/baocao", "12/16", "đúng", "TV1.3 9/10\nTV2.2 3/4")
    assert "TV2.2: 3/4" in said
    assert "lý do khác biệt" in await lan.click("Ghi nhận")
    assert office.figures()["TV2.2"].numerator == 3


async def test_a_report_that_was_sent_meanwhile_gets_no_reason(lan: Person, office: Office) -> None:
    await tell(lan, "/baocao", "12/16", "đúng")
    office.submit("quan-1")
    assert "chưa ghi nhận nội dung này" in await lan.click("Kiểm đếm lại")
    assert office.figures()["TV1.2"].reason == ""


async def test_the_reason_of_a_figure_that_was_replaced_is_not_claimed(
    lan: Person, vy: Person, office: Office
) -> None:
    await tell(lan, "/baocao", "12/16", "đúng")
    await tell(vy, "/sua TV1.2 13/15", "đúng")
    assert "TV1.2 vừa được thay đổi" in await lan.click("Kiểm đếm lại")
    assert office.figures()["TV1.2"].reason == ""
