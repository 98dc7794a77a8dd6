"""`/bieumau`: the form goes out prefilled; what comes back is shown before it counts."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from plan.answers import Count, Share
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.people import People
from tests.cast import Cast
from tests.exports.forms import Answers, cell
from tests.handlers.files.forms import Forms
from tests.handlers.scenes import Office


@pytest.fixture
def forms(telegram: Telegram) -> Forms:
    return Forms(telegram)


async def test_the_form_holds_the_questions_and_what_is_known(
    lan: Person, office: Office, forms: Forms
) -> None:
    office.reported("quan-1", 2023, {"TV1.2": Share(10, 15)})
    office.drafted(
        "quan-1", {"TV3": Count(12_500)}, {"IV.10.a": "blocked"}, notes={"IV.10.a": "=1"}
    )
    sheet = load_workbook(BytesIO(await forms.ask(lan))).worksheets[0]
    assert cell(sheet, "TV1.2", "earlier").value == "10/15 (66,7%)"
    assert cell(sheet, "TV3", "current").value == "12.500 lượt"
    assert cell(sheet, "IV.10.a", "current").value.endswith("– =1")
    assert [sheet.cell(row, 1).value for row in (5, 14)] == ["TV1.2", "IV.10.c"]


async def test_the_file_is_named_and_says_what_to_do(lan: Person, forms: Forms) -> None:
    await forms.ask(lan)
    assert lan.last.attachment["document"]["file_name"] == "bieu-mau-quan-1-2024.xlsx"
    assert "Biểu mẫu của Quận 1, báo cáo năm 2024" in lan.last.text


async def test_the_open_question_comes_again_after_the_form(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("biểu mẫu")
    assert "Câu 1/10" in lan.last.text


async def test_filled_cells_are_shown_and_recorded_once_confirmed(
    lan: Person, office: Office, forms: Forms
) -> None:
    form = await forms.ask(lan)
    answers: Answers = {
        "TV1.2": {"met": 12, "total": 15, "note": "kiểm đếm lại"},
        "TV3": {"visits": 12_500},
        "VH1": {"choice": "Không có đối tượng"},
        "IV.10.b": {"choice": "Có khó khăn, vướng mắc", "note": "thiếu kinh phí"},
    }
    said = await forms.send(lan, form, answers)
    assert "TV1.2: 12/15 (80,0%) – kiểm đếm lại" in said
    assert office.figures() == {}
    await lan.click("Ghi nhận 4 câu trả lời")
    kept = office.figures()
    assert (kept["TV1.2"].reason, kept["TV3"].count) == ("kiểm đếm lại", 12_500)
    assert kept["VH1"].state == "no_object"
    assert office.statuses()["IV.10.b"].note == "thiếu kinh phí"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"met": 16, "total": 15}, "số đạt lớn hơn tổng số"),
        ({"met": -1, "total": 15}, "không thể là số âm"),
        ({"met": 12.5, "total": 15}, "phải là số nguyên"),
        ({"met": "nhiều", "total": 15}, "chưa đọc được"),
        ({"met": "80%"}, "tỷ lệ phần trăm"),
        ({"met": "=A1+1", "total": 15}, "ô chứa công thức"),
        ({"met": True, "total": 15}, "không phải là số"),
        ({"met": 0, "total": 0}, "TV1.2"),
        ({"met": 12}, "thiếu tổng số"),
        ({"total": 15}, "thiếu số đạt"),
        ({"met": 1, "total": 2, "choice": "Chưa có số liệu"}, "chỉ giữ một trong hai"),
        ({"visits": 12}, "không dùng cho hàng này"),
        ({"choice": "Màu xanh"}, "chưa đọc được"),
        ({"note": "vì sao"}, "để gắn ghi chú này"),
        ({"note": "TUYỆT MẬT"}, "dấu chỉ độ mật"),
        ({"met": 1, "total": 1, "code": "TV9.9"}, "không có câu “TV9.9”"),
    ],
)
async def test_a_wrong_row_is_told_with_its_number_and_never_taken(
    lan: Person, office: Office, forms: Forms, cells: dict[str, object], why: str
) -> None:
    said = await forms.send(lan, await forms.ask(lan), {"TV1.2": cells})
    assert "Hàng 5" in said
    assert why in said
    assert "Không có nội dung mới để ghi nhận" in said
    assert office.figures() == {}


@pytest.mark.parametrize(
    ("cells", "numerator"),
    [({"met": "12", "total": "15"}, 12), ({"met": "12/15"}, 12), ({"met": 5, "total": 11}, 5)],
)
async def test_what_is_certain_is_taken_as_it_stands(
    lan: Person, office: Office, forms: Forms, cells: dict[str, object], numerator: int
) -> None:
    await forms.send(lan, await forms.ask(lan), {"TV1.2": cells})
    await lan.click("Ghi nhận")
    assert office.figures()["TV1.2"].numerator == numerator


async def test_a_form_of_another_agency_is_refused(
    lan: Person, cast: Cast, office: Office, forms: Forms
) -> None:
    vy = cast.member(106, "Đỗ Tường Vy", "quan-3", "focal")
    form = await forms.ask(vy)
    said = await forms.send(lan, form, {"TV1.2": {"met": 1, "total": 1}})
    assert "Biểu mẫu này là của đơn vị khác" in said
    assert office.figures() == office.figures("quan-3") == {}


async def test_a_form_of_another_year_is_refused(lan: Person, office: Office, forms: Forms) -> None:
    form = await forms.ask(lan, "/bieumau 2023")
    await lan.send("/baocao")
    said = await forms.send(lan, form, {"TV1.2": {"met": 1, "total": 1}})
    assert "năm 2023, không phải báo cáo đang nhập" in said
    assert office.figures(year=2023) == office.figures() == {}


async def test_it_is_taken_once_that_report_is_open(
    lan: Person, office: Office, forms: Forms
) -> None:
    form = await forms.ask(lan, "/bieumau 2023")
    await lan.send("/baocao 2023")
    await forms.send(lan, form, {"TV1.2": {"met": 1, "total": 1}})
    await lan.click("Ghi nhận")
    assert set(office.figures(year=2023)) == {"TV1.2"}


async def test_a_figure_that_changed_in_the_chat_is_pointed_out(lan: Person, forms: Forms) -> None:
    form = await forms.ask(lan)
    await lan.send("TV1.2 12/15")
    await lan.click("Ghi nhận")
    said = await forms.send(lan, form, {"TV1.2": {"met": 13, "total": 15}})
    assert "đã được thay đổi tại đây: TV1.2" in said
    assert "12/15 (80,0%) → 13/15 (86,7%)" in said


async def test_an_empty_form_changes_nothing(lan: Person, forms: Forms) -> None:
    await lan.send("/baocao")
    said = await forms.send(lan, await forms.ask(lan), {})
    assert "Không có nội dung mới" in said
    assert "Câu 1/10" in lan.last.text


async def test_the_form_itself_is_no_evidence(lan: Person, forms: Forms) -> None:
    await forms.send(lan, await forms.ask(lan), {"TV1.2": {"met": 1, "total": 1}})
    assert "bieu-mau" not in await lan.send("/minhchung")


async def test_another_workbook_stays_evidence(lan: Person) -> None:
    await lan.send("/baocao")
    file = BytesIO()
    Workbook().save(file)
    assert "Nội dung đọc được" not in await lan.send_document(file.getvalue(), "danh-sach.xlsx")
    assert "danh-sach.xlsx" in await lan.send("/minhchung")


@pytest.mark.parametrize(
    ("command", "told"),
    [("/bieumau 2031", "/bieumau 2024"), ("/bieumau quan 5", "đơn vị đang phụ trách")],
)
async def test_only_own_reports_of_the_plan_s_years_have_forms(
    lan: Person, command: str, told: str
) -> None:
    assert told in await lan.send(command)
    assert not lan.last.attachment


async def test_who_stands_for_two_agencies_says_which(
    lan: Person, office: Office, forms: Forms
) -> None:
    office.appoint(lan, "quan-3", "focal")
    await lan.send("/bieumau")
    await lan.click("Quận 3")
    assert forms.last(lan)
    assert "Biểu mẫu của Quận 3" in lan.last.text


async def test_a_report_that_was_sent_has_no_form(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.2": Share(1, 2)})
    assert "đã nộp lúc" in await lan.send("/bieumau")


async def test_who_lost_the_role_meanwhile_gets_no_form(
    lan: Person, office: Office, telegram: Telegram
) -> None:
    async def handle_but_send_nothing() -> None:
        await office.app.intake.poll()
        await office.app.desks[0].run(office.app.staff.handlings[0].batch)

    telegram.settle = handle_but_send_nothing
    await lan.send("/bieumau")
    office.revoke(lan)
    await office.app.pump()
    assert not [message for message in lan.messages if message.attachment]


async def test_the_form_speaks_the_reader_s_language(
    lan: Person, office: Office, forms: Forms
) -> None:
    with office.app.database.transaction() as session:
        member = People(session).at("telegram", str(lan.chat_id))
        assert member
        People(session).speak(member.person_id, "en", office.now)
    book = load_workbook(BytesIO(await forms.ask(lan)))
    assert book.sheetnames[:2] == ["Figures", "Guide"]
