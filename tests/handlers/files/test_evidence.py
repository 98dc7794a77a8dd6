"""Photos and files as evidence, and what is said of all that is neither text nor file."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.person import TINY_PNG, Person
from storage.evidence import LARGEST
from storage.tables import Evidence, InboxRow
from tests.handlers.files.documents import DOCX, JPEG, MACROS, OLD_WORD, PDF, WEBP, XLSX
from tests.handlers.scenes import Office, said_since


class Shelf:
    """The files that were sent, as the database and the disk have them."""

    def __init__(self, app: App) -> None:
        self.app = app

    def rows(self) -> list[Evidence]:
        with self.app.database.transaction() as session:
            found = list(session.exec(select(Evidence).order_by(col(Evidence.id))))
            session.expunge_all()
            return found

    @property
    def row(self) -> Evidence:
        [row] = self.rows()
        return row

    def on_disk(self) -> list[bytes]:
        found = self.app.settings.files_dir.rglob("*")
        return [path.read_bytes() for path in found if path.is_file()]


@pytest.fixture
def shelf(app: App) -> Shelf:
    return Shelf(app)


@pytest.fixture
async def asked(lan: Person) -> Person:
    """Lan at the first question of the report, TV1.2."""
    await lan.send("/baocao")
    return lan


async def test_a_photo_is_kept_for_the_open_question(asked: Person, shelf: Shelf) -> None:
    said = await asked.send_photo()
    assert "Đã nhận ảnh cho TV1.2, đang lưu." in said
    assert "Đã lưu minh chứng cho TV1.2: ảnh (PNG, 1 KB)." in said
    assert (shelf.row.state, shelf.row.media_type) == ("kept", "image/png")
    assert shelf.on_disk() == [TINY_PNG]


async def test_the_question_stays_open_without_being_repeated(asked: Person) -> None:
    assert "Câu 1/10" not in await asked.send_photo()
    assert "12/15 (80,0%)" in await asked.send("12/15")


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PDF, "PDF"), (DOCX, "DOCX"), (XLSX, "XLSX"), (JPEG, "JPEG"), (WEBP, "WebP")],
    ids=["pdf", "docx", "xlsx", "jpeg", "webp"],
)
async def test_a_file_is_what_its_bytes_are(asked: Person, data: bytes, kind: str) -> None:
    said = await asked.send_document(data, "tệp.txt", content_type="text/plain")
    assert f"Đã lưu minh chứng cho TV1.2: tệp “tệp.txt” ({kind}, 1 KB)." in said


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"MZ\x90", "Hệ thống nhận ảnh, PDF, DOCX và XLSX"),
        (MACROS, "không nhận tệp có macro"),
        (OLD_WORD, "kiểu cũ và tệp có mật khẩu"),
        (b"", "không có nội dung"),
    ],
    ids=["program", "macros", "old", "empty"],
)
async def test_other_files_are_refused_by_their_bytes(
    asked: Person, shelf: Shelf, data: bytes, why: str
) -> None:
    said = await asked.send_document(data, "báo cáo.pdf", content_type="application/pdf")
    assert "Không lưu được tệp “báo cáo.pdf”." in said
    assert why in said
    assert (shelf.row.state, shelf.on_disk()) == ("refused", [])


async def test_too_large_a_file_is_refused_at_once(asked: Person, shelf: Shelf) -> None:
    said = await asked.send_document(PDF + bytes(LARGEST), "lớn.pdf")
    assert said.startswith("Hệ thống không nhận tệp trên 20 MB. Anh/chị vui lòng")
    assert shelf.rows() == []


async def test_words_under_a_photo_are_an_answer(asked: Person, shelf: Shelf) -> None:
    said = await asked.send_photo(caption="12/15")
    assert "Đã nhận ảnh cho TV1.2, đang lưu.\n\nTV1.2: Hệ thống hiểu là 12/15 (80,0%)" in said
    assert shelf.row.caption == "12/15"
    assert "Đã ghi nhận: TV1.2 – 12/15" in await asked.send("đúng")


@pytest.mark.parametrize("words", ["chưa có số liệu", "bỏ qua", "/tiendo", "80%"])
async def test_whatever_answers_is_heard_under_a_photo(asked: Person, words: str) -> None:
    said = await asked.send_photo(caption=words)
    assert "Đã nhận ảnh" in said
    assert said.partition("\n\n")[2].partition("\n\n")[0] != ""
    assert len(said) > len("Đã nhận ảnh cho TV1.2, đang lưu.") * 4


@pytest.mark.parametrize("words", ["Phòng đọc thư viện", "Báo cáo năm 2024", "ảnh 12 máy tính"])
async def test_words_that_describe_a_photo_are_no_failed_answer(asked: Person, words: str) -> None:
    before = len(asked.messages)
    await asked.send_photo(caption=words)
    assert len(said_since(asked, before)) == 2


async def test_several_answers_under_a_photo_are_read(asked: Person) -> None:
    said = await asked.send_photo(caption="TV1.2 12/15\nIV.10.a hoàn thành")
    assert "Đã nhận ảnh cho TV1.2, đang lưu." in said
    assert "12/15 (80,0%)" in said
    assert "IV.10.a" in said


async def test_who_reports_for_two_agencies_opens_one_report_first(
    lan: Person, office: Office
) -> None:
    office.appoint(lan, "quan-3", "focal")
    for agency_id in ("quan-1", "quan-3"):
        office.drafted(agency_id, {"TV1.2": None}, {})
    assert "nhập /baocao trước" in await lan.send_photo()
    await lan.send("/baocao quan 3")
    assert "Đã lưu minh chứng cho" in await lan.send_photo()


async def test_a_code_under_a_photo_says_what_it_is_for(asked: Person) -> None:
    assert "cho TV1.3, đang lưu" in await asked.send_photo(caption="tv 1.3 phòng đọc")


async def test_a_report_needs_no_open_question_to_take_a_file(lan: Person, office: Office) -> None:
    office.drafted("quan-1", {"TV1.2": None}, {})
    assert "Đã lưu minh chứng cho báo cáo: ảnh" in await lan.send_photo()


async def test_without_a_report_the_way_to_one_is_shown(lan: Person, shelf: Shelf) -> None:
    assert "nhập /baocao trước, sau đó gửi lại tệp" in await lan.send_photo(caption="12/15")
    assert shelf.rows() == []


async def test_a_workbook_without_a_report_is_looked_at_but_not_kept(
    lan: Person, shelf: Shelf
) -> None:
    assert "nhập /baocao trước" in await lan.send_document(XLSX, "số liệu.xlsx")
    assert (shelf.row.state, shelf.row.name, shelf.on_disk()) == ("removed", "", [])


async def test_a_sent_report_takes_no_more_files(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {})
    await lan.send("/baocao")
    assert "nhập /baocao trước" in await lan.send_photo()


async def test_an_album_has_one_answer_when_it_comes_and_one_when_it_is_kept(
    asked: Person, app: App, clock: PushedClock, shelf: Shelf
) -> None:
    said = await asked.send_album(TINY_PNG, JPEG, WEBP, caption="12/15")
    assert said.count("Đã nhận") == 1
    assert "Đã nhận nhóm ảnh, tệp cho TV1.2, đang lưu.\n\nTV1.2: Hệ thống hiểu là 12/15" in said
    await asked.send("đúng")
    clock.push_to(clock.now() + timedelta(seconds=2))
    await app.pump()
    assert asked.last.text == "Đã lưu 3 tệp minh chứng cho TV1.2."
    assert {row.code for row in shelf.rows()} == {"TV1.2"}


async def test_an_album_names_what_of_it_was_not_kept(
    asked: Person, app: App, clock: PushedClock
) -> None:
    before = len(asked.messages)
    await asked.send_album(PDF, MACROS, filename="kế hoạch.docx")
    clock.push_to(clock.now() + timedelta(seconds=2))
    await app.pump()
    _, told = said_since(asked, before)
    assert "Đã lưu minh chứng cho TV1.2: tệp “kế hoạch.docx” (PDF, 1 KB)." in told
    assert "Không lưu được tệp “kế hoạch.docx”. Hệ thống không nhận tệp có macro." in told


@pytest.mark.parametrize("who", ["lan", "hoa"])
async def test_an_album_that_is_not_taken_is_answered_once(
    who: str, lan: Person, hoa: Person
) -> None:
    person = {"lan": lan, "hoa": hoa}[who]
    await person.send_album(TINY_PNG, TINY_PNG, TINY_PNG)
    assert len(person.messages) == 1


async def test_officials_hear_whose_files_are_kept(hoa: Person, shelf: Shelf) -> None:
    assert "do đầu mối của đơn vị gửi" in await hoa.send_photo(caption="/tiendo")
    assert shelf.rows() == []


async def test_a_stranger_is_told_nothing_of_files(an: Person, shelf: Shelf) -> None:
    assert "chỉ phục vụ người được mời" in await an.send_photo(caption="/start")
    assert shelf.rows() == []


async def test_what_is_neither_text_nor_file_is_not_kept(asked: Person) -> None:
    for said in (await asked.send_voice(), await asked.send_video(), await asked.send_sticker()):
        assert "không lưu" in said.lower() or "không được lưu" in said
        assert "Câu 1/10" in said


async def test_a_place_and_a_contact_are_kept_nowhere(asked: Person, app: App) -> None:
    assert "không lưu vị trí" in await asked.send_location(10.123456)
    assert "không lưu danh bạ" in await asked.send_contact("0901234567")
    with app.database.transaction() as session:
        kept = "".join(session.exec(select(InboxRow.payload)))
    assert "10.123456" not in kept
    assert "0901234567" not in kept


async def test_a_video_in_an_album_is_told_of_with_the_album(asked: Person) -> None:
    assert "không lưu tin nhắn thoại và video" in await asked.send_video(caption="12/15")
