"""`/molai` and `/lichsu`: an approved report is opened again, and all of it stays readable."""

import pytest

from sandbox.person import Person
from tests.handlers.approval.conftest import REASON, Court, say
from tests.handlers.scenes import FIGURES, Office

WHY = "Đơn vị gửi văn bản đính chính số liệu"


@pytest.fixture
async def approved(hoa: Person, sent: Person) -> Person:
    await say(hoa, "/duyet quan 1", "duyệt")
    return sent


async def test_with_a_reason_it_is_provisional_again_and_the_agency_told(
    hoa: Person, approved: Person, court: Court
) -> None:
    assert "Người duyệt: Phạm Thị Hoa" in await hoa.send("/molai quan 1")
    assert "Đã mở lại: Ủy ban nhân dân Quận 1" in await hoa.send(WHY)
    assert court.state() == "submitted"
    assert f"“{WHY}”" in approved.last.text
    assert court.decisions()[-1].reason == WHY


@pytest.mark.usefixtures("approved")
@pytest.mark.parametrize("reason", ["sai", "..........", "x" * 501])
async def test_not_without_a_reason(hoa: Person, court: Court, reason: str) -> None:
    assert "Lý do mở lại là gì?" in await say(hoa, "/molai quan 1 2024", reason)
    assert court.state() == "approved"


@pytest.mark.usefixtures("approved")
async def test_or_it_stays_approved(hoa: Person, court: Court) -> None:
    assert "vẫn ở trạng thái đã duyệt" in await say(hoa, "/molai quan 1", "không")
    assert "vẫn ở trạng thái đã duyệt" in await say(hoa, "/molai quan 1", "/huy")
    assert court.state() == "approved"


@pytest.mark.usefixtures("sent")
async def test_what_is_not_approved_is_not_opened(hoa: Person) -> None:
    assert "chưa được duyệt nên không có gì để mở lại" in await hoa.send("/molai quan 1")


async def test_only_the_standing_agency_opens_it(
    hoa: Person, leader: Person, approved: Person, office: Office, court: Court
) -> None:
    for person in (leader, approved):
        assert "Lệnh này không có" in await person.send("/molai quan 1")
    await hoa.send("/molai quan 1")
    office.revoke(hoa)
    office.appoint(hoa, "quan-1", "official")
    assert "không còn quyền" in await hoa.send(WHY)
    assert court.state() == "approved"


async def test_the_history_has_versions_differences_and_decisions(
    hoa: Person, sent: Person
) -> None:
    await say(hoa, f"/tralai quan 1 TV1.3 {REASON}", "20/09", "trả lại")
    await say(sent, "/sua TV1.3 9/10", "đúng", "nộp")
    await say(hoa, "/duyet quan 1", "duyệt", "/molai quan 1", WHY)
    said = await sent.send("/lichsu")
    steps = ["Bản 1 – người nộp: Nguyễn Thị Lan", "Bản 1 – trả lại để sửa", "Bản 2 – người nộp"]
    steps += ["TV1.3: 8/10 (80,0%) → 9/10 (90,0%)", "Bản 2 – đã duyệt", "Bản 2 – mở lại"]
    places = [said.index(step) for step in steps]
    assert places == sorted(places)
    assert REASON in said


async def test_nobody_reads_the_history_of_another_agency(
    leader: Person, lan: Person, hoa: Person, office: Office
) -> None:
    office.reported("quan-3", 2024, FIGURES)
    assert "của đơn vị anh/chị" in await leader.send("/lichsu quan 3")
    assert "Quận 3" not in await lan.send("/lichsu quan 3")
    assert "Bản 1 – người nộp: Ai Đó" in await hoa.send("/lichsu quan 3")
