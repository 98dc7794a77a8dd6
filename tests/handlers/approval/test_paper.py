"""`/nhapthay`: figures of a paper report, never without its number, and approved by another."""

import pytest

from sandbox.person import Person
from tests.handlers.approval.conftest import Court, say
from tests.handlers.scenes import FIGURES, Office

NUMBER = "123/BC-UBND"


async def enter(hoa: Person, *lines: str) -> str:
    return await say(hoa, "/nhapthay quan 1", NUMBER, "\n".join(lines))


async def test_lines_are_shown_and_recorded_with_the_number(
    hoa: Person, lan: Person, office: Office
) -> None:
    said = await enter(hoa, "TV1.3 8/10", "IV.10.a hoàn thành", "VH2 9/5")
    assert "TV1.3: 8/10 (80,0%)" in said
    assert "lớn hơn tổng số" in said
    assert office.report_of("quan-1") is None
    assert f"Đã ghi nhận theo văn bản số {NUMBER}: TV1.3, IV.10.a" in await hoa.send("ghi nhận")
    assert office.figures()["TV1.3"].document == NUMBER
    status = office.statuses()["IV.10.a"]
    assert (status.document, status.note) == (NUMBER, "")
    assert f"oàn thành (nhập thay theo văn bản số {NUMBER})" in await lan.send("/sua")


async def test_more_lines_may_follow(hoa: Person, office: Office) -> None:
    await enter(hoa, "TV1.3 8/10")
    assert "TV1.3" in await hoa.send("VH2 3/4")
    await hoa.click("Ghi nhận 2 câu trả lời")
    assert office.figures().keys() == {"TV1.3", "VH2"}


async def test_sent_it_is_marked_everywhere_and_approved_by_another(
    hoa: Person, thu: Person, lan: Person, court: Court
) -> None:
    await enter(hoa, "TV1.3 8/10")
    await say(hoa, "ghi nhận", "nộp")
    assert court.state() == "submitted"
    assert f"nhập thay theo văn bản số {NUMBER}" in lan.last.text
    assert "cán bộ khác sẽ duyệt" in await hoa.send("/duyet quan 1")
    assert f"nhập thay theo văn bản số {NUMBER}" in await thu.send("/duyet quan 1")
    await thu.send("duyệt")
    assert court.state() == "approved"


async def test_it_may_be_sent_later(hoa: Person, court: Court) -> None:
    await enter(hoa, "TV1.3 8/10")
    assert "báo cáo chưa nộp" in await say(hoa, "ghi nhận", "chưa")
    assert court.state() == "draft"


@pytest.mark.parametrize("number", ["BC-UBND", "x" * 59 + "12", "công văn"])
async def test_not_without_a_number(hoa: Person, office: Office, number: str) -> None:
    said = await say(hoa, "/nhapthay quan 1 2024", number)
    assert "không phải số văn bản" in said
    assert office.report_of("quan-1") is None


async def test_what_was_sent_is_sent_back_first(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, FIGURES)
    assert "trả lại chỉ tiêu bằng /tralai trước" in await hoa.send("/nhapthay quan 1")


async def test_what_the_agency_changed_meanwhile_is_not_sent(
    hoa: Person, lan: Person, court: Court
) -> None:
    await enter(hoa, "TV1.3 8/10")
    await hoa.send("ghi nhận")
    await say(lan, "/sua TV1.3 9/10", "đúng")
    assert "báo cáo chưa được nộp" in await hoa.send("nộp")
    assert court.state() == "draft"


async def test_it_can_be_left(hoa: Person, office: Office) -> None:
    await enter(hoa, "TV1.3 8/10")
    await hoa.send("không")
    await enter(hoa, "TV1.3 8/10")
    await hoa.send("/huy")
    assert office.report_of("quan-1") is None


async def test_only_the_standing_agency_enters(
    hoa: Person, lan: Person, leader: Person, office: Office
) -> None:
    for person in (lan, leader):
        assert "Lệnh này không có" in await person.send("/nhapthay quan 1")
    await enter(hoa, "TV1.3 8/10")
    office.revoke(hoa)
    office.appoint(hoa, "quan-1", "official")
    assert "không còn quyền" in await hoa.click("Ghi nhận 1 câu trả lời")
    assert office.report_of("quan-1") is None
