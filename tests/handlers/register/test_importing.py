"""A list that is sent: read line by line, shown as a difference, recorded once, undone."""

from datetime import date, timedelta

import pytest

from exports import tables
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.handlers.files import documents
from tests.handlers.papers import Papers
from tests.handlers.register.lists import csv, library, without, xlsx
from tests.handlers.register.shelves import Shelves
from tests.handlers.scenes import Office, button

NAME = "danh-muc.xlsx"


async def send(person: Person, data: bytes, name: str = NAME) -> str:
    await person.send("/danhmuc nhap")
    return await person.send_document(data, name)


async def test_a_list_is_shown_then_recorded_then_undone(thu: Person, shelves: Shelves) -> None:
    said = await send(thu, xlsx(library(1), library(2)))
    assert "Thêm: 2. Đổi: 0. Thôi: 0. Không thay đổi: 0." in said
    assert "Quận 1 – Thư viện công cộng cấp xã: 0 → 2" in said
    assert "+ thêm: Thư viện số 1" in said
    assert shelves.names() == []
    assert "lần cập nhật số 1 của danh mục: thêm 2" in await thu.click("Ghi nhận 2 thay đổi")
    assert shelves.names() == ["Thư viện số 1", "Thư viện số 2"]
    assert "Đã hoàn tác lần cập nhật số 1" in await thu.click("Hoàn tác")
    assert shelves.names() == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(csv(library(1)), "a.csv", id="Excel's CSV UTF-8"),
        pytest.param(csv(library(1), encoding="utf-8"), "a.csv", id="without a byte order mark"),
        pytest.param(csv(library(1), encoding="utf-16"), "a.txt", id="Unicode text"),
        pytest.param(csv(library(1), delimiter="\t"), "a.csv", id="tabs"),
        pytest.param(csv(library(1), delimiter=","), "a.csv", id="commas"),
        pytest.param(xlsx(library(1), above=3), NAME, id="titles above"),
        pytest.param(xlsx(("quan 1", "thu vien cap xa", "Thư viện số 1")), NAME, id="no accents"),
        pytest.param(
            xlsx(("Thư viện số 1", "tv2.3", "q1"), headings=("TÊN", "loai hinh", "Đơn vị (tên)")),
            NAME,
            id="columns in another order",
        ),
    ],
)
async def test_lists_of_many_makes_are_read(
    thu: Person, shelves: Shelves, data: bytes, name: str
) -> None:
    await send(thu, data, name)
    await thu.click("Ghi nhận 1 thay đổi")
    assert shelves.names() == ["Thư viện số 1"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("Quận 99", "TV1.3", "A"), "“Quận 99”: chưa rõ là đơn vị nào. Ghi tên hoặc mã đơn vị"),
        (("", "TV1.3", "A"), "chưa rõ là đơn vị nào"),
        (("Quận 1", "rạp hát", "A"), "“rạp hát”: chưa rõ là loại hình nào"),
        (("Quận 1", "TV3", "A"), "chưa rõ là loại hình nào"),
        (("Quận 1", "TV1.3", ""), "thiếu tên thiết chế"),
        (("Quận 1", "TV1.3", "A" * 201), "quá dài: tên tối đa 200 ký tự"),
        (("Quận 1", "TV1.3", "A", "", "32/13/2020"), "“32/13/2020”: không phải là ngày. Ví dụ"),
        (("Quận 1", "TV1.3", "A", "", "02/01/2020", "01/01/2020"), "kết thúc trước ngày bắt đầu"),
        (("Quận 1", "TV1.2", "A", "", "01/07/2025"), "loại hình này không còn"),
        (("Quận 1", "TV1.3", "thu vien so 1"), "trùng với một dòng trước"),
        (("Quận 1", "TV1.3", '=CONCATENATE("a","b")'), "công thức chưa lưu kết quả"),
        (("Quận 1", "TV1.3", "Kho tài liệu TUYỆT MẬT"), "dấu chỉ độ mật"),
    ],
)
async def test_a_line_that_is_not_taken_says_why_and_the_others_wait(
    thu: Person, shelves: Shelves, row: tuple[object, ...], told: str
) -> None:
    said = await send(thu, xlsx(library(1), row))
    assert "Chưa nhận 1 dòng" in said
    assert told in next(line for line in said.splitlines() if line.startswith("• Dòng 3"))
    assert "TUYỆT" not in said
    await thu.click("Ghi nhận 1 thay đổi")
    assert shelves.names() == ["Thư viện số 1"]


async def test_with_a_faulty_line_nothing_is_ended(thu: Person, shelves: Shelves) -> None:
    shelves.stock("quan-1", "TV1.3", 3)
    said = await send(thu, xlsx(library(1), ("Quận 1", "TV1.3", "Thư viện số 2", "", "hôm qua")))
    assert "chưa đề xuất thôi thiết chế nào" in said
    assert "Không có nội dung mới để ghi nhận" in said


async def test_only_faulty_lines_leave_nothing_to_confirm(thu: Person, shelves: Shelves) -> None:
    said = await send(thu, xlsx(("Quận 99", "TV1.3", "A")))
    assert "Quận 99" in said
    assert "Ghi nhận" not in str(thu.last.buttons)
    assert shelves.newest() == 0


async def test_a_real_day_of_a_cell_is_a_day(thu: Person, shelves: Shelves) -> None:
    said = await send(thu, xlsx((*library(1), "1 Lê Duẩn", date(2019, 5, 1), date(2024, 3, 1))))
    assert "Thư viện số 1 (từ 01/05/2019 đến hết 01/03/2024)" in said
    await thu.click("Ghi nhận")
    assert shelves.names() == []


async def test_the_downloaded_list_comes_back_changed(
    thu: Person, shelves: Shelves, papers: Papers
) -> None:
    shelves.stock("quan-1", "TV1.3", 3)
    await thu.send("/danhmuc mau quận 1")
    assert papers.name(thu) == "danh-muc-quan-1.xlsx"
    assert papers.sheet(thu)[1][:3] == ["Quận 1", "Thư viện công cộng cấp xã", "Thư viện số 1"]
    said = await thu.send_document(without(papers.data(thu), "Thư viện số 2"), NAME)
    assert "3 → 2" in said
    assert "− thôi: Thư viện số 2, đến hết ngày 15/09/2024" in said
    await thu.click("Ghi nhận 1 thay đổi")
    assert shelves.names() == ["Thư viện số 1", "Thư viện số 3"]


async def test_the_same_list_again_changes_nothing(thu: Person, shelves: Shelves) -> None:
    shelves.stock("quan-1", "TV1.3", 2)
    said = await send(thu, xlsx(library(1), library(2)))
    assert "Không thay đổi: 2" in said
    assert "Không có nội dung mới" in said
    assert shelves.newest() == 1


async def test_what_has_changed_meanwhile_is_shown_anew(thu: Person, shelves: Shelves) -> None:
    await send(thu, xlsx(library(1), library(2)))
    shelves.stock("quan-1", "TV1.3", 1)
    said = await thu.click("Ghi nhận")
    assert "Danh mục đã thay đổi sau khi hiển thị bảng này" in said
    assert "Thêm: 1. Đổi: 0. Thôi: 0. Không thay đổi: 1." in said
    assert shelves.names() == ["Thư viện số 1"]
    await thu.click("Ghi nhận 1 thay đổi")
    assert shelves.names() == ["Thư viện số 1", "Thư viện số 2"]


async def test_confirmed_on_another_day_it_is_shown_anew(
    thu: Person, shelves: Shelves, clock: PushedClock
) -> None:
    shelves.stock("quan-1", "TV1.3", 2)
    await send(thu, xlsx(library(1)))
    clock.push_to(clock.now() + timedelta(days=1))
    assert "đến hết ngày 16/09/2024" in await thu.click("Ghi nhận")
    assert len(shelves.names()) == 2


async def test_a_change_after_it_bars_undoing(thu: Person, shelves: Shelves) -> None:
    await send(thu, xlsx(library(1)))
    await thu.click("Ghi nhận")
    shelves.stock("quan-3", "TV1.3", 1)
    assert "Không hoàn tác được nữa" in await thu.click("Hoàn tác")
    assert shelves.names() == ["Thư viện số 1"]


async def test_dropped_it_leaves_the_register_as_it_is(thu: Person, shelves: Shelves) -> None:
    await send(thu, xlsx(library(1)))
    assert "Danh mục giữ nguyên" in await thu.click("Không ghi nhận")
    assert shelves.newest() == 0


async def test_a_long_list_is_read_page_by_page(thu: Person, shelves: Shelves) -> None:
    await send(thu, xlsx(*(library(n) for n in range(1, 301))))
    pages = [thu.last.text]
    while "Trang sau" in str(thu.last.buttons):
        pages.append(await thu.click("Trang sau"))
    assert all(len(page) < 4096 for page in pages)
    assert "Thư viện số 300" in pages[-1]
    assert "Thư viện số 1\n" in pages[0]
    await thu.click("Trang trước")
    await thu.click("Ghi nhận 300 thay đổi")
    assert len(shelves.names()) == 300


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"", "Tệp không có nội dung", id="nothing"),
        pytest.param(b"MZ\x90\x00", "không phải là Excel", id="program"),
        pytest.param(documents.PDF, "không phải là Excel", id="PDF"),
        pytest.param(documents.OLD_WORD, "không nhận", id="old Excel, or a password"),
        pytest.param(documents.XLSX, "tệp bị hỏng", id="no workbook inside"),
        pytest.param(
            documents.office("xl/workbook.xml", "xl/vbaProject.bin"), "macro", id="macros"
        ),
        pytest.param(xlsx(library(1))[:-300], "không phải là Excel", id="cut off"),
        pytest.param("Đơn vị;Loại hình".encode("utf-16")[:-1], "Excel", id="half a character"),
        pytest.param(b"\xd0\xf0n v\xde;x\r\n", "UTF-8", id="an old code page"),
        pytest.param(b"a;b;c\r\n1;2;3\r\n", "không có dòng tiêu đề", id="no headings"),
        pytest.param(csv(("Quận 1", "TV1.3", '"A')), "tệp bị hỏng", id="a quote left open"),
        pytest.param(
            xlsx(*(library(n) for n in range(tables.ROWS_MOST + 20))), "hơn 1.000 dòng", id="long"
        ),
    ],
)
async def test_what_is_no_list_is_refused_and_not_kept(
    thu: Person, shelves: Shelves, office: Office, data: bytes, told: str
) -> None:
    assert told in await send(thu, data)
    assert shelves.newest() == 0
    assert not [path for path in office.app.settings.files_dir.rglob("*") if path.is_file()]


async def test_the_bytes_of_a_list_are_gone_once_it_is_read(thu: Person, office: Office) -> None:
    await send(thu, xlsx(library(1)))
    await thu.click("Ghi nhận")
    assert not [path for path in office.app.settings.files_dir.rglob("*") if path.is_file()]


async def test_lines_may_be_typed_and_end_nothing(thu: Person, shelves: Shelves) -> None:
    shelves.stock("quan-1", "TV1.3", 2)
    await thu.send("/danhmuc nhap")
    said = await thu.send("Quận 1; TV1.3; Thư viện số 3\nQuận 1; TV9; A")
    assert "+ thêm: Thư viện số 3" in said
    assert "Dòng 2, “TV9”" in said
    await thu.send("đúng")
    assert len(shelves.names()) == 3


@pytest.mark.parametrize("said", ["mai tôi gửi", "đang tìm, chờ chút", "?"])
async def test_talk_is_no_list(thu: Person, shelves: Shelves, said: str) -> None:
    await thu.send("/danhmuc nhap")
    assert "Danh mục thiết chế là tệp Excel" in await thu.send(said)
    assert shelves.newest() == 0


async def test_a_corrected_file_replaces_the_one_before(thu: Person, shelves: Shelves) -> None:
    await send(thu, xlsx(library(1), ("Quận 99", "TV1.3", "A")))
    await thu.send_document(xlsx(library(1), library(2)), NAME)
    await thu.click("Ghi nhận 2 thay đổi")
    assert len(shelves.names()) == 2


async def test_names_are_words_and_no_markup(thu: Person, shelves: Shelves) -> None:
    said = await send(thu, xlsx(("Quận 1", "TV1.3", "<b>A & B</b>"), ("<i>", "TV1.3", "x")))
    assert "thêm: <b>A & B</b>" in said
    await thu.click("Ghi nhận")
    assert "<b>A & B</b>" in await thu.send("/danhmuc quận 1")
    assert shelves.names() == ["<b>A & B</b>"]


async def test_a_name_like_a_formula_stays_text(
    thu: Person, shelves: Shelves, papers: Papers
) -> None:
    await send(thu, csv(("Quận 1", "TV1.3", "=1+1")), "a.csv")
    await thu.click("Ghi nhận")
    await thu.send("/danhmuc mau")
    assert papers.sheet(thu)[1][2] == "=1+1"
    assert shelves.names() == ["=1+1"]


async def test_what_was_open_before_comes_again(thu: Person, office: Office) -> None:
    office.appoint(thu, "quan-1", "focal")
    await thu.send("/baocao")
    await send(thu, xlsx(library(1)))
    assert "Câu 1/10" in await thu.click("Ghi nhận")


@pytest.mark.parametrize("who", ["hoa", "lan"])
async def test_only_administrators_change_it(
    request: pytest.FixtureRequest, shelves: Shelves, who: str
) -> None:
    person: Person = request.getfixturevalue(who)
    shelves.stock("quan-1", "TV1.3", 1)
    for said in ("/danhmuc nhap", "/danhmuc hoantac", "/danhmuc hoantac 1"):
        assert "Chỉ quản trị viên" in await person.send(said)
    await person.send_document(xlsx(library(2)), NAME)
    assert (shelves.newest(), shelves.names()) == (1, ["Thư viện số 1"])


async def test_who_lost_the_role_records_nothing(
    thu: Person, shelves: Shelves, office: Office
) -> None:
    await send(thu, xlsx(library(1)))
    data = button(thu.last, "Ghi nhận")
    office.revoke(thu)
    await office.press(thu.last, data)
    assert shelves.newest() == 0


async def test_twenty_taps_are_one_change(thu: Person, shelves: Shelves, office: Office) -> None:
    await send(thu, xlsx(library(1)))
    await office.press(thu.last, button(thu.last, "Ghi nhận"), times=20)
    assert shelves.newest() == 1


async def test_a_full_list_is_read_in_time(thu: Person, shelves: Shelves) -> None:
    """Compared by looking up, not each with each: that took a minute."""
    said = await send(thu, xlsx(*(library(n) for n in range(1, tables.ROWS_MOST))))
    assert "Thêm: 999" in said
    await thu.click("Ghi nhận 999 thay đổi")
    assert len(shelves.names()) == 999
