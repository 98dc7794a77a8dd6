"""A whole report by workbook, with three rows that are wrong."""

from bot.app import App
from plan.answers import Share
from sandbox.person import Person
from tests.cast import Cast
from tests.exports.forms import Answers
from tests.handlers.files.forms import Forms
from tests.handlers.scenes import Office

FILLED: Answers = {
    "TV1.2": {"met": 12, "total": 15},
    "TV1.3": {"met": 16, "total": 12},
    "TV2.2": {"met": "khoảng mấy cái", "total": 4},
    "TV2.3": {"met": 5, "total": 20},
    "TV3": {"visits": 12_500},
    "VH1": {"met": 0.8, "total": 1},
    "VH2": {"choice": "Chưa có số liệu"},
    "IV.10.a": {"choice": "Hoàn thành"},
    "IV.10.b": {"choice": "Có khó khăn, vướng mắc", "note": "Chưa bố trí được kinh phí"},
    "IV.10.c": {"choice": "Đang triển khai"},
}


async def test_the_right_rows_are_taken_and_the_wrong_ones_asked_for(cast: Cast) -> None:
    lan, forms = cast.lan(), Forms(cast.telegram)
    form = await forms.ask(lan)
    said = await forms.send(lan, form, FILLED)
    for row, why in ((6, "số đạt lớn hơn tổng số"), (7, "chưa đọc được"), (10, "số nguyên")):
        assert why in next(line for line in said.splitlines() if line.startswith(f"• Hàng {row} "))
    assert "Hệ thống chỉ ghi nhận sau khi anh/chị xác nhận" in said
    said = await lan.click("Ghi nhận 7 câu trả lời")
    assert "IV.10.b: Có khó khăn, vướng mắc" in said
    assert "Câu 2/10 · TV1.3" in said
    await finish(lan)
    assert "BC-2024-0001/1" in await lan.click("Nộp báo cáo")


async def finish(lan: Person) -> None:
    """The three rows, corrected in one message."""
    said = await lan.send("TV1.3 12/16\nTV2.2 3/4\nVH1 1/1")
    assert "Không ghi nhận được" not in said
    assert "Rà soát trước khi nộp" in await lan.click("Ghi nhận 3 câu trả lời")


async def test_a_second_form_shows_only_what_is_new(app: App, cast: Cast) -> None:
    lan, forms, office = cast.lan(), Forms(cast.telegram), Office(app, cast.telegram)
    office.drafted("quan-1", {"TV1.2": Share(12, 15)}, {})
    form = await forms.ask(lan)
    again = {"TV1.2": {"met": 12, "total": 15}, "TV1.3": {"met": 8, "total": 10}}
    said = await forms.send(lan, form, again)
    assert "Không thay đổi: TV1.2." in said
    await lan.click("Ghi nhận 1 câu trả lời")
    assert office.figures()["TV1.3"].numerator == 8
