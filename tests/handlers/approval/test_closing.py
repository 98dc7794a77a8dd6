"""`/chotnam`: a year is closed once it is over, as it was shown, and anew only for a reason."""

import pytest

from bot.app import App
from plan.answers import Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.freezing import Edition, Frozen
from tests.handlers.approval.conftest import say
from tests.handlers.scenes import FIGURES, Office

WHY = "Quận 1 đính chính bằng văn bản"


@pytest.fixture(autouse=True)
def over(clock: PushedClock, office: Office) -> None:
    """The deadline has passed; District 1 is approved, District 3 waits."""
    clock.push_to(clock.now().replace(month=12, day=2))
    office.reported("quan-1", 2024, FIGURES)
    office.approve("quan-1")
    office.reported("quan-3", 2024, FIGURES)


def editions(app: App, year: int = 2024) -> list[Edition]:
    with app.database.transaction() as session:
        return Frozen(session).editions(year)


async def test_it_is_shown_and_confirmed(thu: Person, app: App, office: Office) -> None:
    said = await thu.send("/chotnam 2024")
    assert "Báo cáo đã duyệt: 1" in said
    assert "vẫn là tạm tính (1): Quận 3" in said
    assert editions(app) == []
    assert "Năm 2024 đã chốt, số CN-2024/1: Trần Minh Thu" in await thu.click("Chốt năm")
    report = office.report_of("quan-1")
    assert report
    assert report.state == "frozen"


async def test_what_is_approved_in_part_stays_open_for_the_rest(
    thu: Person, hoa: Person, app: App, office: Office
) -> None:
    await say(hoa, "/duyet quan 3", "TV1.3", "duyệt")
    assert "vẫn là tạm tính (1): Quận 3" in await thu.send("/chotnam 2024")
    await thu.click("Chốt năm")
    assert [office.figures("quan-3")[code].approval_id is None for code in ("TV1.3", "TV1.2")] == [
        False,
        True,
    ]
    await say(hoa, "/duyet quan 3", "duyệt")
    report = office.report_of("quan-3")
    assert report
    assert report.state == "approved"
    said = await thu.send("/chotnam 2024")
    assert "Quận 3, 2024, TV1.2" in said
    assert "Quận 3, 2024, TV1.3" not in said
    assert len(editions(app)) == 1


async def test_what_changed_since_is_shown_first(thu: Person, app: App, office: Office) -> None:
    await thu.send("/chotnam 2024")
    office.reported("quan-5", 2024, FIGURES)
    said = await thu.click("Chốt năm")
    assert "Quận 5" in said
    assert editions(app) == []
    await thu.click("Chốt năm")
    assert len(editions(app)) == 1


async def test_a_correction_is_another_edition_with_its_reason(
    thu: Person, app: App, office: Office
) -> None:
    await say(thu, "/chotnam 2024", "chốt")
    assert "không có gì thay đổi" in await thu.send("/chotnam 2024")
    office.drafted("quan-3", {"TV1.3": Share(9, 10)}, {})
    said = await thu.send("/chotnam 2024")
    assert "Quận 3, 2024, TV1.3: 8/10 (80,0%) → 9/10 (90,0%)" in said
    assert "Lý do chốt lại là gì?" in await thu.send("sai")
    await say(thu, WHY, "chốt")
    assert [(each.number, each.reason) for each in editions(app)] == [
        ("CN-2024/1", ""),
        ("CN-2024/2", WHY),
    ]


@pytest.mark.parametrize("typed", ["/chotnam", "/chotnam 2022", "/chotnam 2025", "/chotnam quan 1"])
async def test_only_a_year_of_the_plan_is_closed(thu: Person, app: App, typed: str) -> None:
    assert "một năm của Kế hoạch" in await thu.send(typed) or "ví dụ" in thu.last.text
    assert editions(app) == []


async def test_not_before_its_deadline(thu: Person, clock: PushedClock, app: App) -> None:
    clock.push_to(clock.now().replace(year=2025, month=3))
    assert "Chưa chốt được năm 2025" in await thu.send("/chotnam 2025")
    assert editions(app, 2025) == []


async def test_it_can_be_left(thu: Person, app: App) -> None:
    assert "Chưa chốt năm" in await say(thu, "/chotnam 2024", "không")
    assert "Chưa chốt năm" in await say(thu, "/chotnam 2024", "/huy")
    assert editions(app) == []


async def test_only_administrators_close_a_year(
    thu: Person, hoa: Person, app: App, office: Office
) -> None:
    assert "Lệnh này không có" in await hoa.send("/chotnam 2024")
    await thu.send("/chotnam 2024")
    office.revoke(thu)
    office.appoint(thu, "so-vhtt", "official")
    await thu.click("Chốt năm")
    assert editions(app) == []
