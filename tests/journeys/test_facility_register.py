"""A total that the register does not bear out: from the list that was imported to the answer that
an official reads.
"""

from bot.app import App
from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.register.lists import library, xlsx
from tests.handlers.register.shelves import Shelves
from tests.handlers.scenes import FIGURES, STATUSES, Given, Office

REASON = "Thư viện số 16 sáp nhập vào Thư viện số 3 từ tháng 3"


async def imports(thu: Person, shelves: Shelves) -> None:
    await thu.send("/danhmuc nhap")
    said = await thu.send_document(xlsx(*(library(n) for n in range(1, 17))), "danh-muc.xlsx")
    assert "Quận 1 – Thư viện công cộng cấp xã: 0 → 16" in said
    await thu.click("Ghi nhận 16 thay đổi")
    assert len(shelves.names()) == 16


async def reports(lan: Person) -> None:
    """15 of 16, and why."""
    await lan.send("/baocao")
    assert "danh mục ngày 16/09/2024 có 16 thư viện công cộng cấp xã" in await lan.send("12/15")
    said = await lan.click("Đúng")
    assert "anh/chị báo 15. Thư viện nào không còn?" in said
    assert "16. Thư viện số 16" in await lan.click("Xem danh mục")
    assert "Rà soát" in await lan.send(REASON)
    assert "Đã nộp báo cáo" in await lan.click("Nộp báo cáo")


async def test_a_difference_becomes_a_question_and_its_answer_is_read(app: App, cast: Cast) -> None:
    thu, lan, hoa = cast.thu(), cast.lan(), cast.hoa()
    office, shelves = Office(app, cast.telegram), Shelves(app)
    rest: dict[str, Given | None] = {c: FIGURES[c] for c in FIGURES if c != "TV1.3"}
    office.drafted("quan-1", rest, STATUSES)
    await imports(thu, shelves)
    await reports(lan)
    said = await hoa.send("/duyet quan 1")
    assert "danh mục ngày 16/09/2024 có 16 thư viện công cộng cấp xã, đã báo 15" in said
    assert f"lý do: {REASON}" in said
    assert f"Lý do: {REASON}" in await hoa.send("/tiendo TV1.3 quận 1")
    assert "16. Thư viện số 16" in await hoa.send("/danhmuc quận 1")
