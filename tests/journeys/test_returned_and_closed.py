"""From a report sent back to a closed year: one figure repaired, approved, closed, opened again."""

import pytest

from bot.app import App
from plan.attainment import Assessment
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.freezing import Frozen
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office

WHY = "mẫu số là số thư viện cấp xã"


@pytest.fixture
def office(app: App, cast: Cast) -> Office:
    return Office(app, cast.telegram)


@pytest.fixture
async def lan(cast: Cast, office: Office) -> Person:
    """Focal point of District 1, whose report has been sent."""
    lan = cast.lan()
    office.drafted("quan-1", FIGURES, STATUSES)
    for said in ("/baocao", "nộp"):
        await lan.send(said)
    return lan


def judged(app: App, agency_id: str = "quan-1") -> Assessment:
    with app.database.transaction() as session:
        found = Frozen(session).judged(app.services.catalogue, 2024, agency_id)
    assert found
    return found["TV1.3"]


async def test_one_figure_is_sent_back_and_repaired_by_one_tap(
    cast: Cast, office: Office, lan: Person
) -> None:
    hoa = cast.hoa()
    for said in (f"/tralai quan 1 TV1.3 {WHY}", "20/09", "trả lại"):
        await hoa.send(said)
    await lan.click("Sửa TV1.3")
    for said in ("9/10", "đúng"):
        await lan.send(said)
    assert "giữ nguyên như đã nộp" in await lan.send("/sua TV2.3 6/20")
    await lan.send("nộp")
    await hoa.click("Xem báo cáo")
    await hoa.click("Duyệt tất cả")
    assert "đã được duyệt" in lan.last.text
    kept = office.figures()
    assert (kept["TV1.3"].numerator, kept["TV2.3"].numerator) == (9, 5)


async def test_sent_back_twice_each_time_another_figure_is_open(
    cast: Cast, office: Office, lan: Person
) -> None:
    hoa = cast.hoa()
    for code, answer in (("TV1.3", "9/10"), ("TV2.3", "6/20")):
        for said in (f"/tralai quan 1 {code} {WHY}", "20/09", "trả lại"):
            await hoa.send(said)
        await lan.click(f"Sửa {code}")
        for said in (answer, "đúng", "nộp"):
            await lan.send(said)
    assert "TV2.3: 5/20 (25,0%) → 6/20 (30,0%)" in hoa.last.text
    assert "TV1.3: 8/10" not in hoa.last.text
    report = office.report_of("quan-1")
    assert report
    assert (report.state, report.version) == ("submitted", 3)


async def test_approval_while_the_author_edits_waits_for_the_new_version(
    cast: Cast, office: Office, lan: Person
) -> None:
    hoa = cast.hoa()
    await hoa.send("/duyet quan 1")
    for said in ("/sua TV1.3", "có"):
        await lan.send(said)
    assert "đơn vị đang sửa lại" in await hoa.click("Duyệt tất cả")
    for said in ("9/10", "đúng", "nộp"):
        await lan.send(said)
    for said in ("/duyet quan 1", "duyệt"):
        await hoa.send(said)
    report = office.report_of("quan-1")
    assert report
    assert (report.state, report.version) == ("approved", 2)


async def test_opened_again_after_the_year_was_closed(
    cast: Cast, office: Office, lan: Person, clock: PushedClock, app: App
) -> None:
    hoa, thu = cast.hoa(), cast.thu()
    for said in ("/duyet quan 1", "duyệt"):
        await hoa.send(said)
    clock.push_to(clock.now().replace(month=12, day=2))
    for said in ("/chotnam 2024", "chốt"):
        await thu.send(said)
    was = judged(app)
    for said in ("/molai quan 1 2024", "Đơn vị gửi văn bản đính chính"):
        await hoa.send(said)
    for said in (f"/tralai quan 1 2024 TV1.3 {WHY}", "05/12", "trả lại"):
        await hoa.send(said)
    await lan.click("Sửa TV1.3")
    for said in ("9/10", "đúng", "nộp"):
        await lan.send(said)
    for said in ("/duyet quan 1", "duyệt"):
        await hoa.send(said)
    assert judged(app) == was, "a closed year stays as it was closed"
    assert "TV1.3: 8/10 (80,0%) → 9/10 (90,0%)" in await thu.send("/chotnam 2024")
    for said in ("Quận 1 đính chính bằng văn bản", "chốt"):
        await thu.send(said)
    assert "CN-2024/2" in thu.last.text
    now = judged(app).in_2030.best
    assert now
    assert now.percent == 90
    assert office.figures()["TV1.3"].numerator == 9
