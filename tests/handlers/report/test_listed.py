"""A total that differs from the facility register becomes one question, and never an error."""

from datetime import date

import pytest

from plan.answers import Share
from sandbox.person import Person
from tests.handlers.register.shelves import Shelves
from tests.handlers.scenes import FIGURES, STATUSES, Given, Office

ASKED = "Thư viện nào không còn?"


async def tell(person: Person, *texts: str) -> str:
    said = ""
    for text in texts:
        said = await person.send(text)
    return said


@pytest.fixture
def shelves(office: Office, lan: Person) -> Shelves:
    """16 libraries of District 1 are in the register; Lan is asked for TV1.3 next."""
    found = Shelves(office.app)
    found.stock("quan-1", "TV1.3", 16)
    figures, statuses = office.all_skipped("quan-1", "TV1.3")
    office.drafted("quan-1", figures, statuses)
    assert lan
    return found


@pytest.mark.usefixtures("shelves")
async def test_the_difference_is_said_and_asked_about_once(lan: Person, office: Office) -> None:
    said = await tell(lan, "/baocao", "12/15")
    assert "danh mục ngày 16/09/2024 có 16" in said
    said = await tell(lan, "đúng")
    assert "danh mục ngày 16/09/2024 có 16 thư viện công cộng cấp xã, anh/chị báo 15" in said
    assert said.count(ASKED) == 1
    assert office.figures()["TV1.3"].denominator == 15
    assert "Đã ghi nhận lý do: Đa Kao đã đóng cửa" in await lan.send("Đa Kao đã đóng cửa")
    assert office.figures()["TV1.3"].reason == "Đa Kao đã đóng cửa"


@pytest.mark.usefixtures("shelves")
async def test_the_same_total_is_not_asked_about(lan: Person) -> None:
    said = await tell(lan, "/baocao", "12/16")
    assert "danh mục" not in said
    assert "danh mục" not in await lan.send("đúng")


async def test_without_a_register_nothing_is_asked(lan: Person, office: Office) -> None:
    Shelves(office.app).stock("quan-3", "TV1.3", 16)
    figures, statuses = office.all_skipped("quan-1", "TV1.3")
    office.drafted("quan-1", figures, statuses)
    assert "danh mục" not in await tell(lan, "/baocao", "12/15")
    assert "danh mục" not in await lan.send("đúng")


@pytest.mark.usefixtures("shelves")
async def test_more_than_listed_is_asked_the_other_way_round(lan: Person) -> None:
    said = await tell(lan, "/baocao", "12/17", "đúng")
    assert "Thư viện nào chưa có trong danh mục?" in said
    assert "Chưa có trong danh mục" in str(lan.buttons)


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize("said", ["Không có đối tượng", "không có thư viện nào"])
async def test_nothing_to_count_is_beside_the_register_too(
    lan: Person, office: Office, said: str
) -> None:
    told = await tell(lan, "/baocao", said)
    if "TV1.3" not in office.figures():
        told = await lan.send("đúng")
    assert "anh/chị báo 0" in told


@pytest.mark.usefixtures("shelves")
async def test_the_list_is_shown_and_the_question_stays(lan: Person, office: Office) -> None:
    await tell(lan, "/baocao", "12/15", "đúng")
    said = await lan.click("Xem danh mục")
    assert "16. Thư viện số 16" in said
    assert ASKED in said
    await lan.click("Sáp nhập, giải thể")
    assert office.figures()["TV1.3"].reason == "Sáp nhập, giải thể"


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize("said", ["không có", "để sau"])
async def test_no_reason_has_to_be_given(lan: Person, office: Office, said: str) -> None:
    await tell(lan, "/baocao", "12/15", "đúng", said)
    assert (office.figures()["TV1.3"].denominator, office.figures()["TV1.3"].reason) == (15, "")


@pytest.mark.usefixtures("shelves")
async def test_register_and_last_year_are_one_question(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.3": Share(12, 16)})
    said = await tell(lan, "/baocao", "12/15")
    assert "tổng số khác với năm 2023" in said
    said = await lan.send("đúng")
    assert said.count(ASKED) == 1
    assert "khác biệt so với năm 2023" not in said
    assert ASKED not in await lan.send("Đa Kao đã đóng cửa")


@pytest.mark.usefixtures("shelves")
async def test_what_jumps_besides_is_asked_in_the_same_question(
    lan: Person, office: Office
) -> None:
    office.reported("quan-1", 2023, {"TV1.3": Share(2, 15)})
    said = await tell(lan, "/baocao", "12/15", "đúng")
    assert ASKED in said
    assert "khác biệt so với năm 2023" in said


@pytest.mark.usefixtures("shelves")
async def test_the_other_indicator_of_the_same_total_takes_the_reason_over(
    lan: Person, office: Office
) -> None:
    await tell(lan, "/baocao", "12/15", "đúng", "Đa Kao đã đóng cửa")
    said = await tell(lan, "/sua TV2.3 3/15", "đúng")
    assert ASKED not in said
    assert "Đa Kao đã đóng cửa" in said
    assert office.figures()["TV2.3"].reason == "Đa Kao đã đóng cửa"


@pytest.mark.usefixtures("shelves")
async def test_corrected_with_the_same_total_it_is_not_asked_again(
    lan: Person, office: Office
) -> None:
    await tell(lan, "/baocao", "12/15", "đúng", "Đa Kao đã đóng cửa")
    assert ASKED not in await tell(lan, "/sua TV1.3 13/15", "đúng")
    assert office.figures()["TV1.3"].reason == "Đa Kao đã đóng cửa"
    assert ASKED in await tell(lan, "/sua TV1.3 13/14", "đúng")


async def test_what_ended_before_the_day_of_the_figures_is_not_counted(
    lan: Person, shelves: Shelves
) -> None:
    shelves.stock("quan-1", "TV1.3", 3, first=17, valid_to=date(2024, 3, 1))
    assert "danh mục" not in await tell(lan, "/baocao", "12/16")


@pytest.mark.usefixtures("shelves")
async def test_many_answers_at_once_are_noted_and_not_asked(lan: Person, office: Office) -> None:
    said = await tell(lan, "/baocao", "TV1.3 12/15\nTV2.3 3/16")
    assert said.count("danh mục ngày 16/09/2024 có 16") == 1
    assert ASKED not in await lan.click("Ghi nhận")
    assert office.figures()["TV1.3"].denominator == 15


@pytest.mark.usefixtures("shelves")
async def test_the_reviewer_sees_difference_and_reason(
    lan: Person, hoa: Person, office: Office
) -> None:
    rest: dict[str, Given | None] = {c: FIGURES[c] for c in FIGURES if c != "TV1.3"}
    office.drafted("quan-1", rest, STATUSES)
    await tell(lan, "/baocao", "/sua TV1.3 12/15", "đúng", "Đa Kao đã đóng cửa", "nộp")
    said = await hoa.send("/duyet quan 1")
    assert "lý do: Đa Kao đã đóng cửa" in said
    assert "danh mục ngày 16/09/2024 có 16 thư viện công cộng cấp xã, đã báo 15" in said
    assert "Lý do: Đa Kao đã đóng cửa" in await hoa.send("/tiendo TV1.3 quan 1")
