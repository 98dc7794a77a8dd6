"""What is answered to a reminder of a task or of the agency's own plan."""

from datetime import date, datetime

import pytest

from bot.app import App
from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.choices import Choices
from storage.ownplans import OwnPlans
from storage.tables import AgencyPlan
from tests.handlers.scenes import Office


def kept(app: App, year: int) -> AgencyPlan | None:
    with app.database.transaction() as session:
        found = OwnPlans(session).of("quan-1", year)
        session.expunge_all()
        return found


async def reminded_of_the_task(app: App, office: Office, clock: PushedClock) -> None:
    with app.database.transaction() as session:
        Choices(session).date_task("IV.10.a", "date", "10-14", 7, app.clock())
    clock.push_to(datetime(2024, 10, 7, 8, tzinfo=ZONE))
    await office.tick()


async def test_a_task_is_reminded_of_and_answered_by_a_press(
    lan: Person, office: Office, clock: PushedClock, app: App
) -> None:
    await reminded_of_the_task(app, office, clock)
    assert "Nhiệm vụ IV.10.a của đơn vị đã đến kỳ thực hiện" in lan.last.text
    assert "Thời hạn: thứ Hai, 14/10/2024." in lan.last.text
    assert "đã hoàn thành" in await lan.click("Đã xong")
    assert office.statuses()["IV.10.a"].status == "done"
    clock.push_to(datetime(2024, 10, 14, 8, tzinfo=ZONE))
    before = len(lan.messages)
    await office.tick()
    assert len(lan.messages) == before


@pytest.mark.parametrize(
    ("typed", "status", "note"),
    [
        ("/viec IV.10.a xong", "done", ""),
        ("/viec iv10a đã xong", "done", ""),
        ("/viec IV.10.a đang làm", "ongoing", ""),
        ("/viec IV.10.a 2024 vướng mắc chưa có kinh phí", "blocked", "chưa có kinh phí"),
        ("/viec quan-1 IV.10.a 2024 vuong", "blocked", ""),
    ],
)
async def test_or_by_typing(
    lan: Person, office: Office, typed: str, status: str, note: str
) -> None:
    assert "Đã ghi nhận cho năm 2024: IV.10.a" in await lan.send(typed)
    found = office.statuses()["IV.10.a"]
    assert (found.status, found.note) == (status, note)


@pytest.mark.parametrize(
    "typed", ["/viec", "/viec IV.10.a", "/viec abc xong", "/viec IV.10.a gì đó"]
)
async def test_what_is_not_understood_gets_an_example(
    lan: Person, office: Office, typed: str
) -> None:
    assert "ví dụ: /viec IV.10.a xong" in await lan.send(typed)
    assert office.statuses() == {}


@pytest.mark.parametrize("typed", ["/viec II.1.a xong", "/viec TV1.2 xong"])
async def test_only_tasks_that_the_agency_leads(lan: Person, office: Office, typed: str) -> None:
    assert "hiện không do đơn vị chủ trì" in await lan.send(typed)
    assert office.statuses() == {}


async def test_a_report_that_has_been_sent_is_not_changed(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {})
    assert "đã nộp lúc" in await lan.send("/viec IV.10.a xong")
    assert office.statuses() == {}


async def test_the_open_question_waits(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Câu 1/10" in await lan.send("/viec IV.10.a xong")


async def test_the_agencys_own_plan_is_asked_for_and_noted(
    lan: Person, office: Office, clock: PushedClock, app: App
) -> None:
    clock.push_to(datetime(2025, 3, 24, 8, tzinfo=ZONE))
    await office.tick()
    assert "chưa ghi nhận đơn vị đã ban hành kế hoạch năm 2025" in lan.last.text
    assert "đã ban hành kế hoạch năm 2025" in await lan.click("Đã ban hành")
    found = kept(app, 2025)
    assert found
    assert (found.issued, found.number, found.issued_on) == (True, "", None)


async def test_with_number_and_date(lan: Person, app: App) -> None:
    said = await lan.send("/viec ke-hoach đã ban hành 12/KH-UBND 05/03/2024")
    assert "Số, ký hiệu: 12/KH-UBND." in said
    assert "Ngày ban hành: 05/03/2024." in said
    found = kept(app, 2024)
    assert found
    assert (found.number, found.issued_on) == ("12/KH-UBND", date(2024, 3, 5))


async def test_not_issued_yet_it_is_asked_for_again(lan: Person, app: App) -> None:
    assert "chưa ban hành kế hoạch năm 2024" in await lan.send("/viec ke-hoach chưa")
    found = kept(app, 2024)
    assert found
    assert not found.issued
