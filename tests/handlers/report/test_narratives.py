"""What a report says in words: typed in several messages, read back, taken over from last year."""

import pytest
from sqlmodel import select

from sandbox.person import Person
from storage.narratives import Narratives
from storage.reports import Reports
from storage.tables import Narrative
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office


def texts(office: Office, year: int = 2024) -> dict[str, str]:
    with office.app.database.transaction() as session:
        report = Reports(session).of("quan-1", year)
        kept = Narratives(session).of(report) if report else {}
        return {topic: row.text for topic, row in kept.items()}


def wrote(office: Office, text: str, year: int = 2023) -> None:
    """Last year's report, with its words about results, was sent in."""
    office.reported("quan-1", year, FIGURES)
    with office.app.database.transaction() as session:
        report = Reports(session).of("quan-1", year)
        assert report
        person_id = report.submitted_by or 0
        narratives = Narratives(session)
        narratives.write(
            report, "results", text, person_id=person_id, channel="telegram", now=office.now
        )


@pytest.fixture
async def writing(lan: Person) -> Person:
    """Asked for the outstanding results; nothing is there yet."""
    await lan.send("/loivan")
    await lan.send("1")
    return lan


async def test_three_parts_are_offered_and_none_is_a_duty(lan: Person) -> None:
    said = await lan.send("lời văn")
    assert "Phần lời văn – Quận 1, báo cáo năm 2024" in said
    assert "• Kết quả nổi bật: chưa có" in said
    assert "không bắt buộc" in said
    assert [row[0] for row in lan.buttons][:3] == [
        "1. Kết quả nổi bật",
        "2. Khó khăn, vướng mắc",
        "3. Kiến nghị",
    ]


async def test_the_question_for_text_warns_of_classified_content(lan: Person) -> None:
    await lan.send("/loivan")
    said = await lan.click("Kiến nghị")
    assert "tối đa 1.500 ký tự" in said
    assert "Không gửi nội dung mật" in said


async def test_messages_are_joined_and_read_back(writing: Person, office: Office) -> None:
    assert "đã ghi 12/1.500 ký tự" in await writing.send("Mở 3 lớp mới")
    assert "đã ghi 29/1.500 ký tự" in await writing.send("<b> & 2 thư viện")
    said = await writing.send("xong")
    assert "Kết quả nổi bật (29/1.500 ký tự)" in said
    assert "Mở 3 lớp mới\n<b> & 2 thư viện" in said.replace("&lt;", "<").replace("&amp;", "&")
    assert texts(office) == {"results": "Mở 3 lớp mới\n<b> & 2 thư viện"}


@pytest.mark.parametrize(
    "typed",
    ["huy động vốn", "tiến độ chậm", "báo cáo 2023", "Menu chính", "12/15", "bỏ qua khó khăn"],
)
async def test_words_that_sound_like_commands_are_text(
    writing: Person, office: Office, typed: str
) -> None:
    await writing.send(typed)
    assert texts(office) == {"results": typed}


@pytest.mark.parametrize("typed", ["xong", "Xong.", "quay lai", "bỏ qua", "dạ xong ạ"])
async def test_a_whole_message_ends_it(writing: Person, office: Office, typed: str) -> None:
    await writing.send("Mở 3 lớp mới")
    assert "1. Viết thêm" in str(await writing.send(typed) and writing.buttons)
    assert texts(office) == {"results": "Mở 3 lớp mới"}


async def test_what_does_not_fit_is_refused_whole(writing: Person, office: Office) -> None:
    await writing.send("a" * 1000)
    said = await writing.send("b" * 500)
    assert "có 500 ký tự, trong khi chỉ còn chỗ cho 499 ký tự" in said
    assert texts(office) == {"results": "a" * 1000}
    assert "đã ghi 1.500/1.500 ký tự" in await writing.send("b" * 499)


async def test_characters_are_counted_composed(writing: Person, office: Office) -> None:
    assert "đã ghi 3/1.500" in await writing.send("lo\u031b\u0301p")
    assert texts(office) == {"results": "lớp"}


@pytest.mark.parametrize("leaving", ["/huy", "hủy", "/tiendo"])
async def test_leaving_in_the_middle_loses_nothing(
    writing: Person, office: Office, leaving: str
) -> None:
    await writing.send("Mở 3 lớp mới")
    await writing.send(leaving)
    assert texts(office) == {"results": "Mở 3 lớp mới"}


async def test_what_is_there_is_read_before_it_is_changed(writing: Person) -> None:
    await writing.send("Mở 3 lớp mới")
    await writing.send("xong")
    await writing.click("Quay lại")
    assert "Kết quả nổi bật: Mở 3 lớp mới" in writing.last.text
    assert "Mở 3 lớp mới" in await writing.send("kết quả")


async def test_more_may_be_added_later(writing: Person, office: Office) -> None:
    for typed in ("Mở 3 lớp mới", "xong", "thêm", "và 2 thư viện"):
        await writing.send(typed)
    assert texts(office) == {"results": "Mở 3 lớp mới\nvà 2 thư viện"}


async def test_writing_anew_replaces_with_the_first_message(
    writing: Person, office: Office
) -> None:
    for typed in ("Mở 3 lớp mới", "xong", "viết lại"):
        await writing.send(typed)
    assert texts(office) == {"results": "Mở 3 lớp mới"}
    await writing.send("Mở 4 lớp")
    await writing.send("mới")
    assert texts(office) == {"results": "Mở 4 lớp\nmới"}


async def test_deleting_is_asked_about_and_stays_on_record(writing: Person, office: Office) -> None:
    await writing.send("Mở 3 lớp mới")
    await writing.send("xong")
    await writing.click("Xóa")
    assert texts(office)
    assert "Đã xóa." in await writing.click("Xóa")
    assert texts(office) == {}
    with office.app.database.transaction() as session:
        assert [row.text for row in session.exec(select(Narrative))] == ["Mở 3 lớp mới"]


async def test_last_years_words_may_be_copied(lan: Person, office: Office) -> None:
    wrote(office, "Mở 2 lớp")
    await lan.send("/loivan")
    await lan.send("1")
    said = await lan.click("Chép nội dung năm 2023")
    assert "Đã chép từ báo cáo năm 2023" in said
    assert "Mở 2 lớp" in said
    assert texts(office) == {"results": "Mở 2 lớp"}


async def test_nothing_is_offered_where_last_year_said_nothing(
    writing: Person, office: Office
) -> None:
    assert office.report_of("quan-1")
    assert writing.buttons == [["Xong"]]


async def test_a_colleagues_words_are_never_written_over(
    writing: Person, cast: Cast, office: Office
) -> None:
    wrote(office, "Mở 2 lớp")
    vy = cast.member(106, "Đỗ Tường Vy", "quan-1", "focal")
    for typed in ("/loivan", "1", "Của Vy"):
        await vy.send(typed)
    await writing.send("Của Lan")
    assert texts(office) == {"results": "Của Vy\nCủa Lan"}


async def test_the_review_shows_how_the_words_begin(lan: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    said = await lan.send("/baocao")
    assert "• Kiến nghị: chưa có" in said
    await lan.click("Phần lời văn")
    await lan.send("3")
    await lan.send("Bố trí thêm kinh phí cho thư viện cấp xã " * 3)
    await lan.send("xong")
    await lan.click("Quay lại")
    said = await lan.click("Xong")
    assert "• Kiến nghị: Bố trí thêm kinh phí cho thư viện cấp xã Bố trí thêm kinh p…" in said
    assert "Đã nộp báo cáo" in await lan.click("Nộp")


async def test_a_text_written_meanwhile_is_seen_before_sending(
    lan: Person, cast: Cast, office: Office
) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    await lan.send("/baocao")
    vy = cast.member(106, "Đỗ Tường Vy", "quan-1", "focal")
    for typed in ("/loivan", "1", "Của Vy"):
        await vy.send(typed)
    said = await lan.click("Nộp báo cáo")
    assert "vui lòng xem lại" in said
    assert "Của Vy" in said


async def test_the_question_that_was_open_comes_again(lan: Person) -> None:
    await lan.send("/baocao")
    for typed in ("/loivan", "1", "Mở 3 lớp mới", "xong", "quay lại"):
        await lan.send(typed)
    assert "Câu 1/10" in await lan.send("xong")
    assert "12/15" in await lan.send("12/15")


async def test_without_an_open_question_it_simply_ends(writing: Person) -> None:
    await writing.send("quay lại")
    assert "đã được lưu trong báo cáo" in await writing.send("xong")
    assert writing.buttons == [["Báo cáo năm"]]


async def test_a_report_that_was_sent_is_not_written_in(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, FIGURES)
    assert "đã nộp lúc" in await lan.send("/loivan")


async def test_who_reports_for_nobody_writes_nothing(hoa: Person) -> None:
    assert "Lệnh này không có" in await hoa.send("/loivan")


async def test_who_stands_for_two_agencies_is_asked_which(lan: Person, office: Office) -> None:
    office.appoint(lan, "quan-3", "focal")
    await lan.send("/loivan")
    assert "Phần lời văn – Quận 3" in await lan.click("Quận 3")
